/** Text as UTF-8 bytes and back, by the encoder that every runtime has. */

/** The part of the web's encoding standard that is used; declared here since pure packages know no runtime. */
declare const TextEncoder: {
  new (): {
    encode(text: string): Uint8Array<ArrayBuffer>
    encodeInto(
      text: string,
      target: Uint8Array,
    ): { readonly read: number; readonly written: number }
  }
}
declare const TextDecoder: { new (): { decode(bytes: Uint8Array): string } }

const encoder = new TextEncoder()
const decoder = new TextDecoder()

// encoding

/** Lone surrogates become U+FFFD. */
export const encode = (text: string): Uint8Array<ArrayBuffer> => encoder.encode(text)

/** A run of bytes in a buffer that it shares with others. */
export interface Slice {
  readonly buffer: Uint8Array
  readonly from: number
  /** The first place that is no part of it. */
  readonly to: number
}

/**
 * Many small texts share large buffers: a buffer, and even a view of one, costs more than their bytes. A buffer is freed
 * when nothing points into it any more.
 */
export interface Pool {
  readonly encode: (text: string) => Slice
  /** Several runs of bytes, and texts, as one. */
  readonly join: (parts: ReadonlyArray<Slice | string>) => Slice
}

export const pool = (poolBytes: number): Pool => {
  let buffer = new Uint8Array(0)
  let free = 0
  /** Makes room for so many bytes at once. What would waste too much of a buffer gets one of its own. */
  const make = (most: number): void => {
    if (most <= buffer.length - free) return
    buffer = new Uint8Array(Math.max(poolBytes, most))
    free = 0
  }
  const write = (text: string): void => {
    free += encoder.encodeInto(text, buffer.subarray(free)).written
  }
  const sliced = (from: number): Slice => ({ buffer, from, to: free })
  return {
    encode: (text) => {
      // A UTF-16 unit takes at most three bytes.
      const most = text.length * 3
      if (most > poolBytes / 4) {
        const own = encode(text)
        return { buffer: own, from: 0, to: own.length }
      }
      make(most)
      const from = free
      write(text)
      return sliced(from)
    },
    join: (parts) => {
      make(
        parts.reduce(
          (sum, part) => sum + (typeof part === 'string' ? part.length * 3 : part.to - part.from),
          0,
        ),
      )
      const from = free
      for (const part of parts) {
        if (typeof part === 'string') write(part)
        else {
          buffer.set(bytesOf(part), free)
          free += part.to - part.from
        }
      }
      return sliced(from)
    },
  }
}

// decoding

/** Bytes that are not UTF-8 become U+FFFD. */
export const decode = (bytes: Uint8Array): string => decoder.decode(bytes)

/** The bytes of a slice, not copied. */
export const bytesOf = ({ buffer, from, to }: Slice): Uint8Array => buffer.subarray(from, to)

// combinators

/** Several runs of bytes as one. */
export const concat = (parts: ReadonlyArray<Uint8Array>): Uint8Array<ArrayBuffer> => {
  let length = 0
  for (const part of parts) length += part.length
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
