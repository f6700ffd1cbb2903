/** Compression by the platform. Only old ones lack it. */

/** The used part of the Compression Streams standard, declared here since this package knows no runtime. */
declare const CompressionStream: (new (format: 'gzip') => Compression) | undefined
declare const Response: { new (body: unknown): { arrayBuffer(): Promise<ArrayBuffer> } }

interface Compression {
  readonly readable: unknown
  readonly writable: {
    getWriter(): { write(bytes: Uint8Array): Promise<void>; close(): Promise<void> }
  }
}

// guards

/** Whether the platform has compression. */
export const canGzip = (): boolean => typeof CompressionStream === 'function'

// encoding

/** Rejects if the platform has no compression. */
export const gzip = async (body: Uint8Array): Promise<Uint8Array<ArrayBuffer>> => {
  if (typeof CompressionStream !== 'function') throw new TypeError('no CompressionStream')
  const { readable, writable } = new CompressionStream('gzip')
  const writer = writable.getWriter()
  const written = Promise.all([writer.write(body), writer.close()])
  const [bytes] = await Promise.all([new Response(readable).arrayBuffer(), written])
  return new Uint8Array(bytes)
}
