/**
 * Text as UTF-8 bytes and back, with the encoder of the runtime.
 *
 * @example
 * ```ts
 * import * as Utf8 from '@sentry-exporter/envelope/Utf8'
 *
 * const bytes = Utf8.join([Utf8.slice('caf'), Utf8.slice('é')])
 * console.log(bytes.length, Utf8.decode(bytes)) // 5 café
 * ```
 */

/** The used part of the Encoding standard, declared here since pure packages know no runtime. */
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

/** A range of a buffer that may be shared. */
export interface Slice {
  readonly buffer: Uint8Array
  readonly from: number
  /** Exclusive. */
  readonly to: number
}

/** A piece of a text that is joined later. */
export type Part = string | Slice

/**
 * Encodes many small texts into large shared buffers: a buffer, and even a view of one, takes more memory than a small text. A
 * buffer is freed when no slice refers to it. Mutable; one owner.
 */
export interface Pool {
  readonly encode: (text: string) => Slice
}

export const pool = (poolBytes: number): Pool => {
  let buffer = new Uint8Array(0)
  let free = 0
  return {
    encode: (text) => {
      // A long text would waste much of a shared buffer: it gets its own. A UTF-16 unit takes at most three bytes.
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
  }
}

/** The slice of a whole buffer. */
export const whole = (bytes: Uint8Array): Slice => ({ buffer: bytes, from: 0, to: bytes.length })

/** A piece as bytes. A text gets its own buffer. */
export const slice = (part: Part): Slice => (typeof part === 'string' ? whole(encode(part)) : part)

// decoding

/** Invalid UTF-8 becomes U+FFFD. */
export const decode = (bytes: Uint8Array): string => decoder.decode(bytes)

/** The bytes of a slice, without a copy. */
export const bytesOf = ({ buffer, from, to }: Slice): Uint8Array => buffer.subarray(from, to)

// folds

export const lengthOf = ({ from, to }: Slice): number => to - from

// transformations

/** Joins pieces in a new buffer. Texts of ASCII are encoded into it: their lengths in bytes are known. */
export const join = (parts: ReadonlyArray<Part>): Uint8Array<ArrayBuffer> => {
  // hot: once for each envelope
  let length = 0
  for (const part of parts) length += typeof part === 'string' ? part.length : part.to - part.from
  const target = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    if (typeof part !== 'string') at = copy(part, target, at)
    else {
      const end = at + part.length
      const { read } = encoder.encodeInto(part, target.subarray(at, end))
      // Any other text has more bytes than units.
      if (read < part.length) return join(parts.map(slice))
      at = end
    }
  }
  return target
}

/** `TypedArray.set`, with the view that it needs, takes as long as a loop over so many bytes. */
const MIN_SET_BYTES = 24

/** Returns the index after the copied bytes. */
const copy = (from: Slice, target: Uint8Array, at: number): number => {
  const length = lengthOf(from)
  if (length < MIN_SET_BYTES) {
    for (let i = 0; i < length; i++) target[at + i] = from.buffer[from.from + i] ?? 0
  } else target.set(bytesOf(from), at)
  return at + length
}
