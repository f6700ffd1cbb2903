/**
 * The frames of Elixir's `Exception.format_stacktrace`, and `Exception.format`, which puts `** (Type) message` above them.
 *
 * Frames are at the end of their exception, so a line that looks like a frame belongs to the message if the message
 * continues behind it. `** (EXIT) an exception was raised:` nests the exception that ended another process, 8 blanks deeper.
 */
import type { ParsedException } from '../ParsedException.ts'
import type { Parser, Source } from '../Parser.ts'
import type { StackFrame } from '../StackFrame.ts'
import * as Lines from '../text/Lines.ts'
import * as Message from '../text/Message.ts'
import * as ElixirFrame from './elixirFrame.ts'

// model

/** An exception whose lines are being read. */
interface ElixirException {
  readonly type: string
  readonly indent: number
  readonly parent: number
  /** Whether more lines of the message may follow; `false` where the message is known or is not in the text. */
  readonly isOpen: boolean
  readonly value: Array<string>
  /** The newest first. */
  frames: Array<StackFrame>
  /** The lines since the first frame: they belong to the message if it continues behind them. */
  readonly tail: Array<string>
}

const MAX_EXCEPTIONS = 50

/** The header is searched in this number of characters. */
const MAX_HEADER = 1024

// constructors

const make = (type: string, indent: number, parent: number, isOpen: boolean): ElixirException => ({
  type,
  indent,
  parent,
  isOpen,
  value: [],
  frames: [],
  tail: [],
})

// decoding

const parse = (source: Source): ReadonlyArray<ParsedException> => {
  const { stacktrace: text } = source
  const message = source.message || undefined
  const header = /^\s*\*\* \(([^()\n]{1,512})\)(?: |$)/m.exec(text.slice(0, MAX_HEADER))
  const start = header?.[0].length ?? 0
  const end = header === null || message === undefined ? -1 : Message.endOf(text, start, message)
  const isOpen = header !== null && end < 0
  const lines = Lines.split(Message.condense(text.slice(end < 0 ? start : end), message))
  const type = header?.[1] ?? source.type ?? ''
  const indent = Lines.indentOf(header?.[0] ?? '')
  const outermost = make(type.replace(/^(?:Elixir\.|:)/, ''), indent, -1, isOpen)
  if (isOpen) outermost.value.push(lines[0] ?? '')
  const rest = isOpen ? lines.slice(1) : lines
  const exceptions = readLines(outermost, rest, !/[\r\n]$/.test(text))
  return exceptions.map(({ type, parent, value, frames }, at) => ({
    type: type.startsWith('EXIT from ') ? 'EXIT' : type,
    value: at === 0 && message !== undefined ? message : value.join('\n'),
    frames: frames.reverse(),
    ...(at === 0 ? {} : { parent, relation: 'exit' }),
  }))
}

const readLines = (
  outermost: ElixirException,
  lines: ReadonlyArray<string>,
  isCut: boolean,
): ReadonlyArray<ElixirException> => {
  const exceptions = [outermost]
  for (const [at, line] of lines.entries()) {
    const indent = Lines.indentOf(line)
    const header = /^\*\* \((?!EXIT\))([^()]{1,512})\)(?: (.*))?$/.exec(line.trim())
    const owner = exceptions[ownerAt(exceptions, indent - 1)] ?? outermost
    if (header !== null) {
      // A second text behind the first is another error, not a part of this one.
      if (!endsInExit(owner) || exceptions.length >= MAX_EXCEPTIONS) return exceptions
      owner.value.pop()
      const nested = make(header[1] ?? '', indent, exceptions.indexOf(owner), true)
      nested.value.push(header[2] ?? '')
      exceptions.push(nested)
    } else readLine(owner, line, indent, isCut && at === lines.length - 1)
  }
  return exceptions
}

const readLine = (owner: ElixirException, line: string, indent: number, isCut: boolean): void => {
  const frame = ElixirFrame.parse(line.trim())
  if (frame !== undefined) owner.frames.push(frame)
  else if (!owner.isOpen || isCut) return
  else if (owner.frames.length === 0) {
    owner.value.push(line)
    return
  }
  owner.tail.push(line)
  if (frame !== undefined || line.trim() === '' || indent > owner.indent) return
  // The message continues behind the lines that looked like frames.
  for (const part of owner.tail.splice(0)) owner.value.push(part)
  owner.frames = []
}

/** The index of the exception that a line with more than this indentation belongs to; -1 where there is none. */
const ownerAt = (exceptions: ReadonlyArray<ElixirException>, indent: number): number => {
  let at = exceptions.length - 1
  while (at >= 0 && (exceptions[at]?.indent ?? 0) > indent) at = exceptions[at]?.parent ?? -1
  return at
}

const endsInExit = (exception: ElixirException): boolean =>
  exception.value.at(-1)?.trim().startsWith('** (EXIT) ') === true

// instances

export const elixir: Parser = /* @__PURE__ */ Object.freeze<Parser>({
  platform: 'elixir',
  languages: /* @__PURE__ */ Object.freeze(['erlang']),
  recognises: (stacktrace) =>
    Lines.split(stacktrace).some((line) => {
      const frame = ElixirFrame.parse(line.trim())
      return frame?.module !== undefined && /\.(?:exs?|erl)$/.test(frame.filename ?? '')
    }),
  parse,
})
