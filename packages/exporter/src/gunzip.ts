/** Decompresses gzip with the decompressor of the runtime. Source of the interface: the Compression standard of WHATWG. */

// model

export interface Gunzipped {
  /** All bytes, or those before the problem. */
  readonly bytes: Uint8Array
  /** Why there are no further bytes, if the data did not end there. */
  readonly problem: string | undefined
}

/** Decompressed bytes that are read. Text of twice this length does not fit into a string of V8. */
const MAX_BYTES = 256 * 1024 * 1024

interface Decompressor {
  readonly readable: {
    getReader(): {
      read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array }>
      cancel(): Promise<void>
    }
  }
  readonly writable: {
    getWriter(): { write(bytes: Uint8Array): Promise<void>; close(): Promise<void> }
  }
}

declare const DecompressionStream: { new (format: 'gzip'): Decompressor } | undefined

// guards

/** By the first bytes (RFC 1952). They are in no JSON. */
export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b

// running

/** Never rejects. */
export const gunzip = async (
  bytes: Uint8Array,
  maxBytes: number = MAX_BYTES,
): Promise<Gunzipped> => {
  if (typeof DecompressionStream === 'undefined') {
    return { bytes: new Uint8Array(0), problem: 'data that this runtime cannot decompress' }
  }
  const { readable, writable } = new DecompressionStream('gzip')
  const writer = writable.getWriter()
  // The reader has the same error.
  writer.write(bytes).catch(() => undefined)
  writer.close().catch(() => undefined)
  const reader = readable.getReader()
  const chunks: Array<Uint8Array> = []
  let length = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done || value === undefined) return { bytes: join(chunks, length), problem: undefined }
      if (length + value.length > maxBytes) {
        reader.cancel().catch(() => undefined)
        return { bytes: join(chunks, length), problem: `more than ${maxBytes} bytes in it` }
      }
      chunks.push(value)
      length += value.length
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : typeof error
    return { bytes: join(chunks, length), problem: `data that is damaged or cut off: ${reason}` }
  }
}

const join = (chunks: ReadonlyArray<Uint8Array>, length: number): Uint8Array => {
  const joined = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    joined.set(chunk, at)
    at += chunk.length
  }
  return joined
}
