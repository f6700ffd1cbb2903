/**
 * The structure of a Python traceback: blocks of frames that end with `Type: message`, the innermost cause first, with a
 * sentence between two blocks that names their relation.
 *
 * An `ExceptionGroup` has its members below it. Each line of a member follows a margin `| `, which is indented by 2 for each
 * level. A member is a chain of its own. Source: `TracebackException.format` of CPython's `traceback.py`.
 */
import type { StackFrame } from '../StackFrame.ts'
import * as Lines from '../text/Lines.ts'
import * as PythonLine from './line.ts'

// model

/** One exception with its cause and the members of its group. */
export interface TracebackBlock {
  /** The oldest call first. */
  readonly frames: Array<StackFrame>
  /** The lines of `Type: message` and of the notes; empty where the text was cut. */
  readonly final: Array<string>
  readonly cause: { readonly block: TracebackBlock; readonly relation: Relation } | undefined
  readonly members: Array<{ readonly block: TracebackBlock; readonly index: number }>
}

type Relation = '__cause__' | '__context__'

export interface Traceback {
  /** The last exception of the text, which is the outermost one. */
  readonly last: TracebackBlock | undefined
  /** The relation of `last` to an exception that the text no longer holds, as it was cut. */
  readonly relation: Relation | undefined
}

/** A chain that is being read: the outermost one, or that of a member. */
interface Level {
  /** The column of its margin; -1 until one was found. */
  column: number
  readonly owner: TracebackBlock | undefined
  /** The index among the members of the owner. */
  readonly index: number
  last: TracebackBlock | undefined
  /** The relation of `last` to the block that follows. */
  relation: Relation | undefined
  state: 'idle' | 'frames' | 'final'
  /** The indentation of the first line of the block. */
  base: number
  /** The indentation of the `File` lines of the block. */
  fileIndent: number
}

interface Margin {
  readonly column: number
  readonly mark: string
  readonly rest: string
}

const HEADER = /^(?:Exception Group )?Traceback \(most recent call last\):$/

const SENTENCES: ReadonlyMap<string, Relation> = new Map([
  ['The above exception was the direct cause of the following exception:', '__cause__'],
  ['During handling of the above exception, another exception occurred:', '__context__'],
])

const MAX_LEVELS = 20

// constructors

const level = (column: number, owner: TracebackBlock | undefined, index: number): Level => ({
  column,
  owner,
  index,
  last: undefined,
  relation: undefined,
  state: 'idle',
  base: 0,
  fileIndent: 0,
})

// decoding

export const read = (text: string): Traceback => {
  const root = level(-1, undefined, 0)
  const levels: Array<Level> = [root]
  const lines = Lines.split(text)
  const isCut = !/[\r\n]$/.test(text)
  lines.forEach((line, at) => {
    const margin = marginOf(line)
    const isGroup = margin?.mark === '+' && HEADER.test(margin.rest.trim())
    if (isGroup) root.column = margin.column
    if (margin === undefined || root.column < 0) closeLevels(levels, -1)
    else if (margin.mark === '+' && !isGroup) {
      readSeparator(levels, margin)
      return
    } else closeLevels(levels, margin.column)
    const isInside = margin !== undefined && root.column >= 0
    const top = levels.at(-1)
    if (top === undefined || (isInside && top.column !== margin.column)) return
    const isLast = at === lines.length - 1
    const next = isLast ? '' : (lines[at + 1] ?? '')
    readLine(top, isInside ? margin.rest : line, next, isCut && isLast)
  })
  closeLevels(levels, -1)
  return { last: root.last, relation: root.relation }
}

const marginOf = (line: string): Margin | undefined => {
  const column = Lines.indentOf(line)
  const mark = line[column]
  return mark === '|' || mark === '+' ? { column, mark, rest: line.slice(column + 1) } : undefined
}

/** Ends the members whose margins are to the right of a column. */
const closeLevels = (levels: Array<Level>, column: number): void => {
  for (let top = levels.at(-1); top !== undefined && levels.length > 1; top = levels.at(-1)) {
    if (top.column <= column) return
    if (top.owner !== undefined && top.last !== undefined)
      top.owner.members.push({ block: top.last, index: top.index })
    levels.pop()
  }
}

/** `+-+---- 1 ----` starts the members of a group, `+---- 2 ----` the next member, `+--------` ends them. */
const readSeparator = (levels: Array<Level>, { column, rest }: Margin): void => {
  const title = /^(-\+)?-{3,} (\d{1,9}|\.\.\.) -{3,}\s*$/.exec(rest)
  if (title === null) return
  const margin = title[1] === undefined ? column : column + 2
  closeLevels(levels, margin - 1)
  const owner = levels.at(-1)?.last
  if (owner !== undefined && levels.length < MAX_LEVELS)
    levels.push(level(margin, owner, Number(title[2]) - 1))
}

const readLine = (top: Level, line: string, next: string, isCut: boolean): void => {
  const text = line.trim()
  const indent = Lines.indentOf(line)
  const relation = SENTENCES.get(text)
  if (HEADER.test(text)) openBlock(top, 'frames', indent)
  else if (relation !== undefined) {
    top.relation = relation
    top.state = 'idle'
  } else if (top.state === 'final') top.last?.final.push(line.slice(Math.min(indent, top.base)))
  else if (text === '') return
  else if (top.state === 'frames') {
    // The last line of a text that was cut may be incomplete.
    if (!isCut || indent <= top.base) readFrame(top, text, indent, next)
  } else if (PythonLine.isFinal(text) && (top.last === undefined || top.relation !== undefined)) {
    openBlock(top, 'final', indent)
    top.last?.final.push(text)
  }
}

const openBlock = (top: Level, state: 'frames' | 'final', base: number): void => {
  const { last: block, relation } = top
  const cause = block && relation && { block, relation }
  top.last = { frames: [], final: [], cause, members: [] }
  top.relation = undefined
  top.state = state
  top.base = base
  top.fileIndent = base
}

const readFrame = (top: Level, text: string, indent: number, next: string): void => {
  const frames = top.last?.frames ?? []
  const frame = PythonLine.parse(text)
  const above = frames.at(-1)
  if (frame !== undefined) {
    frames.push(frame)
    top.fileIndent = indent
  } else if (indent > top.fileIndent || isSource(top, text, next, above)) {
    if (above !== undefined && above.context_line === undefined && !/^[~^ ]+$/.test(text))
      frames[frames.length - 1] = { ...above, context_line: text }
  } else if (indent <= top.base) {
    top.last?.final.push(text)
    top.state = 'final'
  }
}

/** If the indentation was lost, the line behind a `File` line is source, unless the block ends with it. */
const isSource = (
  { base, fileIndent }: Level,
  text: string,
  next: string,
  above: StackFrame | undefined,
): boolean => {
  if (fileIndent > base || above === undefined) return false
  if (/^[~^ ]+$/.test(text) || text.startsWith('[Previous line repeated ')) return true
  return above.context_line === undefined && (next.trim() !== '' || !PythonLine.isFinal(text))
}
