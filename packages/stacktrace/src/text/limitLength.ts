/**
 * How much of a source is read: a stack trace is some kilobytes, so more than 256 of them are a runaway recursion or a
 * hostile text, and cost no more than that. The middle goes, since formats differ in which end the newest call is at.
 */

import type { Source } from '../Parser.ts'
import * as Header from './Header.ts'
import * as Lines from './Lines.ts'

// combinators

/** The source with a text and a message of a bounded length; itself where it is within the bounds. */
export const within = (source: Source): Source => {
  const message = source.message?.slice(0, MAX_MESSAGE)
  const stacktrace = withoutMiddle(withShortMessage(source, message ?? ''))
  return { ...source, message, stacktrace }
}

/** In characters. */
const MAX_TEXT = 262_144
const MAX_MESSAGE = 16_384
const MAX_SEARCHED = 1024

/** The text with its long message cut as the attribute is, so that the header is found again. */
const withShortMessage = ({ stacktrace, message }: Source, short: string): string => {
  if (message === undefined || message.length === short.length) return stacktrace
  const start = stacktrace.slice(0, MAX_SEARCHED).indexOf(message.slice(0, MAX_SEARCHED / 4))
  const end = start < 0 ? -1 : Header.endOfMessage(stacktrace, start, message)
  return end < 0 ? stacktrace : stacktrace.slice(0, start) + short + stacktrace.slice(end)
}

/** Both ends, in whole lines. */
const withoutMiddle = (text: string): string => {
  if (text.length <= MAX_TEXT) return text
  const head = text.slice(0, MAX_TEXT / 2)
  const tailStart = text.length - MAX_TEXT / 2
  const tail = text.slice(Lines.next(text, Lines.endOf(text, tailStart)))
  const headEnd = Math.max(head.lastIndexOf('\n'), head.lastIndexOf('\r')) + 1
  return head.slice(0, headEnd > 0 ? headEnd : undefined) + tail
}
