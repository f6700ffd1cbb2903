/**
 * Ruby's `full_message`: `file:line:in 'label': message (Class)`, then `from` lines, the newest call first, then the causes
 * in the same form.
 *
 * The class is behind the first line of the message. A cause starts at the first column with a location and a class; only
 * these distinguish it from a line of a message. Ruby up to 3.1 loses characters that are not ASCII.
 */
import type { ParsedException } from '../ParsedException.ts'
import type { Parser, Source } from '../Parser.ts'
import type { StackFrame } from '../StackFrame.ts'
import * as Lines from '../text/Lines.ts'
import * as Message from '../text/Message.ts'
import * as RubyFrame from './frame.ts'

// model

/** An exception whose lines are being read, its frames newest first. */
interface RubyException {
  readonly type: string
  value: string
  readonly frames: Array<StackFrame>
}

interface RubyHeader {
  readonly frame: StackFrame
  readonly type: string
  readonly value: string
}

/** A header whose message is known from the attributes. */
interface KnownHeader extends RubyHeader {
  readonly end: number
}

const MAX_EXCEPTIONS = 50

const IS_CLASS = /^(?:[A-Z][\w:]{0,511}|#<Class:0x[0-9a-f]{1,16}>[\w:]{0,511})$/

// decoding

const parse = (source: Source): ReadonlyArray<ParsedException> => {
  const text = Lines.dedent(source.stacktrace)
  const above: Array<StackFrame> = []
  const exceptions: Array<RubyException> = []
  let at = 0
  while (at < text.length && exceptions.length <= MAX_EXCEPTIONS) {
    const end = Lines.endOf(text, at)
    const line = text.slice(at, end)
    const known = knownHeader(text, at, source, exceptions.length > 0)
    const current = exceptions.at(-1)
    const caller = callerOf(line)
    at = Lines.next(text, known === undefined ? end : Lines.endOf(text, known.end))
    if (known !== undefined || caller === undefined) {
      const header = known ?? headerOf(line, current !== undefined)
      if (header !== undefined) {
        const frames = [header.frame, ...(current === undefined ? above.reverse() : [])]
        exceptions.push({ type: header.type, value: header.value, frames })
      } else if (current?.frames.length === 1) current.value += `\n${line}`
    } else if (current === undefined) above.push(caller)
    else current.frames.push(caller)
  }
  if (exceptions.length === 0) {
    const frames = above.length > 0 ? above : Lines.split(text).flatMap(bareFrame)
    return [{ type: source.type ?? '', value: source.message ?? '', frames: frames.reverse() }]
  }
  return exceptions.slice(0, MAX_EXCEPTIONS).map(({ type, value, frames }, index) => ({
    type,
    value: index === 0 ? (source.message ?? value) : value,
    frames: frames.reverse(),
    ...(index === 0 ? {} : { parent: index - 1, relation: 'cause' }),
  }))
}

/**
 * The frame of `from location`. With `order: :bottom` the callers have numbers and precede the header, the oldest first.
 */
const callerOf = (line: string): StackFrame | undefined => {
  const from = /^[ \t]*(?:\d{1,9}: )?from (?=\S)/.exec(line)
  return from === null ? undefined : RubyFrame.parse(line.slice(from[0].length).trimEnd())
}

/** The frame of a line of `backtrace.join`, which has neither a header nor `from`. */
const bareFrame = (line: string): Array<StackFrame> => {
  const frame = RubyFrame.parse(line.trim())
  return frame?.function === undefined ? [] : [frame]
}

/** The header that has the message of the attributes, with all lines of the message. */
const knownHeader = (
  text: string,
  start: number,
  { type, message }: Source,
  isCause: boolean,
): KnownHeader | undefined => {
  const lineEnd = Lines.endOf(text, start)
  const head = RubyFrame.parseHead(text.slice(start, lineEnd))
  if (head === undefined || message === undefined || message === '') return undefined
  const firstEnd = Lines.endOf(message, 0)
  const first = message.slice(0, firstEnd)
  const firstStart = start + head.length
  const end = Message.endOf(text, firstStart, first)
  if (end < 0 || end > lineEnd) return undefined
  const written = /^ \(([^()\s]{1,512})\)[ \t]*$/.exec(text.slice(end, lineEnd))?.[1]
  if (isCause ? !IS_CLASS.test(written ?? '') : !written && !Lines.endsAt(text, end))
    return undefined
  const rest = message.slice(Lines.next(message, firstEnd))
  const restStart = Lines.next(text, lineEnd)
  const restEnd = rest === '' ? lineEnd : Message.endOf(text, restStart, rest)
  // A cause whose message only starts like the known one is not another copy of it.
  if (isCause && rest !== '' && restEnd <= restStart) return undefined
  const header = { frame: head.frame, type: written ?? type ?? '', value: message }
  return { ...header, end: Math.max(restEnd, lineEnd) }
}

/** Any header: its class is in brackets, or is all that follows the location where the message is empty. */
const headerOf = (line: string, isCause: boolean): RubyHeader | undefined => {
  const head = RubyFrame.parseHead(line)
  if (head === undefined || (isCause && head.frame.function === undefined)) return undefined
  const { frame } = head
  const rest = line.slice(head.length).trimEnd()
  if (rest === 'unhandled exception') return { frame, type: 'RuntimeError', value: '' }
  const open = rest.lastIndexOf(' (')
  const type = open >= 0 && rest.endsWith(')') ? rest.slice(open + 2, -1) : ''
  if (IS_CLASS.test(type)) return { frame, type, value: rest.slice(0, open) }
  return IS_CLASS.test(rest) ? { frame, type: rest, value: '' } : undefined
}

// instances

export const ruby: Parser = /* @__PURE__ */ Object.freeze<Parser>({
  platform: 'ruby',
  languages: /* @__PURE__ */ Object.freeze(['ruby']),
  recognises: (stacktrace) =>
    Lines.split(stacktrace).some((line) => headerOf(line, true) !== undefined),
  parse,
})
