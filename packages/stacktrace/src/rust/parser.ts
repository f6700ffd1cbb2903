/**
 * The stack traces of Rust programs: the backtrace of a panic or of `anyhow` and `eyre`, with the chain of causes before it,
 * or only the messages of that chain.
 *
 * Source: the default panic hook, and the sources of the modules for frames and causes.
 */
import type { ParsedException } from '../ParsedException.ts'
import type { Parser, Source } from '../Parser.ts'
import type { StackFrame } from '../StackFrame.ts'
import * as Lines from '../text/Lines.ts'
import * as Message from '../text/Message.ts'
import * as RustCauses from './causes.ts'
import * as DebugFormat from './debugFormat.ts'
import * as RustFrame from './frame.ts'

// model

/** The parts of a text. */
interface RustTrace {
  /** The lines before the causes. */
  readonly before: ReadonlyArray<string>
  /** The messages of the causes. */
  readonly causes: ReadonlyArray<string>
  /** The frames, the call that threw first. */
  readonly frames: ReadonlyArray<StackFrame>
}

const MAX_EXCEPTIONS = 50

// decoding

const parse = (source: Source): ReadonlyArray<ParsedException> => {
  const messages = RustCauses.parseArray(source.stacktrace)
  if (messages !== undefined)
    return exceptionsOf(source, { before: [], causes: messages, frames: [] })
  const lines = Lines.split(source.stacktrace.slice(endOfMessage(source)))
  const from = RustCauses.headingAt(lines)
  const before = from < 0 ? lines : lines.slice(0, from)
  const { messages: causes, next } = RustCauses.parse(lines, from)
  const rest = [...before, ...lines.slice(next)].join('\n')
  const text = Message.condense(rest, source.message)
  const debugged = DebugFormat.parse(text)
  const frames =
    debugged.length > 0 ? debugged : backtrace(Lines.split(text), Lines.isCut(source.stacktrace))
  return exceptionsOf(source, { before, causes, frames })
}

/** The end of the known message, which may be behind `Error: ` or below the line with the location of a panic. */
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

/** The frames in the order of the text, the call that threw first. */
const backtrace = (lines: ReadonlyArray<string>, isCut: boolean): ReadonlyArray<StackFrame> => {
  const frames: Array<StackFrame> = []
  let isInside = false
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? ''
    const location = RustFrame.locationIn(lines[i + 1] ?? '')
    const symbol = RustFrame.symbolIn(line)
    if (symbol?.number === 0 && frames.length > 0) break
    isInside ||=
      symbol === undefined
        ? RustFrame.startsBacktrace(line)
        : symbol.isCertain || location !== undefined
    const isLast = isCut && i === lines.length - 1
    const name = symbol?.name ?? (location === undefined ? undefined : RustFrame.nameIn(line))
    if (!isInside || isLast || name === undefined) continue
    const isLocationCut = isCut && i + 2 === lines.length
    const complete = isLocationCut ? withoutEnd(location) : location
    frames.push(RustFrame.make(name, symbol?.address, complete))
    if (location !== undefined) i++
  }
  return frames
}

/** The certain part of a location at the end of a cut text: the line, if a column follows. */
const withoutEnd = (location: RustFrame.RustLocation | undefined) =>
  location?.colno === undefined ? undefined : { ...location, colno: undefined }

const exceptionsOf = (
  { type, message }: Source,
  { before, causes, frames }: RustTrace,
): ReadonlyArray<ParsedException> => [
  { type: type ?? '', value: message ?? messageIn(before), frames: [...frames].reverse() },
  ...causes
    .slice(0, MAX_EXCEPTIONS - 1)
    .map((value, i) => ({ type: 'Error', value, frames: [], parent: i, relation: 'source' })),
]

/** The text before the backtrace. */
const messageIn = (lines: ReadonlyArray<string>): string => {
  const end = lines.findIndex(
    (line) => RustFrame.startsBacktrace(line) || RustFrame.symbolIn(line)?.isCertain === true,
  )
  return lines
    .slice(0, end < 0 ? lines.length : end)
    .join('\n')
    .trim()
}

// instances

export const rust: Parser = /* @__PURE__ */ Object.freeze<Parser>({
  platform: 'native',
  languages: /* @__PURE__ */ Object.freeze(['rust']),
  recognises: (stacktrace) => {
    const lines = Lines.split(stacktrace)
    return lines.some(
      (line, i) =>
        RustFrame.startsBacktrace(line) ||
        (RustFrame.symbolIn(line)?.isCertain === true &&
          RustFrame.locationIn(lines[i + 1] ?? '') !== undefined),
    )
  },
  parse,
})
