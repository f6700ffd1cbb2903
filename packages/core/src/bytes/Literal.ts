/**
 * A text in UTF-8 that is written often: as words of four bytes, which are written faster than single ones. The bytes behind the
 * text are zeros; whatever is written next takes their place.
 */
import { writeUtf8 } from '../internal/text/writeUtf8.ts'

// model

export interface Literal {
  /** With the byte order of a little-endian machine. */
  readonly words: Int32Array
  /** In bytes. */
  readonly length: number
}

/** The bytes of a word. */
export const WORD = 4

// constructors

export const of = (text: string): Literal => {
  const bytes = new Uint8Array(3 * text.length)
  return ofBytes(bytes.subarray(0, writeUtf8(bytes, 0, text)))
}

export const ofBytes = (bytes: Uint8Array): Literal => {
  const words = new Int32Array(Math.ceil(bytes.length / WORD))
  const padded = new Uint8Array(words.length * WORD)
  padded.set(bytes)
  const view = new DataView(padded.buffer)
  for (let i = 0; i < words.length; i++) words[i] = view.getInt32(i * WORD, true)
  return { words, length: bytes.length }
}
