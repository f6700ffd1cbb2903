/** Decides by their stacks which exceptions of one type and message are the same. */
import type { Parser } from '@sentry-exporter/stacktrace/Parser'
import type { StackFrame } from '@sentry-exporter/stacktrace/StackFrame'
import * as StackTrace from '@sentry-exporter/stacktrace/StackTrace'
import type { RecordedException } from './RecordedException.ts'

/**
 * For each exception the number of its group. Two are in one group if their stacks are equal, or if one stack is the newest
 * part of the other: some languages record the calls only up to where the exception was caught. An exception without a
 * stack is a group of its own.
 *
 * Stacks are compared as text with the newest call first: a shorter stack is then a prefix of the longer one, and equal
 * ones are adjacent after sorting.
 */
export const groupStacks = (
  parsers: ReadonlyArray<Parser>,
): ((exceptions: ReadonlyArray<RecordedException>) => ReadonlyArray<number>) => {
  const parse = StackTrace.parse(parsers)
  return (exceptions) => {
    const texts = comparableTexts(parse, exceptions)
    const order = exceptions.map((_, index) => index)
    order.sort((a, b) => compareText(texts[a], texts[b]))
    const groups = new Array<number>(exceptions.length).fill(0)
    // From the end, so that the longest of those with a common prefix comes first.
    let longer = ''
    let group = -1
    for (const index of order.reverse()) {
      const text = texts[index] ?? ''
      if (text === '' || group < 0 || !longer.startsWith(text)) group++
      longer = text
      groups[index] = group
    }
    return groups
  }
}

type Parse = ReturnType<typeof StackTrace.parse>

/** One line for each call. If all stacks are equal, which is common, they are compared without parsing. */
const comparableTexts = (
  parse: Parse,
  exceptions: ReadonlyArray<RecordedException>,
): ReadonlyArray<string> => {
  const byStack = new Map<string, RecordedException>()
  for (const exception of exceptions) {
    if (!byStack.has(exception.stack)) byStack.set(exception.stack, exception)
  }
  if (byStack.size === 1) return exceptions.map(({ stack }) => stack)
  const lines = new Map<string, string>()
  for (const [stack, exception] of byStack) lines.set(stack, callLines(parse, exception))
  return exceptions.map(({ stack }) => lines.get(stack) ?? stack)
}

const callLines = (parse: Parse, { type, message, stack, language }: RecordedException): string => {
  const [first] = parse({ type, message, stacktrace: stack, language }).exceptions
  const frames = first?.frames ?? []
  return frames.length === 0 ? stack : [...frames].reverse().map(lineOf).join('')
}

const lineOf = ({ function: name, filename, abs_path: path, lineno, colno }: StackFrame): string =>
  `${name} ${path ?? filename} ${lineno} ${colno}\n`

const compareText = (a: string | undefined, b: string | undefined): number =>
  a === b ? 0 : (a ?? '') < (b ?? '') ? -1 : 1
