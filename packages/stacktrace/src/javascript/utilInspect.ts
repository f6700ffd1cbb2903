/**
 * What stands below the header of a V8 stack: frames, and the nested errors that `util.inspect` shows.
 *
 * `[cause]: Type: message` is indented by 2 more than the error it belongs to, a member of `[errors]: [` by 4, the
 * frames of each by 4 more than its header. A `{` behind a frame opens the properties: no frame of this error
 * follows it. `caused by: ` at the start of a line is how libraries join the stacks of a chain.
 */
import type { ParsedException } from '../ParsedException.ts'
import type { StackFrame } from '../StackFrame.ts'
import * as Header from '../text/Header.ts'
import * as Lines from '../text/Lines.ts'
import * as V8Line from './v8Frame.ts'

// model

interface Call {
  /** The line, by which lines left out are found in the cause. */
  readonly text: string
  readonly frame: StackFrame
}

/** One error while its lines are read. */
interface Draft {
  readonly type: string
  value: string
  readonly parent: number
  readonly relation: string
  readonly indent: number
  /** `header` until its first frame, `closed` once its properties have begun. */
  state: 'header' | 'frames' | 'closed'
  /** The newest first. */
  readonly calls: Array<Call>
  /** The lines left out since the cause has them: how many, and before which call. */
  leftOut: { readonly count: number; readonly before: number } | undefined
}

interface Reader {
  readonly drafts: Array<Draft>
  current: number
  /** The `[errors]: [` lists that are open, the innermost last. */
  readonly lists: Array<{ readonly indent: number; readonly owner: number; members: number }>
}

interface NestedHeader {
  readonly type: string
  readonly value: string
  /** `[Error: message]` has no frames below it. */
  readonly whole: boolean
}

// decoding

/** The frame of a line, behind which `util.inspect` may have put ` {` or `,`. */
export const frameOf = (line: string): StackFrame | undefined => V8Line.parse(bare(line))

/** The errors of a text whose first header was taken off: the first has neither type nor value. */
export const read = (body: string): ReadonlyArray<ParsedException> => {
  const reader: Reader = { drafts: [], current: -1, lists: [] }
  open(reader, { type: '', value: '', whole: false }, -1, '', 0)
  for (const line of Lines.split(body)) readLine(reader, line)
  return finish(reader.drafts)
}

const MAX_ERRORS = 50

const readLine = (reader: Reader, line: string): void => {
  const { drafts, lists } = reader
  const now = drafts[reader.current]
  const text = bare(line)
  if (now === undefined || text === '') return
  const frame = now.state === 'closed' ? undefined : V8Line.parse(text)
  if (frame !== undefined) {
    now.calls.push({ text, frame })
    now.state = line.trimEnd().endsWith(' {') ? 'closed' : 'frames'
    return
  }
  const indent = Lines.indentOf(line)
  while (lists.length > 0 && indent <= (lists.at(-1)?.indent ?? 0)) lists.pop()
  const list = lists.at(-1)
  const cause = /^(\[cause\]|[Cc]aused by): /.exec(text)
  const header = cause === null ? undefined : headerOf(text.slice(cause[0].length))
  if (cause !== null && header !== undefined) {
    const parent = cause[1] === '[cause]' ? owner(reader, indent) : reader.current
    open(reader, header, parent, 'cause', indent)
  } else if (text === '[errors]: [') {
    lists.push({ indent, owner: owner(reader, indent), members: 0 })
    now.state = 'closed'
  } else if (/^[\]}]/.test(text)) {
    now.state = 'closed'
  } else if (list !== undefined && indent === list.indent + 2 && now.state !== 'header') {
    const member = headerOf(text)
    if (member !== undefined) open(reader, member, list.owner, `errors[${list.members}]`, indent)
    list.members++
  } else if (now.state === 'header' && reader.current > 0) {
    now.value += `\n${line.slice(Math.min(indent, now.indent))}`
  } else {
    const leftOut = /^\.\.\. (\d{1,9}) lines matching cause stack trace \.\.\.$/.exec(text)
    if (leftOut !== null) now.leftOut ??= { count: Number(leftOut[1]), before: now.calls.length }
  }
}

const open = (
  reader: Reader,
  { type, value, whole }: NestedHeader,
  parent: number,
  relation: string,
  indent: number,
): void => {
  if (reader.drafts.length >= MAX_ERRORS) return
  const state = whole ? 'closed' : 'header'
  const draft: Draft = {
    type,
    value,
    parent,
    relation,
    indent,
    state,
    calls: [],
    leftOut: undefined,
  }
  reader.current = reader.drafts.push(draft) - 1
}

/** The error to whose properties a line with this indentation belongs. */
const owner = ({ drafts, current }: Reader, indent: number): number => {
  let at = current
  while (at > 0 && (drafts[at]?.indent ?? 0) >= indent) at = drafts[at]?.parent ?? 0
  return at
}

const headerOf = (text: string): NestedHeader | undefined => {
  const whole = text.startsWith('[')
  const header = whole ? text.slice(1, text.endsWith(']') ? -1 : undefined) : text
  const colon = header.indexOf(': ')
  const type = colon < 0 ? header : header.slice(0, colon)
  if (!/^[A-Za-z_$]/.test(type) || !Header.isType(type)) return undefined
  return { type, value: colon < 0 ? '' : header.slice(colon + 2), whole }
}

const bare = (line: string): string => line.trim().replace(/(?: \{|,)$/, '')

/** From the last to the first, since a cause stands behind its effect and is whole by then. */
const finish = (drafts: ReadonlyArray<Draft>): ReadonlyArray<ParsedException> => {
  const whole: Array<ReadonlyArray<Call>> = drafts.map((draft) => draft.calls)
  for (let at = drafts.length - 1; at >= 0; at--) {
    const cause = drafts.findIndex((draft) => draft.parent === at && draft.relation === 'cause')
    const draft = drafts[at]
    if (draft !== undefined && cause >= 0) whole[at] = fill(draft, whole[cause] ?? [])
  }
  return drafts.map(({ type, value, parent, relation }, at) => ({
    type,
    value,
    frames: (whole[at] ?? []).map((call) => call.frame).reverse(),
    ...(parent < 0 ? {} : { parent, relation }),
  }))
}

/** Puts the lines left out back, where the cause has them between the same two lines. */
const fill = ({ calls, leftOut }: Draft, cause: ReadonlyArray<Call>): ReadonlyArray<Call> => {
  if (leftOut === undefined) return calls
  const above = calls[leftOut.before - 1]?.text
  const below = calls[leftOut.before]?.text
  const start = cause.findIndex(
    (call, at) => call.text === above && cause[at + leftOut.count + 1]?.text === below,
  )
  if (start < 0 || below === undefined) return calls
  const missing = cause.slice(start + 1, start + 1 + leftOut.count)
  return [...calls.slice(0, leftOut.before), ...missing, ...calls.slice(leftOut.before)]
}
