/**
 * Elixir's `Exception.format_stacktrace`, frames only, and `Exception.format`, which puts `** (Type) message` above.
 *
 * Frames stand at the end of what they belong to, so a line that looks like one is part of the message if the message
 * goes on behind it. `** (EXIT) an exception was raised:` nests what ended another process, 8 blanks deeper.
 */
import type { ParsedException } from '../ParsedException.ts'
import type { Parser, Source } from '../Parser.ts'
import type { StackFrame } from '../StackFrame.ts'
import * as Lines from '../text/Lines.ts'
import * as Message from '../text/Message.ts'
import * as ElixirLine from './elixirFrame.ts'

// model

/** One exception while its lines are read. */
interface Draft {
  readonly type: string
  readonly indent: number
  readonly parent: number
  /** Whether more lines of the message may follow; not where it is known, or stands nowhere in the text. */
  readonly isOpen: boolean
  readonly value: Array<string>
  /** The newest first. */
  frames: Array<StackFrame>
  /** The lines since the first frame: where the message goes on behind them, they are part of it. */
  readonly tail: Array<string>
}

// constructors

export const elixir: Parser = {
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

const parse = (source: Source): ReadonlyArray<ParsedException> => {
  const { stacktrace: text } = source
  const message = source.message || undefined
  const header = /^\s*\*\* \(([^()\n]{1,512})\)(?: |$)/m.exec(text.slice(0, MAX_HEADER))
  const head = header?.[0].length ?? 0
  const end = header === null || message === undefined ? -1 : Message.endOf(text, head, message)
  const isOpen = header !== null && end < 0
  const lines = Lines.split(Message.condense(text.slice(end < 0 ? head : end), message))
  const type = header?.[1] ?? source.type ?? ''
  const indent = Lines.indentOf(header?.[0] ?? '')
  const thrown = draft(type.replace(/^(?:Elixir\.|:)/, ''), indent, -1, isOpen)
  if (isOpen) thrown.value.push(lines[0] ?? '')
  const drafts = readLines(thrown, isOpen ? lines.slice(1) : lines, !/[\r\n]$/.test(text))
  return drafts.map(({ type, parent, value, frames }, at) => ({
    type: type.startsWith('EXIT from ') ? 'EXIT' : type,
    value: at === 0 && message !== undefined ? message : value.join('\n'),
    frames: frames.reverse(),
    ...(at === 0 ? {} : { parent, relation: 'exit' }),
  }))
}

const MAX_HEADER = 1024

const draft = (type: string, indent: number, parent: number, isOpen: boolean): Draft => ({
  type,
  indent,
  parent,
  isOpen,
  value: [],
  frames: [],
  tail: [],
})

const readLines = (
  thrown: Draft,
  lines: ReadonlyArray<string>,
  isCut: boolean,
): ReadonlyArray<Draft> => {
  const drafts = [thrown]
  for (const [at, line] of lines.entries()) {
    const indent = Lines.indentOf(line)
    const header = /^\*\* \((?!EXIT\))([^()]{1,512})\)(?: (.*))?$/.exec(line.trim())
    const owner = drafts[enclosing(drafts, indent - 1)] ?? thrown
    if (header !== null) {
      // A second text behind the first is another error, not a part of this one.
      if (!endsInExit(owner) || drafts.length >= MAX_EXCEPTIONS) return drafts
      owner.value.pop()
      const nested = draft(header[1] ?? '', indent, drafts.indexOf(owner), true)
      nested.value.push(header[2] ?? '')
      drafts.push(nested)
    } else readLine(owner, line, indent, isCut && at === lines.length - 1)
  }
  return drafts
}

const readLine = (owner: Draft, line: string, indent: number, isHalf: boolean): void => {
  const frame = ElixirLine.parse(line.trim())
  if (frame !== undefined) owner.frames.push(frame)
  else if (!owner.isOpen || isHalf) return
  else if (owner.frames.length === 0) {
    owner.value.push(line)
    return
  }
  owner.tail.push(line)
  if (frame !== undefined || line.trim() === '' || indent > owner.indent) return
  for (const part of owner.tail.splice(0)) owner.value.push(part)
  owner.frames = []
}

/** The exception that a line with more than this indentation belongs to; -1 where there is none. */
const enclosing = (drafts: ReadonlyArray<Draft>, indent: number): number => {
  let at = drafts.length - 1
  while (at >= 0 && (drafts[at]?.indent ?? 0) > indent) at = drafts[at]?.parent ?? -1
  return at
}

const endsInExit = (draft: Draft): boolean =>
  draft.value.at(-1)?.trim().startsWith('** (EXIT) ') === true
