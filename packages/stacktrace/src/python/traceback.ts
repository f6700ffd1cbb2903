/**
 * The structure of a Python traceback: blocks of frames that end with `Type: message`, the innermost cause first, with
 * a sentence between two of them that says how they belong together.
 *
 * An `ExceptionGroup` has its members below it, each line behind a margin `| ` that is indented by 2 a level. A member
 * is a chain of its own. Source: `TracebackException.format` of CPython's `traceback.py`.
 */
import type { StackFrame } from '../StackFrame.ts'
import * as Lines from '../text/Lines.ts'
import * as PythonLine from './line.ts'

// model

/** One exception of the tree: what it came from, and what it groups. */
export interface Block {
  /** The oldest call first. */
  readonly frames: Array<StackFrame>
  /** `Type: message` with all the lines of the message and the notes; none where the text was cut. */
  readonly final: Array<string>
  readonly cause: { readonly block: Block; readonly relation: Relation } | undefined
  readonly members: Array<{ readonly block: Block; readonly index: number }>
}

type Relation = '__cause__' | '__context__'

/** The whole text: what was thrown, and the relation of it to one that the text no longer holds. */
export interface Chain {
  readonly last: Block | undefined
  readonly sentence: Relation | undefined
}

/** A chain while it is read: the outermost one, or that of a member. */
interface Level {
  /** Where its margin stands; -1 before one was seen. */
  column: number
  readonly owner: Block | undefined
  readonly index: number
  last: Block | undefined
  sentence: Relation | undefined
  state: 'idle' | 'frames' | 'final'
  /** How far the block's first line and its `File` lines are indented. */
  base: number
  fileIndent: number
}

interface Margin {
  readonly column: number
  readonly mark: string
  readonly rest: string
}

// decoding

export const read = (text: string): Chain => {
  const root = level(-1, undefined, 0)
  const levels: Array<Level> = [root]
  const lines = Lines.split(text)
  const isCut = !/[\r\n]$/.test(text)
  lines.forEach((line, at) => {
    const margin = marginOf(line)
    const opens = margin?.mark === '+' && HEADER.test(margin.rest.trim())
    if (opens) root.column = margin.column
    if (margin === undefined || root.column < 0) leave(levels, -1)
    else if (margin.mark === '+' && !opens) {
      separate(levels, margin)
      return
    } else leave(levels, margin.column)
    const inside = margin !== undefined && root.column >= 0
    const now = levels.at(-1)
    if (now === undefined || (inside && now.column !== margin.column)) return
    const isLast = at === lines.length - 1
    const follows = isLast ? '' : (lines[at + 1] ?? '')
    readLine(now, inside ? margin.rest : line, follows, isCut && isLast)
  })
  leave(levels, -1)
  return { last: root.last, sentence: root.sentence }
}

const HEADER = /^(?:Exception Group )?Traceback \(most recent call last\):$/
const SENTENCES: ReadonlyMap<string, Relation> = new Map([
  ['The above exception was the direct cause of the following exception:', '__cause__'],
  ['During handling of the above exception, another exception occurred:', '__context__'],
])
const MAX_LEVELS = 20

const marginOf = (line: string): Margin | undefined => {
  const column = Lines.indentOf(line)
  const mark = line[column]
  return mark === '|' || mark === '+' ? { column, mark, rest: line.slice(column + 1) } : undefined
}

const level = (column: number, owner: Block | undefined, index: number): Level => ({
  column,
  owner,
  index,
  last: undefined,
  sentence: undefined,
  state: 'idle',
  base: 0,
  fileIndent: 0,
})

/** Ends the members whose margins stand further right. */
const leave = (levels: Array<Level>, column: number): void => {
  for (let top = levels.at(-1); top !== undefined && levels.length > 1; top = levels.at(-1)) {
    if (top.column <= column) return
    if (top.owner !== undefined && top.last !== undefined)
      top.owner.members.push({ block: top.last, index: top.index })
    levels.pop()
  }
}

/** `+-+---- 1 ----` opens the members of a group, `+---- 2 ----` the next of them, `+--------` closes them. */
const separate = (levels: Array<Level>, { column, rest }: Margin): void => {
  const title = /^(-\+)?-{3,} (\d{1,9}|\.\.\.) -{3,}\s*$/.exec(rest)
  if (title === null) return
  const margin = title[1] === undefined ? column : column + 2
  leave(levels, margin - 1)
  const owner = levels.at(-1)?.last
  if (owner !== undefined && levels.length < MAX_LEVELS)
    levels.push(level(margin, owner, Number(title[2]) - 1))
}

const readLine = (now: Level, line: string, follows: string, isCut: boolean): void => {
  const text = line.trim()
  const indent = Lines.indentOf(line)
  const sentence = SENTENCES.get(text)
  if (HEADER.test(text)) begin(now, 'frames', indent)
  else if (sentence !== undefined) {
    now.sentence = sentence
    now.state = 'idle'
  } else if (now.state === 'final') now.last?.final.push(line.slice(Math.min(indent, now.base)))
  else if (text === '') return
  else if (now.state === 'frames') {
    // The last line of a text that was cut may be half a line.
    if (!isCut || indent <= now.base) readFrame(now, text, indent, follows)
  } else if (PythonLine.isFinal(text) && (now.last === undefined || now.sentence !== undefined)) {
    begin(now, 'final', indent)
    now.last?.final.push(text)
  }
}

const begin = (now: Level, state: 'frames' | 'final', base: number): void => {
  const { last: block, sentence: relation } = now
  const cause = block && relation && { block, relation }
  now.last = { frames: [], final: [], cause, members: [] }
  now.sentence = undefined
  now.state = state
  now.base = base
  now.fileIndent = base
}

const readFrame = (now: Level, text: string, indent: number, follows: string): void => {
  const frames = now.last?.frames ?? []
  const frame = PythonLine.parse(text)
  const above = frames.at(-1)
  if (frame !== undefined) {
    frames.push(frame)
    now.fileIndent = indent
  } else if (indent > now.fileIndent || isSource(now, text, follows, above)) {
    if (above !== undefined && above.context_line === undefined && !/^[~^ ]+$/.test(text))
      frames[frames.length - 1] = { ...above, context_line: text }
  } else if (indent <= now.base) {
    now.last?.final.push(text)
    now.state = 'final'
  }
}

/** Where the indentation was lost, the line behind a `File` line is source, unless the block ends with it. */
const isSource = (
  { base, fileIndent }: Level,
  text: string,
  follows: string,
  above: StackFrame | undefined,
): boolean => {
  if (fileIndent > base || above === undefined) return false
  if (/^[~^ ]+$/.test(text) || text.startsWith('[Previous line repeated ')) return true
  return above.context_line === undefined && (follows.trim() !== '' || !PythonLine.isFinal(text))
}
