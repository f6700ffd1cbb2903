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

/** A piece of something that is joined later. */
export type Part = string | Slice

/**
 * Many small texts share large buffers: a buffer, and even a view of one, costs more than their bytes. A buffer is freed
 * when nothing points into it any more.
 */
export interface Pool {
  readonly encode: (text: string) => Slice
  /** Voids all that it gave, so that its memory is used again: for texts that are needed for a moment. */
  readonly reset: () => void
}

export const pool = (poolBytes: number): Pool => {
  let buffer = new Uint8Array(0)
  let free = 0
  return {
    encode: (text) => {
      // What would waste too much of a buffer gets one of its own. A UTF-16 unit takes at most three bytes.
      if (text.length * 3 > poolBytes / 4) return whole(encode(text))
      let { read, written } = encoder.encodeInto(text, buffer.subarray(free))
      if (read < text.length) {
        buffer = new Uint8Array(poolBytes)
        free = 0
        written = encoder.encodeInto(text, buffer).written
      }
      const from = free
      free += written
      return { buffer, from, to: free }
    },
    reset: () => {
      free = 0
    },
  }
}

/** All of some bytes, as a slice. */
export const whole = (bytes: Uint8Array): Slice => ({ buffer: bytes, from: 0, to: bytes.length })

/** A piece as bytes: those of a text are in a buffer of its own. */
export const slice = (part: Part): Slice => (typeof part === 'string' ? whole(encode(part)) : part)

// decoding

/** Bytes that are not UTF-8 become U+FFFD. */
export const decode = (bytes: Uint8Array): string => decoder.decode(bytes)

/** The bytes of a slice, not copied. */
export const bytesOf = ({ buffer, from, to }: Slice): Uint8Array => buffer.subarray(from, to)

// destructors

export const lengthOf = ({ from, to }: Slice): number => to - from

// combinators

/** Several runs of bytes as one, in a buffer of its own. */
export const join = (slices: ReadonlyArray<Slice>): Uint8Array<ArrayBuffer> => {
  let length = 0
  for (const one of slices) length += lengthOf(one)
  const target = new Uint8Array(length)
  let at = 0
  for (const one of slices) {
    target.set(bytesOf(one), at)
    at += lengthOf(one)
  }
  return target
}
