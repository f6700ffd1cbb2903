/** Writes texts with quotes and escapes, as `JSON.stringify` prints them. Lone surrogates become U+FFFD. */
import { writeUtf8 } from '../internal/text/writeUtf8.ts'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const SLASH = 0x2f
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

/** The letters of short escapes, by the byte that they are for; zero for other bytes. */
const SHORT: Uint8Array = Uint8Array.from({ length: 128 }, (_, byte) => {
  const nth = '\b\t\n\f\r"\\'.indexOf(String.fromCharCode(byte))
  return nth < 0 ? 0 : 'btnfr"\\'.charCodeAt(nth)
})

/** The bytes of the longest escape, and of three bytes of UTF-8 that a UTF-16 unit takes at most. */
export const MAX_PER_UNIT = 6

// encoding

/** Writes four units at a time while none of them is special. */
export const writeString = (out: Uint8Array, from: number, text: string): number => {
  // hot: once for each text of each span
  const { length } = text
  let to = from
  let i = 0
  out[to++] = QUOTE
  while (i < length) {
    if (i + 4 <= length) {
      const a = text.charCodeAt(i)
      const b = text.charCodeAt(i + 1)
      const c = text.charCodeAt(i + 2)
      const d = text.charCodeAt(i + 3)
      if ((a | b | c | d) < 0x80 && !hasEscaped(a | (b << 8) | (c << 16) | (d << 24))) {
        out[to++] = a
        out[to++] = b
        out[to++] = c
        out[to++] = d
        i += 4
        continue
      }
    }
    // These units, one after the other.
    const end = Math.min(i + 4, length)
    while (i < end) {
      const unit = text.charCodeAt(i)
      if (unit >= 0x80) {
        const behind = endOfOthers(text, i)
        to = writeUtf8(out, to, text.slice(i, behind))
        i = behind
        continue
      }
      if (CLASSES[unit] === ESCAPED) to = writeEscape(out, to, unit)
      else out[to++] = unit
      i++
    }
  }
  out[to++] = QUOTE
  return to
}

/** The index of the next unit of ASCII, so that no surrogate pair is divided. */
const endOfOthers = (text: string, from: number): number => {
  let behind = from + 1
  while (behind < text.length && text.charCodeAt(behind) >= 0x80) behind++
  return behind
}

/** A text in the bytes of a request. */
interface SourceText {
  readonly source: DataView
  readonly from: number
  readonly to: number
}

/** Copies a text, four bytes at a time while none of them is special. -1 for a text that cannot be copied. */
export const copyText = (
  out: DataView,
  start: number,
  { source, from, to }: SourceText,
): number => {
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
  ((escapedBits(word) | ((word ^ 0x3a3a3a3a) - 0x01010101)) & HIGH_BITS) !== 0

/** Whether one of four bytes is a control character, a quote or a backslash, or not ASCII. */
const hasEscaped = (word: number): boolean => (escapedBits(word) & HIGH_BITS) !== 0

/** The highest bit of a byte is set if JSON escapes it, or if it is not ASCII. A byte above such a byte may have it set too. */
const escapedBits = (word: number): number =>
  word |
  (word - 0x20202020) |
  ((word ^ 0x22222222) - 0x01010101) |
  ((word ^ 0x5c5c5c5c) - 0x01010101)

const HIGH_BITS = 0x80808080

const escapeInto = (out: DataView, at: number, byte: number): number =>
  at + writeEscape(new Uint8Array(out.buffer, at, MAX_PER_UNIT), 0, byte)

const writeEscape = (out: Uint8Array, from: number, byte: number): number => {
  let to = from
  out[to++] = BACKSLASH
  const short = SHORT[byte] ?? 0
  if (short > 0) {
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
  colon + 2 < end && source.getUint8(colon + 1) === SLASH && source.getUint8(colon + 2) === SLASH
