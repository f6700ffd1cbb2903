/**
 * Ruby's `full_message`: `file:line:in 'label': message (Class)`, then `from` lines, the newest call first, then the
 * causes in the same form.
 *
 * The class stands behind the first line of the message. A cause starts at the first column, with a place and a class,
 * which is all that tells it from a line of a message. Ruby up to 3.1 loses what is not ASCII.
 */
import type { ParsedException } from '../ParsedException.ts'
import type { Parser, Source } from '../Parser.ts'
import type { StackFrame } from '../StackFrame.ts'
import * as Lines from '../text/Lines.ts'
import * as Message from '../text/Message.ts'
import * as RubyPlace from './frame.ts'

// model

/** One exception while its lines are read, its frames newest first. */
interface Draft {
  readonly type: string
  value: string
  readonly frames: Array<StackFrame>
}

interface RubyHeader {
  readonly frame: StackFrame
  readonly type: string
  readonly value: string
}

// constructors

export const ruby: Parser = {
  platform: 'ruby',
  languages: ['ruby'],
  recognises: (stacktrace) =>
    Lines.split(stacktrace).some((line) => headerOf(line, true) !== undefined),
  parse: (source) => parse(source),
}

const MAX_EXCEPTIONS = 50

const parse = (source: Source): ReadonlyArray<ParsedException> => {
  const text = Lines.dedent(source.stacktrace)
  const above: Array<StackFrame> = []
  const drafts: Array<Draft> = []
  let at = 0
  while (at < text.length && drafts.length <= MAX_EXCEPTIONS) {
    const end = Lines.endOf(text, at)
    const line = text.slice(at, end)
    const known = knownHeader(text, at, source, drafts.length > 0)
    const now = drafts.at(-1)
    const caller = callerOf(line)
    at = Lines.next(text, known === undefined ? end : Lines.endOf(text, known.end))
    if (known !== undefined || caller === undefined) {
      const header = known ?? headerOf(line, now !== undefined)
      if (header !== undefined) {
        const frames = [header.frame, ...(now === undefined ? above.reverse() : [])]
        drafts.push({ type: header.type, value: header.value, frames })
      } else if (now?.frames.length === 1) now.value += `\n${line}`
    } else if (now === undefined) above.push(caller)
    else now.frames.push(caller)
  }
  if (drafts.length === 0) {
    const frames = above.length > 0 ? above : Lines.split(text).flatMap(placeAlone)
    return [{ type: source.type ?? '', value: source.message ?? '', frames: frames.reverse() }]
  }
  return drafts.slice(0, MAX_EXCEPTIONS).map(({ type, value, frames }, place) => ({
    type,
    value: place === 0 ? (source.message ?? value) : value,
    frames: frames.reverse(),
    ...(place === 0 ? {} : { parent: place - 1, relation: 'cause' }),
  }))
}

/** `from place`; with `order: :bottom` the callers are numbered and stand before the header, the oldest first. */
const callerOf = (line: string): StackFrame | undefined => {
  const from = /^[ \t]*(?:\d{1,9}: )?from (?=\S)/.exec(line)
  return from === null ? undefined : RubyPlace.parse(line.slice(from[0].length).trimEnd())
}

/** Of `backtrace.join`, which has neither a header nor a `from`. */
const placeAlone = (line: string): Array<StackFrame> => {
  const frame = RubyPlace.parse(line.trim())
  return frame?.function === undefined ? [] : [frame]
}

/** The header that the attributes tell, with all the lines of its message. */
const knownHeader = (
  text: string,
  start: number,
  { type, message }: Source,
  isCause: boolean,
): (RubyHeader & { readonly end: number }) | undefined => {
  const lineEnd = Lines.endOf(text, start)
  const place = RubyPlace.parseHead(text.slice(start, lineEnd))
  if (place === undefined || message === undefined || message === '') return undefined
  const firstEnd = Lines.endOf(message, 0)
  const first = message.slice(0, firstEnd)
  const firstStart = start + place.length
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
  const header = { frame: place.frame, type: written ?? type ?? '', value: message }
  return { ...header, end: Math.max(restEnd, lineEnd) }
}

/** Any header: its class is in brackets, or all there is where the message was empty. */
const headerOf = (line: string, isCause: boolean): RubyHeader | undefined => {
  const place = RubyPlace.parseHead(line)
  if (place === undefined || (isCause && place.frame.function === undefined)) return undefined
  const { frame } = place
  const rest = line.slice(place.length).trimEnd()
  if (rest === 'unhandled exception') return { frame, type: 'RuntimeError', value: '' }
  const open = rest.lastIndexOf(' (')
  const type = open >= 0 && rest.endsWith(')') ? rest.slice(open + 2, -1) : ''
  if (IS_CLASS.test(type)) return { frame, type, value: rest.slice(0, open) }
  return IS_CLASS.test(rest) ? { frame, type: rest, value: '' } : undefined
}

const IS_CLASS = /^(?:[A-Z][\w:]{0,511}|#<Class:0x[0-9a-f]{1,16}>[\w:]{0,511})$/
