/**
 * Writes the JSON of spans in UTF-8, one after the other, into large shared buffers. Mutable; one owner.
 *
 * Laws: `text` and `string` write what `JSON.stringify` prints of the same text, with U+FFFD for lone surrogates; `number` and
 * `seconds` what it prints of the number.
 */
import { writeUtf8 } from '../internal/text/writeUtf8.ts'
import type { WrittenSpan } from '../segment/Payload.ts'

// model

export interface SpanWriter {
  /** Begins a span. One that was begun and not ended is forgotten. */
  readonly begin: () => void
  /** Bytes as they are. */
  readonly raw: (bytes: Uint8Array) => void
  /** A text of ASCII without characters that JSON escapes, without quotes. */
  readonly plain: (text: string) => void
  /** A text with its quotes. */
  readonly string: (text: string) => void
  /**
   * A text of ASCII from its bytes, with its quotes. False, with nothing written, for one that is not ASCII or may have a URL.
   */
  readonly text: (bytes: Uint8Array, from: number, to: number) => boolean
  /** Text of JSON as it is. */
  readonly json: (text: string) => void
  /** A finite number. */
  readonly number: (value: number) => void
  /** Microseconds as seconds. */
  readonly seconds: (micros: number) => void
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
const MAX_EXACT_MICROS = 2 ** 33 * 1e6

const MAX_SMALL = 2 ** 31

// constructors

export const make = (bufferBytes: number): SpanWriter => {
  let buffer = new Uint8Array(bufferBytes)
  let start = 0
  let at = 0
  /** Makes room for so many bytes behind the position. The span so far moves to a new buffer if it must. */
  const ensure = (bytes: number): void => {
    if (at + bytes <= buffer.length) return
    const written = buffer.subarray(start, at)
    const next = new Uint8Array(Math.max(bufferBytes, 2 * (written.length + bytes)))
    next.set(written)
    buffer = next
    at = written.length
    start = 0
  }
  const string = (text: string): void => {
    ensure(MAX_PER_UNIT * text.length + 2)
    const out = buffer
    let to = at
    out[to++] = QUOTE
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i)
      if (unit < 0x80) {
        if (CLASSES[unit] === ESCAPED) to = escape(out, to, unit)
        else out[to++] = unit
      } else {
        // Up to the next unit of ASCII, so that no surrogate pair is divided.
        let behind = i + 1
        while (behind < text.length && text.charCodeAt(behind) >= 0x80) behind++
        to = writeUtf8(out, to, text.slice(i, behind))
        i = behind - 1
      }
    }
    out[to++] = QUOTE
    at = to
  }
  const digits = (value: number): void => {
    let rest = value
    let to = at + digitsOf(value)
    at = to
    do {
      const quotient = Math.floor(rest / 10)
      buffer[--to] = ZERO + rest - 10 * quotient
      rest = quotient
    } while (rest > 0)
  }
  const plain = (text: string): void => {
    ensure(text.length)
    for (let i = 0; i < text.length; i++) buffer[at++] = text.charCodeAt(i)
  }
  return {
    begin: () => {
      at = start
    },
    raw: (bytes) => {
      const { length } = bytes
      ensure(length)
      const out = buffer
      let to = at
      for (let i = 0; i < length; i++) out[to++] = bytes[i] ?? 0
      at = to
    },
    plain,
    string,
    json: (text) => {
      ensure(3 * text.length)
      at = writeUtf8(buffer, at, text)
    },
    text: (bytes, from, to) => {
      // hot: once for each text of each span
      ensure(MAX_PER_UNIT * (to - from) + 2)
      const out = buffer
      let end = at
      out[end++] = QUOTE
      for (let i = from; i < to; i++) {
        const byte = bytes[i] ?? 0
        const kind = CLASSES[byte]
        if (kind === PLAIN) out[end++] = byte
        else if (kind === ESCAPED) end = escape(out, end, byte)
        else if (kind === COLON && !isMark(bytes, i, to)) out[end++] = byte
        else return false
      }
      out[end++] = QUOTE
      at = end
      return true
    },
    number: (value) => {
      ensure(MAX_NUMBER_BYTES)
      if (Number.isInteger(value) && value > -MAX_SMALL && value < MAX_SMALL) {
        if (value < 0) buffer[at++] = MINUS
        digits(Math.abs(value))
      } else plain(JSON.stringify(value))
    },
    seconds: (micros) => {
      ensure(MAX_NUMBER_BYTES)
      if (micros < 0 || micros >= MAX_EXACT_MICROS || !Number.isInteger(micros)) {
        plain(JSON.stringify(micros / 1e6))
        return
      }
      const whole = Math.floor(micros / 1e6)
      let fraction = micros - whole * 1e6
      digits(whole)
      if (fraction === 0) return
      buffer[at++] = POINT
      for (let unit = 1e5; fraction > 0; unit /= 10) {
        const digit = Math.floor(fraction / unit)
        buffer[at++] = ZERO + digit
        fraction -= digit * unit
      }
    },
    end: () => {
      const from = start
      start = at
      return { buffer, from, to: at }
    },
  }
}

/** No number prints longer. */
const MAX_NUMBER_BYTES = 32

const digitsOf = (value: number): number => {
  let digits = 1
  for (let limit = 10; value >= limit; limit *= 10) digits++
  return digits
}

// encoding

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
const isMark = (bytes: Uint8Array, colon: number, end: number): boolean =>
  colon + 2 < end && bytes[colon + 1] === SLASH && bytes[colon + 2] === SLASH
