/**
 * Finds the message of an exception, known from `exception.message`, in the text of its stack trace.
 *
 * A message may contain lines that look like frames, so its end is found by comparison, not by the format. The comparison
 * tolerates other blanks and line breaks, and U+FFFD for characters that were lost in a conversion.
 */
import * as Lines from './Lines.ts'

// model

/** The number of characters of the first line that are searched for; the rest is compared. */
const MAX_NEEDLE = 200

/** After this number of near matches the search ends, so that a text made of them takes linear time. */
const MAX_MISSES = 32

/** U+FFFD, the replacement character. */
const REPLACEMENT = 0xfffd

// decoding

/**
 * The end of `message` in `text` if it is at `start`, else -1. If the text ends inside the message (attributes are cut at
 * a length limit), the end of the text.
 */
export const endOf = (text: string, start: number, message: string): number => {
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
    } else if ((a === REPLACEMENT && isNotAscii(b)) || (b === REPLACEMENT && isNotAscii(a))) {
      i = skip(text, i, isNotAscii)
      j = skip(message, j, isNotAscii)
    } else return -1
  }
  return i
}

/** The first offset from `from` on whose character is not to be skipped. */
export const skip = (text: string, from: number, isSkipped: (code: number) => boolean): number => {
  let at = from
  while (at < text.length && isSkipped(text.charCodeAt(at))) at++
  return at
}

// guards

export const isBlank = (code: number): boolean => code === 32 || (code >= 9 && code <= 13)

const isNotAscii = (code: number): boolean => code > 127

// transformations

/**
 * Cuts each copy of a message of several lines to its first line, so that no other line of it is taken for a frame. A text
 * that was sent twice, or whose cause has the same message, contains more than one copy.
 */
export const condense = (text: string, message: string | undefined): string => {
  const known = message?.trim() ?? ''
  const firstEnd = Lines.endOf(known, 0)
  if (firstEnd === known.length) return text
  const isWhole = firstEnd <= MAX_NEEDLE
  const first = known.slice(0, Math.min(firstEnd, MAX_NEEDLE)).trimEnd()
  let condensed = ''
  let copied = 0
  let misses = 0
  for (let at = text.indexOf(first); at >= 0 && misses < MAX_MISSES; ) {
    if (!isWhole || Lines.endsAt(text, at + first.length)) {
      const lineEnd = Lines.endOf(text, at)
      const end = endOf(text, at, known)
      if (end > lineEnd && Lines.endsAt(text, end)) {
        condensed += text.slice(copied, lineEnd)
        copied = end
      } else misses++
    }
    at = text.indexOf(first, Math.max(copied, at + 1))
  }
  return condensed + text.slice(copied)
}
