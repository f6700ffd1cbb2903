/**
 * The header of a stack trace, `Type: message`, taken off with what OpenTelemetry says of the exception.
 *
 * A message may hold lines that look like frames, so its end is never guessed where `exception.message` tells it:
 * first as it stands, then tolerantly (blanks, line breaks, U+FFFD for what a recoding lost). Only without a message,
 * or with one the text does not have, the header lasts until the first line that looks like a frame.
 */
import * as Lines from './Lines.ts'

// model

/** What the attributes say. */
export interface Known {
  readonly type: string | undefined
  readonly message: string | undefined
}

export interface Header {
  /** The type as the text has it; the attribute's (or nothing) where the text has no header. */
  readonly type: string
  /** The message: the attribute's where the text agrees with it, else the text's. */
  readonly value: string
  /** Where the header ends: at the line break behind it, or at the end of the text. 0 where there is none. */
  readonly end: number
  /** Whether the attributes told the end, so that nothing of the message can be behind it. */
  readonly certain: boolean
}

// decoding

/** Reads a `Type: message` header at the start of a text; `isFrame` is asked only where the attributes do not help. */
export const read = (text: string, known: Known, isFrame: (line: string) => boolean): Header =>
  matched(text, known) ?? guessed(text, known, isFrame)

/**
 * Where `message` ends in `text`, if it stands at `start`; -1 if it does not. A text that ends inside the message
 * (attributes are cut at a length limit) ends there too.
 */
export const endOfMessage = (text: string, start: number, message: string): number => {
  if (text.startsWith(message, start)) return start + message.length
  const end = message.trimEnd().length
  let i = start
  let j = 0
  while (j < end) {
    if (i >= text.length) return text.length
    const a = text.charCodeAt(i)
    const b = message.charCodeAt(j)
    if (a === b) {
      i++
      j++
    } else if (isBlank(a) && (isBlank(b) || j === 0 || isBlank(message.charCodeAt(j - 1)))) {
      i = skip(text, i, isBlank)
      if (isBlank(b)) j = skip(message, j, isBlank)
    } else if (isBlank(b) && (j === 0 || isBlank(text.charCodeAt(i - 1)))) {
      j = skip(message, j, isBlank)
    } else if ((a === LOST && isForeign(b)) || (b === LOST && isForeign(a))) {
      i = skip(text, i, isForeign)
      j = skip(message, j, isForeign)
    } else return -1
  }
  return i
}

/**
 * The text with every copy of a message of several lines cut to the first of them, so that none of the others can be
 * taken for a frame: the header is there again where a text was sent twice, or names the same error as its cause.
 */
export const condense = (text: string, message: string | undefined): string => {
  const known = message?.trim() ?? ''
  const firstEnd = Lines.endOf(known, 0)
  if (firstEnd === known.length) return text
  const isWhole = firstEnd <= MAX_NEEDLE
  const first = known.slice(0, Math.min(firstEnd, MAX_NEEDLE)).trimEnd()
  let condensed = ''
  let kept = 0
  let misses = 0
  for (let at = text.indexOf(first); at >= 0 && misses < MAX_MISSES; ) {
    if (!isWhole || Lines.endsAt(text, at + first.length)) {
      const lineEnd = Lines.endOf(text, at)
      const end = endOfMessage(text, at, known)
      if (end > lineEnd && Lines.endsAt(text, end)) {
        condensed += text.slice(kept, lineEnd)
        kept = end
      } else misses++
    }
    at = text.indexOf(first, Math.max(kept, at + 1))
  }
  return condensed + text.slice(kept)
}

/** Whether a text can be the name of a type: one word, perhaps with a code in brackets as Node writes it. */
export const isType = (text: string): boolean =>
  text.length <= MAX_TYPE && /^[^\s:]+(?:::[^\s:]+)*(?: \[[^\]\s]*\])?$/.test(text)

const MAX_TYPE = 512
const MAX_COLONS = 8
/** How much of a first line is searched for: the rest is compared. */
const MAX_NEEDLE = 200
/** A text made to match a message nearly everywhere is given up after so many tries. */
const MAX_MISSES = 32
const LOST = 0xfffd

const matched = (text: string, known: Known): Header | undefined => {
  const start = skip(text, 0, isBlankOrMark)
  const { type, message } = known
  if (message === undefined || message === '') {
    const end = start + (type ?? '').length
    return type && text.startsWith(type, start) && Lines.endsAt(text, end)
      ? { type, value: '', end, certain: message !== undefined }
      : undefined
  }
  const lineEnd = Math.min(Lines.endOf(text, start), start + MAX_TYPE + 1)
  let colon = text.indexOf(':', start)
  for (let tried = 0; colon >= 0 && colon < lineEnd && tried < MAX_COLONS; tried++) {
    const found = text.slice(start, colon)
    if (found === type || isType(found)) {
      const messageStart = text.charCodeAt(colon + 1) === 32 ? colon + 2 : colon + 1
      const end = endOfMessage(text, messageStart, message)
      if (end >= 0 && Lines.endsAt(text, end))
        return { type: found, value: message, end, certain: true }
    }
    colon = text.indexOf(':', colon + 1)
  }
  // An error without a name is written as its message alone.
  const end = endOfMessage(text, start, message)
  return end >= 0 && Lines.endsAt(text, end)
    ? { type: type ?? '', value: message, end, certain: true }
    : undefined
}

const guessed = (text: string, known: Known, isFrame: (line: string) => boolean): Header => {
  const start = skip(text, 0, isBlankOrMark)
  const lineStart = Math.max(text.lastIndexOf('\n', start), text.lastIndexOf('\r', start)) + 1
  let end = lineStart
  for (let at = lineStart; at < text.length; ) {
    const lineEnd = Lines.endOf(text, at)
    if (isFrame(text.slice(at, lineEnd))) break
    end = lineEnd
    at = Lines.next(text, lineEnd)
  }
  if (end <= start)
    return { type: known.type ?? '', value: known.message ?? '', end: 0, certain: false }
  const header = text.slice(start, end).trimEnd()
  const colon = header.indexOf(': ')
  const whole = header.endsWith(':') ? header.slice(0, -1) : header
  if (isType(whole)) {
    const isCut = end === text.length && plain(known.type ?? '').startsWith(plain(whole))
    return { type: isCut ? (known.type ?? '') : whole, value: '', end, certain: false }
  }
  return colon > 0 && isType(header.slice(0, colon))
    ? { type: header.slice(0, colon), value: header.slice(colon + 2), end, certain: false }
    : { type: known.type ?? '', value: header, end, certain: false }
}

/** A type in one of the notations of its language: `Outer$Inner` and `Outer.Inner`, `A\B` and `A.B`. */
const plain = (type: string): string => type.replace(/[$\\]/g, '.')

const skip = (text: string, from: number, skipped: (code: number) => boolean): number => {
  let at = from
  while (at < text.length && skipped(text.charCodeAt(at))) at++
  return at
}

const isBlank = (code: number): boolean => code === 32 || (code >= 9 && code <= 13)

const isBlankOrMark = (code: number): boolean => isBlank(code) || code === 0xfeff

const isForeign = (code: number): boolean => code > 127
