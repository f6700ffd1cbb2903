/**
 * Whether exceptions hold everything that a text holds. Parsers skip lines that they cannot read; such a line must not be
 * lost, so this check does not depend on how they were read: each line must be in a frame, in a type or message, or be one
 * that a format writes between those (`Parser.separator`).
 */
import type { ParsedException } from '../ParsedException.ts'
import type { StackFrame } from '../StackFrame.ts'
import * as LineCache from './LineCache.ts'
import * as Lines from './Lines.ts'

// model

/** The parts of frames that a line may have, by the number that it must have. */
interface Parts {
  /** Frames by line number. */
  readonly byLine: ReadonlyMap<number, ReadonlyArray<StackFrame>>
  /** Frames without a line number. */
  readonly unnumbered: ReadonlyArray<StackFrame>
  readonly texts: ReadonlySet<string>
  readonly exceptions: ReadonlyArray<ParsedException>
}

/** A line that a frozen frame covers, and lines that a frozen list of frames covers, for as long as these live. */
export type CoveredLines = WeakMap<StackFrame | ReadonlyArray<StackFrame>, string>

/** Lines without a letter or digit. */
const PUNCTUATION = /^[\s\][{}()^~|+-]*$/

/** In characters. */
const MAX_HEADER = 512

/** Starts the line of the call that started a goroutine. */
const CREATION = 'created by '

/** Only so many lines that are in no frame are compared with the headers of all exceptions. */
const MAX_OTHERS = 1_000

// constructors

const partsOf = (exceptions: ReadonlyArray<ParsedException>): Parts => {
  const byLine = new Map<number, Array<StackFrame>>()
  const unnumbered: Array<StackFrame> = []
  const texts = new Set<string>()
  for (const { value, frames } of exceptions) {
    if (value.includes('\n')) for (const line of Lines.split(value)) texts.add(line.trim())
    else texts.add(value.trim())
    for (const frame of frames) {
      if (frame.context_line !== undefined) texts.add(frame.context_line)
      if (frame.lineno === undefined) unnumbered.push(frame)
      else {
        const others = byLine.get(frame.lineno)
        if (others === undefined) byLine.set(frame.lineno, [frame])
        else others.push(frame)
      }
    }
  }
  return { byLine, unnumbered: unnumbered.slice(0, MAX_HEADER), texts, exceptions }
}

const newestFirst = (exceptions: ReadonlyArray<ParsedException>): ReadonlyArray<StackFrame> => {
  const all: Array<StackFrame> = []
  for (const { frames } of exceptions) {
    for (let at = frames.length - 1; at >= 0; at--) {
      const frame = frames[at]
      if (frame !== undefined) all.push(frame)
    }
  }
  return all
}

// guards

/** A text, the exceptions that were read in it, and the lines that its parsers leave out. */
export interface ReadText {
  readonly text: string
  readonly exceptions: ReadonlyArray<ParsedException>
  readonly separators: ReadonlyArray<RegExp>
}

/** Linear in the text, for a limited number of exceptions. `known` may be used for several texts. */
export const isCovered = (read: ReadText, known: CoveredLines): boolean => {
  const { text, exceptions } = read
  const [only, another] = exceptions
  if (only === undefined || another !== undefined || !Object.isFrozen(only.frames)) {
    return areLinesCovered(read, known)
  }
  const headerEnd = Lines.endOf(text, 0)
  const body = text.slice(Lines.next(text, headerEnd))
  const header = bare(text.slice(0, headerEnd))
  if (known.get(only.frames) === body && isFirstHeader(header, exceptions)) return true
  if (!areLinesCovered(read, known)) return false
  if (body === linesOf(only.frames, known)) known.set(only.frames, LineCache.detached(body))
  return true
}

/** The lines that are known to be covered by frames, the newest first; `undefined` if that of one is not known. */
const linesOf = (frames: ReadonlyArray<StackFrame>, known: CoveredLines): string | undefined => {
  const lines = frames.map((frame) => known.get(frame)).reverse()
  return lines.includes(undefined) ? undefined : lines.join('\n')
}

const bare = (line: string): string => line.replace(/^[\s|]+(?:\+ )?|\s+$/g, '')

const isFirstHeader = (line: string, exceptions: ReadonlyArray<ParsedException>): boolean =>
  !line.startsWith(CREATION) && isHeader(line, exceptions)

const areLinesCovered = (
  { text, exceptions, separators }: ReadText,
  known: CoveredLines,
): boolean => {
  const frames = newestFirst(exceptions)
  // The frame that the next line is likely to have.
  let next = 0
  let found: Parts | undefined
  let others = 0
  // A line with a name alone is covered by the location in the next line.
  let name: string | undefined
  let isCreation = false
  let first: string | undefined = text.slice(0, Lines.endOf(text, 0))
  for (let at = 0, end = 0; at < text.length; at = Lines.next(text, end)) {
    const likely = frames[next]
    if (likely !== undefined && name === undefined && !isCreation) {
      end = endOfLine(text, at, known.get(likely))
      if (end >= 0) {
        next++
        continue
      }
    }
    end = Lines.endOf(text, at)
    const whole = text.slice(at, end)
    const line = bare(whole)
    if (whole === first && isFirstHeader(line, exceptions)) {
      first = undefined
      continue
    }
    found ??= partsOf(exceptions)
    const parts = found
    const numbered = numberedIn(line, parts)
    const frame = numbered ?? otherIn(line, parts)
    // The call that started a goroutine is no frame of it; its location is in the next line.
    if (isCreation) {
      isCreation = false
      if (/:\d+(?: |$)/.test(line)) continue
    }
    isCreation = line.startsWith(CREATION)
    if (isCreation) continue
    if (name !== undefined) {
      const call = frame?.function ?? ''
      if (call === '' || !name.includes(call)) return false
      name = undefined
      continue
    }
    if (numbered !== undefined) {
      // Several frames may be in one line of one file.
      const own = isAlso(likely, numbered, line) ? likely : numbered
      if (Object.isFrozen(own)) known.set(own, LineCache.detached(whole))
      next = (own === likely ? next : frames.indexOf(own)) + 1
    }
    const isText = parts.texts.has(line) || parts.texts.has(line.replace(/^\d+: /, ''))
    if (frame !== undefined || isText || isSeparator(line, separators)) continue
    if (others++ >= MAX_OTHERS) return false
    if (!isHeader(line, parts.exceptions)) name = line
  }
  return name === undefined
}

/** The end of the line at `at` if it is this one, else -1. */
const endOfLine = (text: string, at: number, line: string | undefined): number => {
  if (line === undefined || !text.startsWith(line, at)) return -1
  const end = at + line.length
  return Lines.isEnd(text, end) ? end : -1
}

const isSeparator = (line: string, separators: ReadonlyArray<RegExp>): boolean =>
  line.length <= MAX_HEADER &&
  (PUNCTUATION.test(line) || separators.some((separator) => line.search(separator) >= 0))

/** Whether a line has the location of a frame as it has that of another. */
const isAlso = (
  frame: StackFrame | undefined,
  { lineno }: StackFrame,
  line: string,
): frame is StackFrame => frame !== undefined && frame.lineno === lineno && hasFile(line, frame)

/** The frame whose location is in a line. */
const numberedIn = (line: string, { byLine }: Parts): StackFrame | undefined => {
  for (const digits of line.match(/\d+/g) ?? []) {
    const found = byLine.get(Number(digits))?.find((frame) => hasFile(line, frame))
    if (found !== undefined) return found
  }
  return undefined
}

/** The frame whose name is in a line. Only so many of a text are compared. */
const otherIn = (line: string, { byLine, unnumbered }: Parts): StackFrame | undefined => {
  const unknown = unnumbered.find((frame) => hasFile(line, frame) && hasName(line, frame))
  if (unknown !== undefined || !/^#\d+ \[internal function\]: /.test(line)) return unknown
  // PHP has the location of this call in the line above.
  for (const frames of byLine.values()) {
    const found = frames.find((frame) => hasName(line, frame))
    if (found !== undefined) return found
  }
  return undefined
}

const hasFile = (
  line: string,
  { filename, abs_path: path, package: image }: StackFrame,
): boolean => {
  const file = path ?? filename ?? image ?? ''
  // Escapes of a URL were decoded.
  return (
    line.includes(file) || line.includes(file.slice(file.search(/[^/\\]*$/))) || line.includes('%')
  )
}

/** Whether a line has the longest word of a function, or the address of a frame without one. */
const hasName = (line: string, frame: StackFrame): boolean => {
  const address = frame.instruction_addr
  if (address !== undefined && line.includes(address)) return true
  const words = frame.function?.replace(/ \{ <lambda> \}$/, '').match(/[\p{L}\p{N}_$]+/gu) ?? []
  const longest = words.reduce((a, b) => (b.length > a.length ? b : a), '')
  return longest !== '' ? line.includes(longest) : frame.filename !== undefined
}

/** Whether a line has the type and the first line of the message of an exception, and not much else. */
const isHeader = (line: string, exceptions: ReadonlyArray<ParsedException>): boolean =>
  exceptions.some(({ type, value }) => {
    const name = type.slice(lastMark(type) + 1)
    const first = value.slice(0, Lines.endOf(value, 0)).trim()
    if (!line.includes(name) || !line.includes(first)) return false
    const rest = line.length - first.length - type.length
    return (first !== '' || name !== '') && rest <= MAX_HEADER / 4
  })

/** The index of the last character that divides the parts of the name of a type; -1 without one. */
const lastMark = (type: string): number => {
  let at = type.length - 1
  while (at >= 0 && !MARKS.includes(type[at] ?? '')) at--
  return at
}

const MARKS = '.$\\:'
