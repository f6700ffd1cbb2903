/**
 * Limits how much of a stack trace is parsed. A stack trace has some kilobytes; one above 256 KiB is a runaway recursion or
 * a hostile text. The middle is left out, because formats differ in the end at which the newest call is.
 */
import type { Source } from '../Parser.ts'
import * as Lines from './Lines.ts'
import * as Message from './Message.ts'

// model

/** In characters. */
const MAX_TEXT = 262_144

/** Deep recursion of Java and Python has some thousand lines. */
const MAX_LINES = 4_000

/** In characters. */
const MAX_MESSAGE = 16_384

/** The message is searched in this number of characters at the start of the text. */
const MAX_SEARCHED = 1024

// transformations

/** The source with a text and a message of limited length; the argument itself if both are within the limits. */
export const limitLength = (source: Source): Source => {
  const message = source.message?.slice(0, MAX_MESSAGE)
  const stacktrace = withoutMiddleLines(withoutMiddle(withShortMessage(source, message ?? '')))
  return message === source.message && stacktrace === source.stacktrace
    ? source
    : { ...source, message, stacktrace }
}

/** Cuts a long message in the text as the attribute was cut, so that the header is still found. */
const withShortMessage = ({ stacktrace, message }: Source, short: string): string => {
  if (message === undefined || message.length === short.length) return stacktrace
  const start = stacktrace.slice(0, MAX_SEARCHED).indexOf(message.slice(0, MAX_SEARCHED / 4))
  const end = start < 0 ? -1 : Message.endOf(stacktrace, start, message)
  return end < 0 ? stacktrace : stacktrace.slice(0, start) + short + stacktrace.slice(end)
}

/** Both ends of the text, in whole lines. */
const withoutMiddle = (text: string): string => {
  if (text.length <= MAX_TEXT) return text
  const head = text.slice(0, MAX_TEXT / 2)
  const tailStart = text.length - MAX_TEXT / 2
  const tail = text.slice(Lines.next(text, Lines.endOf(text, tailStart)))
  const headEnd = Math.max(head.lastIndexOf('\n'), head.lastIndexOf('\r')) + 1
  return head.slice(0, headEnd > 0 ? headEnd : undefined) + tail
}

/** The first and the last lines of a text that has very many. */
const withoutMiddleLines = (text: string): string => {
  const headEnd = endOfLines(text, MAX_LINES / 2)
  if (headEnd < 0) return text
  let tailStart = text.length
  for (let line = 0; line < MAX_LINES / 2 && tailStart > 0; line++) {
    tailStart = text.lastIndexOf('\n', tailStart - 2) + 1
  }
  return tailStart <= headEnd ? text : text.slice(0, headEnd) + text.slice(tailStart)
}

/** The offset behind so many lines; -1 for a text with fewer. */
const endOfLines = (text: string, lines: number): number => {
  let end = 0
  for (let line = 0; line < lines; line++) {
    const at = text.indexOf('\n', end)
    if (at < 0) return -1
    end = at + 1
  }
  return end
}
