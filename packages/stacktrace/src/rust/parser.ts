/**
 * What Rust programs send as a stack trace: the backtrace of a panic or of `anyhow` and `eyre`, with the chain
 * of causes before it, or only the messages of that chain.
 *
 * Source: `Debug` of `anyhow::Error`, the default panic hook, and `tracing-opentelemetry`, which sends an
 * array of the sources' messages.
 */
import type { ParsedException } from '../ParsedException.ts'
import type { Parser, Source } from '../Parser.ts'
import type { StackFrame } from '../StackFrame.ts'
import * as Lines from '../text/Lines.ts'
import * as Message from '../text/Message.ts'
import * as RustDebug from './debugFormat.ts'
import * as RustFrame from './frame.ts'

// instances

export const rust: Parser = {
  platform: 'native',
  languages: ['rust'],
  recognises: (stacktrace) => {
    const lines = Lines.split(stacktrace)
    return lines.some(
      (line, i) =>
        BACKTRACE.test(line.trim()) ||
        (RustFrame.symbolIn(line)?.isSure === true &&
          RustFrame.placeIn(lines[i + 1] ?? '') !== undefined),
    )
  },
  parse: (source) => {
    const messages = arrayIn(source.stacktrace)
    if (messages !== undefined) return chain(source, [], messages, [])
    const lines = Lines.split(source.stacktrace.slice(endOfMessage(source)))
    const from = lines.findIndex((line) => CAUSES.test(line.trim()))
    const before = from < 0 ? lines : lines.slice(0, from)
    const { causes, next } = causesFrom(lines, from)
    const rest = [...before, ...lines.slice(next)].join('\n')
    const text = Message.condense(rest, source.message)
    const debugged = RustDebug.parse(text)
    const frames =
      debugged.length > 0 ? debugged : backtrace(Lines.split(text), Lines.isCut(source.stacktrace))
    return chain(source, before, causes, frames)
  },
}

const MAX_EXCEPTIONS = 50

const CAUSES = /^Caused by:$/

const BACKTRACE = /^(?:stack backtrace:$|Backtrace \[(?:\{ fn: "|$))/i

/** `["cause", "its cause"]`: the messages below the exception's own. */
const arrayIn = (text: string): ReadonlyArray<string> | undefined => {
  if (!/^\s*\[\s*"/.test(text.slice(0, 256))) return undefined
  try {
    const found: unknown = JSON.parse(text)
    return Array.isArray(found) && found.every((each) => typeof each === 'string')
      ? found
      : undefined
  } catch {
    return undefined
  }
}

/** Where the known message ends; it may stand behind `Error: ` or behind the line that says where a panic began. */
const endOfMessage = ({ message, stacktrace }: Source): number => {
  if (!message) return 0
  const firstEnd = Lines.endOf(stacktrace, 0)
  const starts = [
    0,
    ...(stacktrace.startsWith('Error: ') ? [7] : []),
    Lines.next(stacktrace, firstEnd),
  ]
  for (const start of starts) {
    const end = Message.endOf(stacktrace, start, message)
    if (end > 0 && Lines.endsAt(stacktrace, end)) return end
  }
  return 0
}

/**
 * The messages below the line `Caused by:` at `from`, and where they end: at the next line that is not
 * indented.
 */
const causesFrom = (
  lines: ReadonlyArray<string>,
  from: number,
): { readonly causes: ReadonlyArray<string>; readonly next: number } => {
  if (from < 0) return { causes: [], next: lines.length }
  const margin = Lines.indentOf(lines[from] ?? '')
  const first = lines[from + 1] ?? ''
  const isNumbered = /^\s*0: /.test(first)
  const indent = Lines.indentOf(first) + (isNumbered ? 3 : 0)
  const causes: Array<Array<string>> = []
  let next = from + 1
  for (; next < lines.length; next++) {
    const line = lines[next] ?? ''
    const isHeading = BACKTRACE.test(line.trim()) || /^(?:Location|Backtrace):$/.test(line.trim())
    if (line.trim() !== '' && (isHeading || (margin < indent && Lines.indentOf(line) <= margin)))
      break
    const start = isNumbered
      ? startOfCause(line, causes.length, indent)
      : next === from + 1
        ? indent
        : 0
    if (start > 0 || causes.length === 0) causes.push([line.slice(start)])
    else causes.at(-1)?.push(line.slice(Math.min(Lines.indentOf(line), indent)))
  }
  return { causes: causes.map((message) => message.join('\n').trimEnd()), next }
}

/**
 * Where the message behind `number: ` starts; 0 if the line continues the message before it, indented as that
 * is.
 */
const startOfCause = (line: string, number: number, indent: number): number => {
  const found = /^\s*(\d{1,6}): /.exec(line)
  return found !== null && Number(found[1]) === number && Lines.indentOf(line) < indent
    ? found[0].length
    : 0
}

/** The frames in their own order, the throwing one first. */
const backtrace = (lines: ReadonlyArray<string>, isCut: boolean): ReadonlyArray<StackFrame> => {
  const frames: Array<StackFrame> = []
  let isInside = false
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? ''
    const place = RustFrame.placeIn(lines[i + 1] ?? '')
    const symbol = RustFrame.symbolIn(line)
    if (symbol?.number === 0 && frames.length > 0) break
    isInside ||=
      symbol === undefined ? BACKTRACE.test(line.trim()) : symbol.isSure || place !== undefined
    const isLast = isCut && i === lines.length - 1
    const name = symbol?.name ?? (place === undefined ? undefined : RustFrame.nameIn(line))
    if (!isInside || isLast || name === undefined) continue
    const isHalf = isCut && i + 2 === lines.length
    frames.push(RustFrame.make(name, symbol?.address, isHalf ? withoutEnd(place) : place))
    if (place !== undefined) i++
  }
  return frames
}

/** Of a place at the end of a cut text only what is certainly whole: the line, if a column follows. */
const withoutEnd = (place: RustFrame.Place | undefined): RustFrame.Place | undefined =>
  place?.colno === undefined ? undefined : { ...place, colno: undefined }

const chain = (
  { type, message }: Source,
  before: ReadonlyArray<string>,
  causes: ReadonlyArray<string>,
  frames: ReadonlyArray<StackFrame>,
): ReadonlyArray<ParsedException> => [
  { type: type ?? '', value: message ?? saidIn(before), frames: [...frames].reverse() },
  ...causes
    .slice(0, MAX_EXCEPTIONS - 1)
    .map((value, i) => ({ type: 'Error', value, frames: [], parent: i, relation: 'source' })),
]

const saidIn = (lines: ReadonlyArray<string>): string => {
  const end = lines.findIndex(
    (line) => BACKTRACE.test(line.trim()) || RustFrame.symbolIn(line)?.isSure === true,
  )
  return lines
    .slice(0, end < 0 ? lines.length : end)
    .join('\n')
    .trim()
}
