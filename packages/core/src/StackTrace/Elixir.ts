/**
 * Elixir's `Exception.format_stacktrace`, frames only, and `Exception.format`, which puts `** (Type) message` above.
 *
 * Frames stand at the end of what they belong to, so a line that looks like one is part of the message if the message
 * goes on behind it. `** (EXIT) an exception was raised:` nests what ended another process, 8 blanks deeper.
 */
import type { ParsedException } from '../ParsedException.ts'
import type { StackFrame } from '../StackFrame.ts'
import * as ElixirLine from './ElixirLine.ts'
import * as Header from './Header.ts'
import * as Lines from './Lines.ts'
import type { Parser, Source } from './Parser.ts'

// constructors

export const parser: Parser = {
  platform: 'elixir',
  languages: ['erlang'],
  recognises: (stacktrace) =>
    Lines.split(stacktrace).some((line) => {
      const frame = ElixirLine.parse(line.trim())
      return frame?.module !== undefined && /\.(?:exs?|erl)$/.test(frame.filename ?? '')
    }),
  parse: (source) => parse(source),
}

const MAX_EXCEPTIONS = 50

/** One exception while its lines are read. */
interface Draft {
  readonly type: string
  readonly indent: number
  readonly parent: number
  readonly value: Array<string>
  /** The newest first, each with its line: what turns out to be of the message goes back to it. */
  frames: Array<{ readonly line: string; readonly frame: StackFrame }>
}

const parse = (source: Source): ReadonlyArray<ParsedException> => {
  const known = (source.type ?? '').replace(/^(?:Elixir\.|:)/, '')
  const message = source.message || undefined
  const head = /^\s*\*\* \([^()\n]{1,512}\) /.exec(source.stacktrace)?.[0].length ?? 0
  const end = message === undefined ? -1 : Header.endOfMessage(source.stacktrace, head, message)
  const isCertain = end >= 0 && head > 0
  const text = isCertain
    ? source.stacktrace.slice(0, head) + source.stacktrace.slice(end)
    : source.stacktrace
  const drafts = read(Header.condense(text, message), known)
  return drafts.map(({ type, parent, value, frames }, at) => ({
    type,
    value:
      at === 0 && (message !== undefined || value.length === 0) ? (message ?? '') : joined(value),
    frames: frames.map(({ frame }) => frame).reverse(),
    ...(at === 0 ? {} : { parent, relation: 'exit' }),
  }))
}

const joined = (lines: ReadonlyArray<string>): string => lines.join('\n').trimEnd()

const read = (text: string, type: string): ReadonlyArray<Draft> => {
  const drafts: Array<Draft> = []
  const lines = Lines.split(text)
  const isCut = !/[\r\n]$/.test(text)
  for (const [at, line] of lines.entries()) {
    const indent = Lines.indentOf(line)
    const header = /^\*\* \((?!EXIT\))([^()]{1,512})\)(?: (.*))?$/.exec(line.trim())
    if (header !== null) {
      const now = drafts.at(-1)
      const parent = header === null ? -1 : enclosing(drafts, indent - 4)
      // A second text behind the first is another error, not a part of this one.
      if (now !== undefined && (parent < 0 || !isExit(drafts[parent]))) break
      if (drafts.length >= MAX_EXCEPTIONS) break
      drafts[parent]?.value.pop()
      const named = header[1]?.replace(/^EXIT from .*$/, 'EXIT') ?? ''
      drafts.push({ type: named, indent, parent, value: [header[2] ?? ''], frames: [] })
      continue
    }
    if (drafts.length === 0) drafts.push({ type, indent: 0, parent: -1, value: [], frames: [] })
    const isHalf = isCut && at === lines.length - 1
    readLine(drafts, line, indent, isHalf)
  }
  return drafts.length > 0 ? drafts : [{ type, indent: 0, parent: -1, value: [], frames: [] }]
}

const readLine = (drafts: Array<Draft>, line: string, indent: number, isHalf: boolean): void => {
  const owner = drafts[Math.max(0, enclosing(drafts, indent - 1))]
  const frame = ElixirLine.parse(line.trim())
  if (owner === undefined) return
  if (frame !== undefined) owner.frames.push({ line, frame })
  else if (owner.value.length === 0 || line.trim() === '' || isHalf) return
  else if (owner.frames.length === 0) owner.value.push(line)
  else if (indent <= owner.indent) {
    owner.value.push(...owner.frames.map((call) => call.line), line)
    owner.frames = []
  }
}

/** The exception that a line with more than this indentation belongs to; -1 where there is none. */
const enclosing = (drafts: ReadonlyArray<Draft>, indent: number): number => {
  let at = drafts.length - 1
  while (at >= 0 && (drafts[at]?.indent ?? 0) > indent) at = drafts[at]?.parent ?? -1
  return at
}

const isExit = (draft: Draft | undefined): boolean =>
  draft?.value.at(-1)?.trim().startsWith('** (EXIT) ') === true
