/**
 * Reads the header of a stack trace, `Type: message`, with the help of the attributes of the exception.
 *
 * Where `exception.message` is known and is in the text, it determines the end of the header. Otherwise the header lasts
 * until the first line that looks like a frame.
 */
import * as Lines from './Lines.ts'
import * as Message from './Message.ts'

// model

/** The attributes of the exception. */
export interface KnownException {
  readonly type: string | undefined
  readonly message: string | undefined
}

export interface Header {
  /** The type in the text; that of the attributes (or empty) where the text has no header. */
  readonly type: string
  /** The message of the attributes where the text agrees with it, else that of the text. */
  readonly value: string
  /** The end of the header: the line break behind it, or the end of the text. 0 where there is no header. */
  readonly end: number
  /** Whether the attributes determined the end, so that no line behind it belongs to the message. */
  readonly isCertain: boolean
}

/** In characters. */
const MAX_TYPE = 512

/** The number of colons of the first line that are tried as the end of the type. */
const MAX_COLONS = 8

// guards

/** Whether a text can be the name of a type: one word, perhaps with a code in brackets as Node writes it. */
export const isType = (text: string): boolean =>
  text.length <= MAX_TYPE && /^[^\s:]+(?:::[^\s:]+)*(?: \[[^\]\s]*\])?$/.test(text)

const isBlankOrMark = (code: number): boolean => Message.isBlank(code) || code === 0xfeff

// decoding

/** Reads the header at the start of a text. `isFrame` is used only where the attributes do not determine its end. */
export const read = (
  text: string,
  known: KnownException,
  isFrame: (line: string) => boolean,
): Header => readKnown(text, known) ?? readUnknown(text, known, isFrame)

/** The header that the attributes determine, if the text has it. */
const readKnown = (text: string, known: KnownException): Header | undefined => {
  const start = Message.skip(text, 0, isBlankOrMark)
  const { type, message } = known
  if (message === undefined || message === '') {
    const end = start + (type ?? '').length
    return type && text.startsWith(type, start) && Lines.endsAt(text, end)
      ? { type, value: '', end, isCertain: message !== undefined }
      : undefined
  }
  const lineEnd = Math.min(Lines.endOf(text, start), start + MAX_TYPE + 1)
  let colon = text.indexOf(':', start)
  for (let tried = 0; colon >= 0 && colon < lineEnd && tried < MAX_COLONS; tried++) {
    const found = text.slice(start, colon)
    if (found === type || isType(found)) {
      const messageStart = text.charCodeAt(colon + 1) === 32 ? colon + 2 : colon + 1
      const end = Message.endOf(text, messageStart, message)
      if (end >= 0 && Lines.endsAt(text, end))
        return { type: found, value: message, end, isCertain: true }
    }
    colon = text.indexOf(':', colon + 1)
  }
  // An error without a name is written as its message alone.
  const end = Message.endOf(text, start, message)
  return end >= 0 && Lines.endsAt(text, end)
    ? { type: type ?? '', value: message, end, isCertain: true }
    : undefined
}

/** The lines before the first frame. */
const readUnknown = (
  text: string,
  known: KnownException,
  isFrame: (line: string) => boolean,
): Header => {
  const start = Message.skip(text, 0, isBlankOrMark)
  const lineStart = Math.max(text.lastIndexOf('\n', start), text.lastIndexOf('\r', start)) + 1
  let end = lineStart
  for (let at = lineStart; at < text.length; ) {
    const lineEnd = Lines.endOf(text, at)
    if (isFrame(text.slice(at, lineEnd))) break
    end = lineEnd
    at = Lines.next(text, lineEnd)
  }
  if (end <= start)
    return { type: known.type ?? '', value: known.message ?? '', end: 0, isCertain: false }
  const header = text.slice(start, end).trimEnd()
  const colon = header.indexOf(': ')
  const name = header.endsWith(':') ? header.slice(0, -1) : header
  if (isType(name)) {
    const isCut = end === text.length && withDots(known.type ?? '').startsWith(withDots(name))
    return { type: isCut ? (known.type ?? '') : name, value: '', end, isCertain: false }
  }
  return colon > 0 && isType(header.slice(0, colon))
    ? { type: header.slice(0, colon), value: header.slice(colon + 2), end, isCertain: false }
    : { type: known.type ?? '', value: header, end, isCertain: false }
}

/** A type with dots as its only separator: `Outer$Inner` and `Outer.Inner`, `A\B` and `A.B` become equal. */
const withDots = (type: string): string => type.replace(/[$\\]/g, '.')
