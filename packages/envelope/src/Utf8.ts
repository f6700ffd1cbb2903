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
  /** Several runs of bytes, and texts, as one. */
  readonly join: (parts: ReadonlyArray<Part>) => Slice
}

/** A pool for texts that are needed for a moment: its memory is used again. */
export interface Scratch extends Pool {
  /** Voids all that it gave. */
  readonly reset: () => void
}

export const pool = (poolBytes: number): Pool => scratch(poolBytes)

export const scratch = (poolBytes: number): Scratch => {
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
      const most = mostBytes(text)
      if (most > poolBytes / 4) return whole(encode(text))
      make(most)
      const from = free
      write(text)
      return sliced(from)
    },
    join: (parts) => {
      make(
        parts.reduce(
          (sum, part) => sum + (typeof part === 'string' ? mostBytes(part) : lengthOf(part)),
          0,
        ),
      )
      const from = free
      for (const part of parts) {
        if (typeof part === 'string') write(part)
        else free = copy(part, buffer, free)
      }
      return sliced(from)
    },
    reset: () => {
      free = 0
    },
  }
}

/** A UTF-16 unit takes at most three bytes. */
const mostBytes = (text: string): number => text.length * 3

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

/** Several runs of bytes as one, in a buffer of its own. */
export const join = (slices: ReadonlyArray<Slice>): Uint8Array<ArrayBuffer> => {
  let length = 0
  for (const slice of slices) length += lengthOf(slice)
  const joined = new Uint8Array(length)
  let at = 0
  for (const slice of slices) at = copy(slice, joined, at)
  return joined
}

/** Several runs of bytes as one, in a buffer of its own. */
export const concat = (parts: ReadonlyArray<Uint8Array>): Uint8Array<ArrayBuffer> =>
  join(parts.map(whole))

/** Gives the place behind the copy. A view costs more than a few bytes do. */
const copy = ({ buffer, from, to }: Slice, target: Uint8Array, at: number): number => {
  if (to - from > 16) target.set(buffer.subarray(from, to), at)
  else for (let i = from; i < to; i++) target[at + i - from] = buffer[i] ?? 0
  return at + to - from
}
