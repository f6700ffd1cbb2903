/**
 * The text below the header of a V8 stack: frames, and the nested errors that `util.inspect` prints.
 *
 * `[cause]: Type: message` is indented by 2 more than the error it belongs to, a member of `[errors]: [` by 4, the frames of
 * each by 4 more than its header. `{` behind a frame starts the properties: no frame of this error follows. Libraries that
 * join the stacks of a chain write `caused by: ` at the start of a line.
 */
import type { ParsedException } from '../ParsedException.ts'
import type { StackFrame } from '../StackFrame.ts'
import * as Header from '../text/Header.ts'
import * as Lines from '../text/Lines.ts'
import * as V8Frame from './v8Frame.ts'

// model

/** A line with a frame. */
interface InspectedCall {
  /** The line, which is compared with the lines of the cause to find omitted ones. */
  readonly text: string
  readonly frame: StackFrame
  /** Whether the properties of the error start behind it. */
  readonly isLast: boolean
}

/** Finds the frame of a line. */
export type CallIn = (line: string) => InspectedCall | undefined

/** An error whose lines are being read. */
interface InspectedError {
  readonly type: string
  value: string
  readonly parent: number
  readonly relation: string
  readonly indent: number
  /** `header` until the first frame, `closed` once the properties have started. */
  state: 'header' | 'frames' | 'closed'
  /** The newest first. */
  readonly calls: Array<InspectedCall>
  /** The lines that were omitted because the cause has them: their number, and the index of the call behind them. */
  omitted: { readonly count: number; readonly before: number } | undefined
}

interface Reader {
  readonly errors: Array<InspectedError>
  /** The index of the error that the next frame belongs to. */
  current: number
  /** The open `[errors]: [` lists, the innermost last. */
  readonly lists: Array<{ readonly indent: number; readonly owner: number; members: number }>
}

interface NestedHeader {
  readonly type: string
  readonly value: string
  /** Whether it is `[Error: message]`, which has no frames below it. */
  readonly isWhole: boolean
}

/** The relation of an error to another. */
interface Link {
  readonly parent: number
  readonly relation: string
}

const MAX_ERRORS = 50

// decoding

/** Finds frames, behind which `util.inspect` may have put ` {` or `,`, and completes each. */
export const callIn =
  (complete: (frame: StackFrame) => StackFrame): CallIn =>
  (line) => {
    const text = bare(line)
    const frame = V8Frame.parse(text)
    return frame && { text, frame: complete(frame), isLast: line.trimEnd().endsWith(' {') }
  }

/** The errors of a text without its first header: the first error has neither type nor value. */
export const read = (body: string, toCall: CallIn): ReadonlyArray<ParsedException> => {
  const reader: Reader = { errors: [], current: -1, lists: [] }
  open(reader, { type: '', value: '', isWhole: false }, { parent: -1, relation: '' }, 0)
  for (const line of Lines.split(body)) readLine(reader, line, toCall)
  return finish(reader.errors)
}

const readLine = (reader: Reader, line: string, toCall: CallIn): void => {
  const { errors, lists } = reader
  const error = errors[reader.current]
  if (error === undefined) return
  const call = error.state === 'closed' ? undefined : toCall(line)
  if (call !== undefined) {
    error.calls.push(call)
    error.state = call.isLast ? 'closed' : 'frames'
    return
  }
  const text = bare(line)
  if (text === '') return
  const indent = Lines.indentOf(line)
  while (lists.length > 0 && indent <= (lists.at(-1)?.indent ?? 0)) lists.pop()
  const list = lists.at(-1)
  const cause = /^(\[cause\]|[Cc]aused by): /.exec(text)
  const header = cause === null ? undefined : headerOf(text.slice(cause[0].length))
  if (cause !== null && header !== undefined) {
    const parent = cause[1] === '[cause]' ? ownerAt(reader, indent) : reader.current
    open(reader, header, { parent, relation: 'cause' }, indent)
  } else if (text === '[errors]: [') {
    lists.push({ indent, owner: ownerAt(reader, indent), members: 0 })
    error.state = 'closed'
  } else if (/^[\]}]/.test(text)) {
    error.state = 'closed'
  } else if (list !== undefined && indent === list.indent + 2 && error.state !== 'header') {
    const member = headerOf(text)
    const link = { parent: list.owner, relation: `errors[${list.members}]` }
    if (member !== undefined) open(reader, member, link, indent)
    list.members++
  } else if (error.state === 'header' && reader.current > 0) {
    error.value += `\n${line.slice(Math.min(indent, error.indent))}`
  } else {
    const omitted = /^\.\.\. (\d{1,9}) lines matching cause stack trace \.\.\.$/.exec(text)
    if (omitted !== null)
      error.omitted ??= { count: Number(omitted[1]), before: error.calls.length }
  }
}

const open = (
  reader: Reader,
  { type, value, isWhole }: NestedHeader,
  { parent, relation }: Link,
  indent: number,
): void => {
  if (reader.errors.length >= MAX_ERRORS) return
  const error: InspectedError = {
    type,
    value,
    parent,
    relation,
    indent,
    state: isWhole ? 'closed' : 'header',
    calls: [],
    omitted: undefined,
  }
  reader.current = reader.errors.push(error) - 1
}

/** The index of the error to whose properties a line with this indentation belongs. */
const ownerAt = ({ errors, current }: Reader, indent: number): number => {
  let at = current
  while (at > 0 && (errors[at]?.indent ?? 0) >= indent) at = errors[at]?.parent ?? 0
  return at
}

const headerOf = (text: string): NestedHeader | undefined => {
  const isWhole = text.startsWith('[')
  const header = isWhole ? text.slice(1, text.endsWith(']') ? -1 : undefined) : text
  const colon = header.indexOf(': ')
  const type = colon < 0 ? header : header.slice(0, colon)
  if (!/^[A-Za-z_$]/.test(type) || !Header.isType(type)) return undefined
  return { type, value: colon < 0 ? '' : header.slice(colon + 2), isWhole }
}

const bare = (line: string): string => line.trim().replace(/(?: \{|,)$/, '')

/** Goes from the last error to the first: a cause follows the error it belongs to, and must be complete before it. */
const finish = (errors: ReadonlyArray<InspectedError>): ReadonlyArray<ParsedException> => {
  const calls: Array<ReadonlyArray<InspectedCall>> = errors.map((error) => error.calls)
  for (let at = errors.length - 1; at >= 0; at--) {
    const cause = errors.findIndex((error) => error.parent === at && error.relation === 'cause')
    const error = errors[at]
    if (error !== undefined && cause >= 0) calls[at] = withOmitted(error, calls[cause] ?? [])
  }
  return errors.map(({ type, value, parent, relation }, at) => ({
    type,
    value,
    frames: (calls[at] ?? []).map((call) => call.frame).reverse(),
    ...(parent < 0 ? {} : { parent, relation }),
  }))
}

/** The calls with the omitted ones, which the cause has between the same two lines. */
const withOmitted = (
  { calls, omitted }: InspectedError,
  cause: ReadonlyArray<InspectedCall>,
): ReadonlyArray<InspectedCall> => {
  if (omitted === undefined) return calls
  const above = calls[omitted.before - 1]?.text
  const below = calls[omitted.before]?.text
  const start = cause.findIndex(
    (call, at) => call.text === above && cause[at + omitted.count + 1]?.text === below,
  )
  if (start < 0 || below === undefined) return calls
  const missing = cause.slice(start + 1, start + 1 + omitted.count)
  return [...calls.slice(0, omitted.before), ...missing, ...calls.slice(omitted.before)]
}
