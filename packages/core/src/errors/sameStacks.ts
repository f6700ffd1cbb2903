/** Which of several exceptions of one type and message are copies of one another, by their stacks. */

import { parsers } from '@sentry-exporter/stacktrace/parsers'
import type { StackFrame } from '@sentry-exporter/stacktrace/StackFrame'
import * as StackTrace from '@sentry-exporter/stacktrace/StackTrace'
import type { RecordedException } from '../exception/RecordedException.ts'

/**
 * For each exception a number that it shares with its copies. Their stacks are the same, or one is the newest part of the
 * other: some languages record the calls only up to where the exception was caught. Without a stack nothing tells.
 *
 * As text from the newest call on, a shorter stack begins the longer one, so that after sorting copies stand together.
 */
export const sameStacks = (all: ReadonlyArray<RecordedException>): ReadonlyArray<number> => {
  const calls = callsOf(all)
  const order = all.map((_thrown, index) => index).sort((a, b) => compareText(calls[a], calls[b]))
  const classes: Array<number> = new Array<number>(all.length).fill(0)
  // From the longest of those that begin alike to the shortest.
  let longer = ''
  let current = -1
  for (const index of order.reverse()) {
    const text = calls[index] ?? ''
    if (text === '' || current < 0 || !longer.startsWith(text)) current++
    longer = text
    classes[index] = current
  }
  return classes
}

/** One line for each call; texts are compared as they are where all are the same, which is common. */
const callsOf = (all: ReadonlyArray<RecordedException>): ReadonlyArray<string> => {
  const lines = new Map<string, string>()
  for (const thrown of all) if (!lines.has(thrown.stack)) lines.set(thrown.stack, '')
  if (lines.size === 1) return all.map(({ stack }) => stack)
  for (const thrown of all) {
    if (lines.get(thrown.stack) === '') lines.set(thrown.stack, linesOf(thrown))
  }
  return all.map(({ stack }) => lines.get(stack) ?? stack)
}

const linesOf = ({ type, message, stack, language }: RecordedException): string => {
  const [first] = StackTrace.parse(parsers)({
    type,
    message,
    stacktrace: stack,
    language,
  }).exceptions
  const frames = first?.frames ?? []
  return frames.length === 0 ? stack : [...frames].reverse().map(lineOf).join('')
}

const lineOf = ({ function: name, filename, abs_path: path, lineno, colno }: StackFrame): string =>
  `${name} ${path ?? filename} ${lineno} ${colno}\n`

const compareText = (a: string | undefined, b: string | undefined): number =>
  a === b ? 0 : (a ?? '') < (b ?? '') ? -1 : 1
