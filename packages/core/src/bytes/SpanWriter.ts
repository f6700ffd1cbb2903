/**
 * Writes the JSON of spans in UTF-8, one after the other, into large shared buffers. Mutable; one owner.
 *
 * Laws: `text` and `string` write what `JSON.stringify` prints of the same text, with U+FFFD for lone surrogates; `number` and
 * `seconds` what it prints of the number.
 */
import { writeUtf8 } from '../internal/text/writeUtf8.ts'
import type { WrittenSpan } from '../segment/Payload.ts'
import * as Literal from './Literal.ts'
import { writeInteger, writeSeconds } from './writeNumber.ts'
import { copyText, MAX_PER_UNIT, writeString } from './writeText.ts'

// model

export interface SpanWriter {
  /** Begins a span. One that was begun and not ended is forgotten. */
  readonly begin: () => void
  readonly literal: (literal: Literal.Literal) => void
  /** A text of ASCII without characters that JSON escapes, without quotes. */
  readonly plain: (text: string) => void
  /** A text with its quotes. */
  readonly string: (text: string) => void
  /**
   * A text of ASCII from its bytes, with its quotes. False, with nothing written, for one that is not ASCII or may have a URL.
   */
  readonly text: (source: DataView, from: number, to: number) => boolean
  /** Text of JSON as it is. */
  readonly json: (text: string) => void
  /** A finite number. */
  readonly number: (value: number) => void
  /** Microseconds as seconds. */
  readonly seconds: (micros: number) => void
  /** The bytes of the span so far. */
  readonly offset: () => number
  /** Replaces one byte, which is before the offset. */
  readonly replace: (offset: number, byte: number) => void
  readonly end: () => WrittenSpan
}

/** Above, neighbouring doubles of seconds are more than a microsecond apart. */
const MAX_EXACT_MICROS = 2 ** 31 * 1e6

const MAX_SMALL = 2 ** 30

/** No number prints longer. A literal may need a word more than its length. */
const MAX_NUMBER_BYTES = 32

// constructors

export const make = (bufferBytes: number): SpanWriter => {
  let buffer = new Uint8Array(bufferBytes)
  let view = new DataView(buffer.buffer)
  let start = 0
  let at = 0
  /** Makes room for so many bytes behind the position. The span so far moves to a new buffer if it must. */
  const ensure = (bytes: number): void => {
    if (at + bytes <= buffer.length) return
    const written = buffer.subarray(start, at)
    const next = new Uint8Array(Math.max(bufferBytes, 2 * (written.length + bytes)))
    next.set(written)
    buffer = next
    view = new DataView(next.buffer)
    at = written.length
    start = 0
  }
  const plain = (text: string): void => {
    const { length } = text
    ensure(length)
    const out = buffer
    const from = at
    for (let i = 0; i < length; i++) out[from + i] = text.charCodeAt(i)
    at = from + length
  }
  return {
    begin: () => {
      at = start
    },
    literal: ({ words, length }) => {
      // hot: several times for each attribute of each span
      ensure(length + Literal.WORD)
      const out = view
      const from = at
      for (let i = 0; i < words.length; i++) out.setInt32(from + i * 4, words[i] ?? 0, true)
      at = from + length
    },
    plain,
    string: (text) => {
      ensure(MAX_PER_UNIT * text.length + 2)
      at = writeString(buffer, at, text)
    },
    text: (source, from, to) => {
      ensure(MAX_PER_UNIT * (to - from) + 2)
      const end = copyText(view, at, { source, from, to })
      if (end < 0) return false
      at = end
      return true
    },
    json: (text) => {
      ensure(3 * text.length)
      at = writeUtf8(buffer, at, text)
    },
    number: (value) => {
      if (Number.isInteger(value) && value > -MAX_SMALL && value < MAX_SMALL) {
        ensure(MAX_NUMBER_BYTES)
        at = writeInteger(buffer, at, value | 0)
      } else plain(JSON.stringify(value))
    },
    seconds: (micros) => {
      if (micros < 0 || micros >= MAX_EXACT_MICROS || !Number.isInteger(micros)) {
        plain(JSON.stringify(micros / 1e6))
        return
      }
      ensure(MAX_NUMBER_BYTES)
      at = writeSeconds(buffer, at, micros)
    },
    offset: () => at - start,
    replace: (offset, byte) => {
      buffer[start + offset] = byte
    },
    end: () => {
      const from = start
      start = at
      return { buffer, from, to: at }
    },
  }
}
