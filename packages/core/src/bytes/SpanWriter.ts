/**
 * Writes the JSON of spans in UTF-8, one after the other, into large shared buffers. Mutable; one owner.
 *
 * Laws: `text` and `string` write what `JSON.stringify` prints of the same text, with U+FFFD for lone surrogates; `number` and
 * `seconds` what it prints of the number.
 */
import { writeUtf8 } from '../internal/text/writeUtf8.ts'
import type { WrittenSpan } from '../segment/Payload.ts'
import * as Literal from './Literal.ts'

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

const QUOTE = 0x22
const BACKSLASH = 0x5c
const SLASH = 0x2f
const MINUS = 0x2d
const POINT = 0x2e
const ZERO = 0x30
const LETTER_U = 0x75

// Classes of bytes in a text.
const PLAIN = 0
const ESCAPED = 1
const COLON = 2
const NOT_ASCII = 3

const CLASSES: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte >= 0x80) return NOT_ASCII
  if (byte < 0x20 || byte === QUOTE || byte === BACKSLASH) return ESCAPED
  return byte === 0x3a ? COLON : PLAIN
})

/** The letters of short escapes, by the byte that they stand for. */
const SHORT: ReadonlyMap<number, number> = new Map([
  [0x08, 0x62],
  [0x09, 0x74],
  [0x0a, 0x6e],
  [0x0c, 0x66],
  [0x0d, 0x72],
  [QUOTE, QUOTE],
  [BACKSLASH, BACKSLASH],
])

/** The bytes of the longest escape, and of three bytes of UTF-8 that a UTF-16 unit takes at most. */
const MAX_PER_UNIT = 6

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

// encoding

/** Writes an integer of 31 bits. Returns the position behind it. */
const writeInteger = (out: Uint8Array, from: number, value: number): number => {
  let at = from
  let rest = value
  if (rest < 0) {
    out[at++] = MINUS
    rest = -rest
  }
  const end = at + digitsOf(rest)
  for (let i = end - 1; i >= at; i--) {
    const quotient = (rest / 10) | 0
    out[i] = ZERO + rest - 10 * quotient
    rest = quotient
  }
  return end
}

const digitsOf = (value: number): number => {
  let digits = 1
  for (let limit = 10; value >= limit; limit *= 10) digits++
  return digits
}

const writeSeconds = (out: Uint8Array, from: number, micros: number): number => {
  const whole = Math.floor(micros / 1e6)
  // Two halves of five digits fit into 31 bits.
  const high = Math.floor(whole / 1e5)
  let at = high === 0 ? writeInteger(out, from, whole) : writeInteger(out, from, high)
  if (high > 0) at = writeDigits(out, at, whole - high * 1e5, 5)
  const fraction = micros - whole * 1e6
  if (fraction === 0) return at
  out[at++] = POINT
  at = writeDigits(out, at, fraction, 6)
  while (out[at - 1] === ZERO) at--
  return at
}

/** So many digits, with zeros before the number. */
const writeDigits = (out: Uint8Array, from: number, value: number, digits: number): number => {
  let rest = value | 0
  for (let i = from + digits - 1; i >= from; i--) {
    const quotient = (rest / 10) | 0
    out[i] = ZERO + rest - 10 * quotient
    rest = quotient
  }
  return from + digits
}

const writeString = (out: Uint8Array, from: number, text: string): number => {
  const { length } = text
  let to = from
  out[to++] = QUOTE
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i)
    if (unit >= 0x80) {
      // Up to the next unit of ASCII, so that no surrogate pair is divided.
      let behind = i + 1
      while (behind < length && text.charCodeAt(behind) >= 0x80) behind++
      to = writeUtf8(out, to, text.slice(i, behind))
      i = behind - 1
    } else if (CLASSES[unit] === ESCAPED) to = escape(out, to, unit)
    else out[to++] = unit
  }
  out[to++] = QUOTE
  return to
}

/** A text in the bytes of a request. */
interface SourceText {
  readonly source: DataView
  readonly from: number
  readonly to: number
}

/** Copies a text, four bytes at a time while none of them is special. -1 for a text that cannot be copied. */
const copyText = (out: DataView, start: number, { source, from, to }: SourceText): number => {
  // hot: once for each text of each span
  let at = start
  let i = from
  out.setUint8(at++, QUOTE)
  while (i < to) {
    if (i + 4 <= to) {
      const word = source.getInt32(i, true)
      if (!isSpecial(word)) {
        out.setInt32(at, word, true)
        at += 4
        i += 4
        continue
      }
    }
    // The bytes of this word, one after the other.
    const end = Math.min(i + 4, to)
    for (; i < end; i++) {
      const byte = source.getUint8(i)
      const kind = CLASSES[byte]
      if (kind === NOT_ASCII || (kind === COLON && isMark(source, i, to))) return -1
      if (kind === ESCAPED) at = escapeInto(out, at, byte)
      else out.setUint8(at++, byte)
    }
  }
  out.setUint8(at++, QUOTE)
  return at
}

/** Whether one of four bytes is a control character, a quote, a backslash, a colon, or not ASCII. */
const isSpecial = (word: number): boolean =>
  ((word |
    (word - 0x20202020) |
    ((word ^ 0x22222222) - 0x01010101) |
    ((word ^ 0x5c5c5c5c) - 0x01010101) |
    ((word ^ 0x3a3a3a3a) - 0x01010101)) &
    0x80808080) !==
  0

const escapeInto = (out: DataView, at: number, byte: number): number =>
  at + escape(new Uint8Array(out.buffer, at, MAX_PER_UNIT), 0, byte)

const escape = (out: Uint8Array, from: number, byte: number): number => {
  let to = from
  out[to++] = BACKSLASH
  const short = SHORT.get(byte)
  if (short !== undefined) {
    out[to++] = short
    return to
  }
  out[to++] = LETTER_U
  out[to++] = ZERO
  out[to++] = ZERO
  out[to++] = ZERO + (byte >> 4)
  out[to++] = '0123456789abcdef'.charCodeAt(byte & 15)
  return to
}

// guards

/** Whether the colon is that of `://`. */
const isMark = (source: DataView, colon: number, end: number): boolean =>
  colon + 2 < end &&
  source.getUint8(colon + 1) === SLASH &&
  source.getUint8(colon + 2) === SLASH
