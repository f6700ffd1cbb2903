/**
 * The chain that `%+v` of `github.com/pkg/errors` prints: the innermost error first, each with its messages before its
 * stack.
 */
import type { ParsedException } from '../ParsedException.ts'
import type { Source } from '../Parser.ts'
import type { StackFrame } from '../StackFrame.ts'
import * as Lines from '../text/Lines.ts'
import * as GoFrame from './frame.ts'

// model

/** One error of a chain. */
interface GoError {
  /** The lines before the stack. */
  readonly messages: Array<string>
  /** The call that threw first. */
  readonly frames: Array<StackFrame>
}

const MAX_EXCEPTIONS = 50

/** The number of lines of the message that are searched at the start of the chain. */
const MAX_QUOTED = 32

// decoding

/** The exceptions of a chain, the outermost first. The first `quoted` lines belong to the message of the innermost error. */
export const parse = (
  source: Source,
  lines: ReadonlyArray<string>,
  quoted: number,
): ReadonlyArray<ParsedException> => {
  const errors = readErrors(lines, quoted)
  const last = errors.at(-1)
  if (errors.length > 1 && last?.frames.length === 0 && !isOutermost(last, source)) errors.pop()
  return errors.reverse().map((error, i) => {
    const value = error.messages.join('\n').trim()
    const frames = error.frames.reverse()
    return i === 0
      ? { type: source.type ?? '', value: source.message ?? value, frames }
      : { type: 'error', value, frames, parent: i - 1, relation: 'cause' }
  })
}

const readErrors = (lines: ReadonlyArray<string>, quoted: number): Array<GoError> => {
  let error: GoError = { messages: lines.slice(0, quoted), frames: [] }
  const errors = [error]
  for (let i = quoted; i < lines.length; i++) {
    const frame = frameAt(lines, i)
    if (frame !== undefined) {
      error.frames.push(frame)
      i++
      continue
    }
    if (error.frames.length > 0) {
      if (errors.length === MAX_EXCEPTIONS) break
      error = { messages: [], frames: [] }
      errors.push(error)
    }
    error.messages.push(lines[i] ?? '')
  }
  return errors
}

/** The frame whose two lines start at an index. */
export const frameAt = (lines: ReadonlyArray<string>, at: number): StackFrame | undefined => {
  const location = GoFrame.locationIn(lines[at + 1] ?? '')
  if (location === undefined) return undefined
  const line = lines[at] ?? ''
  const name = GoFrame.nameIn(line) ?? GoFrame.calleeIn(line, false)
  return name === undefined ? undefined : GoFrame.make(name, location)
}

/**
 * The number of lines at the start of the text that are also the end of the message. The innermost error is last in the
 * message of the outermost one and first in the text, and its lines may look like frames.
 */
export const quotedLines = (message: string, lines: ReadonlyArray<string>): number => {
  const known = Lines.split(message.trim()).slice(-MAX_QUOTED)
  for (let count = Math.min(known.length, lines.length); count > 0; count--) {
    const tail = known.slice(known.length - count)
    const isSame = tail.every((line, i) => {
      const quoted = (lines[i] ?? '').trim()
      return i === 0 ? quoted !== '' && line.trim().endsWith(quoted) : line.trim() === quoted
    })
    if (isSame) return count
  }
  return 0
}

/** Whether an error without a stack is the outermost one (`WithMessage`): then the whole message starts with its own. */
const isOutermost = ({ messages }: GoError, { message }: Source): boolean => {
  const own = messages.join('\n').trim()
  const last = own.slice(own.lastIndexOf('\n') + 1)
  return last !== '' && message?.startsWith(last) === true
}
