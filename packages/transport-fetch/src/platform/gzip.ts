/** Compression by the platform: all but the oldest have it. */

/** The part of the compression standard that is used; declared here since this package knows no runtime. */
declare const CompressionStream: (new (format: 'gzip') => Compression) | undefined
declare const Response: { new (body: unknown): { arrayBuffer(): Promise<ArrayBuffer> } }

interface Compression {
  readonly readable: unknown
  readonly writable: {
    getWriter(): { write(bytes: Uint8Array): Promise<void>; close(): Promise<void> }
  }
}

/** Whether the platform can. */
export const canGzip = (): boolean => typeof CompressionStream === 'function'

/** Rejects where the platform cannot. */
export const gzip = async (body: Uint8Array): Promise<Uint8Array<ArrayBuffer>> => {
  if (typeof CompressionStream !== 'function') throw new TypeError('no CompressionStream')
  const { readable, writable } = new CompressionStream('gzip')
  const writer = writable.getWriter()
  const written = Promise.all([writer.write(body), writer.close()])
  const [bytes] = await Promise.all([new Response(readable).arrayBuffer(), written])
  return new Uint8Array(bytes)
}
