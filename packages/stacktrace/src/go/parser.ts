/**
 * Stack traces of Go: a goroutine's stack, perhaps behind a panic, or the chain that `%+v` of `pkg/errors`
 * prints.
 *
 * A goroutine has one exception, the throwing frame first; a chain has the innermost error first, each with
 * its messages before its stack. Source: `runtime.Stack`, which OpenTelemetry cuts at 2048 bytes, and
 * `github.com/pkg/errors`.
 */
import type { ParsedException } from '../ParsedException.ts'
import type { Parser, Source } from '../Parser.ts'
import type { StackFrame } from '../StackFrame.ts'
import * as Lines from '../text/Lines.ts'
import * as Message from '../text/Message.ts'
import * as GoFrame from './frame.ts'

// instances

export const go: Parser = {
  platform: 'go',
  languages: ['go'],
  recognises: (stacktrace) => {
    const lines = Lines.split(stacktrace)
    return lines.some((line, i) => GOROUTINE.test(line.trim()) || frameAt(lines, i) !== undefined)
  },
  parse: (source) => {
    const lines = Lines.split(source.stacktrace.slice(endOfPanic(source)))
    const quoted = quotedLines(source.message ?? '', lines)
    const start = lines.findIndex((line, i) => i >= quoted && GOROUTINE.test(line.trim()))
    const isCut = Lines.isCut(source.stacktrace)
    return start < 0
      ? chain(source, lines, quoted)
      : [only(source, lines.slice(0, start), goroutine(lines.slice(start + 1), isCut))]
  },
}

/** An error of a chain: what was said before its stack, and the stack, the throwing frame first. */
interface Group {
  readonly messages: Array<string>
  readonly frames: Array<StackFrame>
}

const MAX_EXCEPTIONS = 50

/** So many lines of a message are looked for at the start of a chain. */
const MAX_QUOTED = 32

const GOROUTINE = /^goroutine \d{1,19} (?:[^[\]]{0,200} )?\[[^\]]{0,200}\]:$/

const PANIC = /^\s*(?:panic|fatal error): /

/**
 * A panic prints its message first, whose lines may look like a goroutine; one that was raised while another
 * was handled stands behind that, indented.
 */
const endOfPanic = ({ message, stacktrace }: Source): number => {
  if (!message || !PANIC.test(stacktrace.slice(0, 64))) return 0
  let start = stacktrace.indexOf(': ')
  for (let tried = 0; start >= 0 && tried < MAX_PANICS; tried++) {
    const end = Message.endOf(stacktrace, start + 2, message)
    if (end >= 0) return end
    const next = stacktrace.indexOf('panic: ', start)
    start = next < 0 ? -1 : next + 5
  }
  return 0
}

const MAX_PANICS = 16

const goroutine = (lines: ReadonlyArray<string>, isCut: boolean): ReadonlyArray<StackFrame> => {
  const frames: Array<StackFrame> = []
  let hasOffsets = false
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? ''
    if (GOROUTINE.test(line.trim())) break
    if (line.trimStart().startsWith('created by ')) {
      i++
      continue
    }
    const isLast = isCut && i === lines.length - 1
    const called = GoFrame.calledIn(line, isLast)
    if (called === undefined) continue
    const place = GoFrame.placeIn(lines[i + 1] ?? '')
    // Behind the last line the text may go on: a line number without the offset that the others have may be half.
    const isHalf =
      isCut && i + 2 === lines.length && (place === undefined || (hasOffsets && !place.isWhole))
    if (isLast || isHalf) frames.push(GoFrame.make(called, undefined))
    else if (place !== undefined) frames.push(GoFrame.make(called, place))
    hasOffsets ||= place?.isWhole === true
    if (place !== undefined || isHalf) i++
  }
  return frames
}

const only = (
  { type, message }: Source,
  before: ReadonlyArray<string>,
  frames: ReadonlyArray<StackFrame>,
): ParsedException => {
  const said = before.join('\n').trim()
  const panic = PANIC.exec(said)
  return {
    type: type ?? (panic === null ? '' : 'panic'),
    value: message ?? said.slice(panic?.[0].length ?? 0),
    frames: [...frames].reverse(),
  }
}

const frameAt = (lines: ReadonlyArray<string>, at: number): StackFrame | undefined => {
  const place = GoFrame.placeIn(lines[at + 1] ?? '')
  if (place === undefined) return undefined
  const line = lines[at] ?? ''
  const name = GoFrame.namedIn(line) ?? GoFrame.calledIn(line, false)
  return name === undefined ? undefined : GoFrame.make(name, place)
}

const chain = (
  source: Source,
  lines: ReadonlyArray<string>,
  quoted: number,
): ReadonlyArray<ParsedException> => {
  let group: Group = { messages: lines.slice(0, quoted), frames: [] }
  const groups = [group]
  for (let i = quoted; i < lines.length; i++) {
    const frame = frameAt(lines, i)
    if (frame !== undefined) {
      group.frames.push(frame)
      i++
      continue
    }
    if (group.frames.length > 0) {
      if (groups.length === MAX_EXCEPTIONS) break
      group = { messages: [], frames: [] }
      groups.push(group)
    }
    group.messages.push(lines[i] ?? '')
  }
  if (groups.length > 1 && group.frames.length === 0 && !isOutermost(group, source)) groups.pop()
  return groups.reverse().map((each, i) => {
    const said = each.messages.join('\n').trim()
    const frames = each.frames.reverse()
    return i === 0
      ? { type: source.type ?? '', value: source.message ?? said, frames }
      : { type: 'error', value: said, frames, parent: i - 1, relation: 'cause' }
  })
}

/**
 * How many lines at the start the message ends with: the innermost error stands last in the message of the
 * outermost and first in the text, and its lines may look like frames.
 */
const quotedLines = (message: string, lines: ReadonlyArray<string>): number => {
  const said = Lines.split(message.trim()).slice(-MAX_QUOTED)
  for (let count = Math.min(said.length, lines.length); count > 0; count--) {
    const tail = said.slice(said.length - count)
    const isSame = tail.every((line, i) => {
      const quoted = (lines[i] ?? '').trim()
      return i === 0 ? quoted !== '' && line.trim().endsWith(quoted) : line.trim() === quoted
    })
    if (isSame) return count
  }
  return 0
}

/**
 * A message behind the last stack is an error without a stack (`WithMessage`) if the whole message starts with
 * it.
 */
const isOutermost = ({ messages }: Group, { message }: Source): boolean => {
  const said = messages.join('\n').trim()
  const last = said.slice(said.lastIndexOf('\n') + 1)
  return last !== '' && message?.startsWith(last) === true
}
