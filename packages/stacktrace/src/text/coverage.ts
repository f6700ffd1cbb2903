/**
 * Whether exceptions hold everything that a text holds. Parsers skip lines that they cannot read; such a line must not be
 * lost, so this check knows no format: each line must be in a frame, in a type or message, or be one that formats write
 * between those.
 */
import type { ParsedException } from '../ParsedException.ts'
import type { StackFrame } from '../StackFrame.ts'
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

/** Lines without content of their own. */
const SEPARATOR = new RegExp(
  [
    '^[\\s\\]\\[{}()^~|+-]*$|^<asynchronous suspension>$|^=+ asynchronous gap =*$',
    String.raw`^(?:Exception Group )?Traceback \(most recent call last\):$`,
    '^The above exception was the direct cause of|^During handling of the above exception',
    String.raw`^\[Previous line repeated \d+ more times?\]$`,
    String.raw`^\.\.\. \d+ (?:more|common frames omitted|lines matching cause)|^\.\.\.additional frames elided`,
    String.raw`\[CIRCULAR REFERENCE`,
    '^-+ End of (?:inner exception )?stack trace|^Exception_EndOf|^-+ .* exception stack -+$',
    String.raw`^\+?-*\+?-{3,} (?:\d+|\.\.\.) -{3,}$`,
    String.raw`^Stack trace(?: \(most recent call last\))?:$|^#\d+ \{main\}(?:\s+thrown in .*)?$|^thrown in `,
    String.raw`^goroutine \d+ .*\]:$|^at async Promise\.\w+ \(index \d+\)$`,
    '^(?:stack backtrace|Stack backtrace|Caused by|Location|Backtrace|Backtrace took .*):?$|^note: ',
    String.raw`^\[errors\]: \[$|^Thread \d+.*crashed:$`,
    String.raw`^called as |^\*\*\* argument \d+:`,
  ].join('|'),
)

/** In characters. */
const MAX_HEADER = 512

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

// guards

/** Linear in the text, for a limited number of exceptions. */
export const isCovered = (text: string, exceptions: ReadonlyArray<ParsedException>): boolean => {
  const parts = partsOf(exceptions)
  let others = 0
  // A line with a name alone is covered by the location in the next line.
  let name: string | undefined
  let isCreation = false
  for (const whole of Lines.split(text)) {
    const line = whole.replace(/^[\s|]+(?:\+ )?|\s+$/g, '')
    const frame = frameIn(line, parts)
    // The call that started a goroutine is no frame of it; its location is in the next line.
    if (isCreation) {
      isCreation = false
      if (/:\d+(?: |$)/.test(line)) continue
    }
    isCreation = line.startsWith('created by ')
    if (isCreation) continue
    if (name !== undefined) {
      const call = frame?.function ?? ''
      if (call === '' || !name.includes(call)) return false
      name = undefined
      continue
    }
    const isText = parts.texts.has(line) || parts.texts.has(line.replace(/^\d+: /, ''))
    if (frame !== undefined || isText || (line.length <= MAX_HEADER && SEPARATOR.test(line)))
      continue
    if (others++ >= MAX_OTHERS) return false
    if (!isHeader(line, parts.exceptions)) name = line
  }
  return name === undefined
}

/** The frame whose location is in a line, or which has no location and whose name is. */
const frameIn = (line: string, { byLine, unnumbered }: Parts): StackFrame | undefined => {
  for (const digits of line.match(/\d+/g) ?? []) {
    const found = byLine.get(Number(digits))?.find((frame) => hasFile(line, frame))
    if (found !== undefined) return found
  }
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
    const name = type.slice(Math.max(...[...'.$\\:'].map((mark) => type.lastIndexOf(mark))) + 1)
    const first = value.slice(0, Lines.endOf(value, 0)).trim()
    if (!line.includes(name) || !line.includes(first)) return false
    const rest = line.length - first.length - type.length
    return (first !== '' || name !== '') && rest <= MAX_HEADER / 4
  })
