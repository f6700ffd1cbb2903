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
      const most = mostBytes(text)
      // What would waste too much of a buffer gets one of its own.
      if (most > poolBytes / 4) return whole(encode(text))
      if (most > buffer.length - free) {
        buffer = new Uint8Array(poolBytes)
        free = 0
      }
      const from = free
      free += encoder.encodeInto(text, buffer.subarray(from)).written
      return { buffer, from, to: free }
    },
    reset: () => {
      free = 0
    },
  }
}

/** All of some bytes, as a slice. */
export const whole = (bytes: Uint8Array): Slice => ({ buffer: bytes, from: 0, to: bytes.length })

// decoding

/** Bytes that are not UTF-8 become U+FFFD. */
export const decode = (bytes: Uint8Array): string => decoder.decode(bytes)

/** The bytes of a slice, not copied. */
export const bytesOf = ({ buffer, from, to }: Slice): Uint8Array => buffer.subarray(from, to)

// destructors

export const lengthOf = ({ from, to }: Slice): number => to - from

// combinators

/** Several runs of bytes, and texts, as one in a buffer of its own. */
export const join = (parts: ReadonlyArray<Part>): Uint8Array<ArrayBuffer> => {
  let most = 0
  for (const part of parts) most += typeof part === 'string' ? mostBytes(part) : lengthOf(part)
  const target = new Uint8Array(most)
  let at = 0
  for (const part of parts) {
    if (typeof part === 'string') at += encoder.encodeInto(part, target.subarray(at)).written
    else {
      target.set(bytesOf(part), at)
      at += lengthOf(part)
    }
  }
  return at === most ? target : target.slice(0, at)
}

/** A UTF-16 unit takes at most three bytes. */
const mostBytes = (text: string): number => text.length * 3
