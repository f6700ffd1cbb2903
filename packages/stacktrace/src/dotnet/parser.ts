/**
 * Stack traces of .NET, .NET Framework and Mono: the headers from the outermost exception to the innermost, then the frames
 * from the innermost to the outermost.
 *
 * `--->` starts an inner exception, in the same line (Framework) or the next (Core), and the line "End of inner exception"
 * ends it. An AggregateException lists its inner exceptions behind its frames. Source: `Exception.ToString` and
 * `AggregateException.ToString` of dotnet/runtime.
 */
import type { ParsedException } from '../ParsedException.ts'
import type { Parser, Source } from '../Parser.ts'
import type { StackFrame } from '../StackFrame.ts'
import { cacheable } from '../text/cacheable.ts'
import * as Lines from '../text/Lines.ts'
import * as Message from '../text/Message.ts'
import * as DotNetFrame from './frame.ts'
import * as DotNetHeader from './header.ts'

// model

/** An exception whose lines are being read. */
interface DotNetException {
  readonly type: string
  /** The lines of the message. If its end is not known, lines are added until the first frame. */
  readonly value: Array<string>
  /** The call that threw first. */
  readonly frames: Array<StackFrame>
  readonly parent?: number
  readonly relation?: string
  /** The end of the exception: the line "End of inner exception", the mark `<---` in a list, or that of the text. */
  readonly endsWith: 'line' | 'mark' | 'text'
  /** Whether more lines of the message may follow. */
  isOpen: boolean
}

/** Finds the frame of a whole line. */
type FrameIn = (line: string) => StackFrame | undefined

interface Reader {
  readonly toFrame: FrameIn
  /** In the order of the text: each exception precedes its inner ones. */
  readonly exceptions: Array<DotNetException>
  /** The index of the exception that the next line belongs to. */
  current: number
  /** The known message if the text has another copy of it, of which `condense` left the first line. */
  repeated?: string | undefined
}

interface Start {
  readonly reader: Reader
  /** The text behind the first headers. */
  readonly rest: string
}

const MAX_EXCEPTIONS = 50

/** `---> (Inner Exception #1) `, in any language of the runtime. */
const LISTED = /^---> \([^()#]{1,60}#(\d{1,6})\) ?/

const LISTED_END = /<---\s*$/

// constructors

const rootOf = (type: string, value: string, isOpen: boolean): DotNetException => ({
  type,
  value: [value],
  frames: [],
  endsWith: 'text',
  isOpen,
})

// guards

/**
 * A line that the runtime writes itself, in the language of the user, or the key of its text if an app was trimmed of its
 * texts.
 */
const isSeparator = (body: string): boolean =>
  (body.startsWith('--- ') && body.endsWith(' ---')) || body.startsWith('Exception_End')

/** The end of an inner exception is indented; the separators between the steps of an async call are not. */
const isEnd = (body: string, line: string): boolean =>
  body === 'Exception_EndOfInnerExceptionStack' ||
  (isSeparator(body) &&
    (body.includes('inner exception') ||
      (/^\s/.test(line) && !body.includes('previous location') && !body.includes('PreviousThrow'))))

/** The first header again, behind frames: another copy of the trace follows. */
const isRepetition = ({ exceptions, current }: Reader, line: string): boolean => {
  const root = exceptions[0]
  return (
    current === 0 &&
    root !== undefined &&
    root.frames.length > 0 &&
    line.startsWith(`${root.type}:`)
  )
}

const isInList = ({ exceptions, current }: Reader): boolean => {
  for (let at: number | undefined = current; at !== undefined; at = exceptions[at]?.parent) {
    if (exceptions[at]?.endsWith === 'mark') return true
  }
  return false
}

// decoding

const parse = (source: Source, toFrame: FrameIn): ReadonlyArray<ParsedException> => {
  const { reader, rest } = start(source, toFrame)
  const isCut = Lines.isCut(rest)
  const condensed = Message.condense(rest, source.message)
  if (condensed.length < rest.length) reader.repeated = source.message
  const lines = Lines.split(condensed)
  for (let i = 0; i < lines.length; i++) {
    if (!readLine(reader, lines[i] ?? '', isCut && i === lines.length - 1)) break
  }
  return reader.exceptions.map(finish)
}

const start = ({ type, message, stacktrace }: Source, toFrame: FrameIn): Start => {
  const from = stacktrace.length - stacktrace.trimStart().length
  const lineEnd = Lines.endOf(stacktrace, from)
  const head = DotNetHeader.typeIn(
    stacktrace.slice(from, Math.min(lineEnd, from + DotNetHeader.MAX_HEADER)),
  )
  if (head !== undefined && message) {
    const end = Message.endOf(stacktrace, from + head.length, message)
    if (
      end >= 0 &&
      (Lines.endsAt(stacktrace, end) || stacktrace.startsWith(DotNetHeader.MARK, end))
    ) {
      const reader = { toFrame, exceptions: [rootOf(head.type, message, false)], current: 0 }
      return { reader, rest: stacktrace.slice(end) }
    }
  }
  const line = stacktrace.slice(from, lineEnd)
  const hasNoHeader = line === '' || toFrame(line) !== undefined || isEnd(line, '')
  const root = rootOf(type ?? '', message ?? '', false)
  const reader = { toFrame, exceptions: [root], current: 0 }
  if (hasNoHeader) return { reader, rest: stacktrace.slice(from) }
  const [first = '', ...inner] = DotNetHeader.split(line)
  const { type: ownType, value } = DotNetHeader.parse(first)
  reader.exceptions[0] = rootOf(ownType === '' ? (type ?? '') : ownType, value, true)
  for (const header of inner) openInner(reader, header)
  return { reader, rest: stacktrace.slice(lineEnd) }
}

/** Reads one line; `false` if the lines behind it do not belong to the trace. */
const readLine = (reader: Reader, line: string, isCut: boolean): boolean => {
  const endsListed = LISTED_END.test(line) && (LISTED.test(line.trimStart()) || isInList(reader))
  const text = endsListed ? withoutListedEnd(line) : line
  const continues = readText(reader, text, isCut)
  if (endsListed) close(reader, 'mark')
  return continues
}

const readText = (reader: Reader, line: string, isCut: boolean): boolean => {
  const current = reader.exceptions[reader.current]
  if (current === undefined) return false
  const body = line.trim()
  if (body.startsWith('---> ')) {
    const listed = LISTED.exec(body)
    if (listed !== null) return openListed(reader, Number(listed[1]), body.slice(listed[0].length))
    const headers = body.slice('---> '.length)
    if (DotNetHeader.isHeader(headers)) return openAll(reader, DotNetHeader.split(headers))
  }
  const frame = reader.toFrame(line) ?? (isCut ? DotNetFrame.parse(line, isCut) : undefined)
  if (frame !== undefined) {
    current.frames.push(frame)
    current.isOpen = false
  } else if (isEnd(body, line)) close(reader, 'line')
  else if (current.isOpen && !isSeparator(body)) {
    const [more = '', ...inner] = DotNetHeader.split(line)
    current.value.push(more)
    return openAll(reader, inner)
  } else if (isRepetition(reader, line)) return false
  return true
}

const openAll = (reader: Reader, headers: ReadonlyArray<string>): boolean =>
  headers.every((header) => openInner(reader, header))

const openInner = (reader: Reader, header: string): boolean => {
  const outer = reader.exceptions[reader.current]
  const isAggregate = outer?.type.endsWith('AggregateException') === true
  return open(reader, header, 'line', isAggregate ? 'InnerExceptions[0]' : 'InnerException')
}

/** Older runtimes list the first inner exception again, which is also before the frames: only one of them is kept. */
const openListed = (reader: Reader, index: number, header: string): boolean => {
  if (index === 0) reader.exceptions.length = reader.current + 1
  const [first = '', ...inner] = DotNetHeader.split(header)
  return open(reader, first, 'mark', `InnerExceptions[${index}]`) && openAll(reader, inner)
}

const open = (
  reader: Reader,
  header: string,
  endsWith: DotNetException['endsWith'],
  relation: string,
): boolean => {
  const parent = reader.exceptions[reader.current]
  if (parent === undefined || reader.exceptions.length >= MAX_EXCEPTIONS) return false
  parent.isOpen = false
  const { type, value } = DotNetHeader.parse(header)
  const isKnown = value === reader.repeated?.slice(0, Lines.endOf(reader.repeated, 0))
  const link = { parent: reader.current, relation, endsWith, isOpen: !isKnown }
  const message = isKnown ? (reader.repeated ?? value) : value
  reader.current = reader.exceptions.push({ type, value: [message], frames: [], ...link }) - 1
  return true
}

/** Ends the nearest exception that ends in this way: the next line belongs to its parent. */
const close = (reader: Reader, endsWith: DotNetException['endsWith']): void => {
  const { exceptions } = reader
  for (let at: number | undefined = reader.current; at !== undefined; at = exceptions[at]?.parent) {
    const exception = exceptions[at]
    if (exception?.endsWith !== endsWith || exception.parent === undefined) continue
    exception.isOpen = false
    reader.current = exception.parent
    return
  }
}

const withoutListedEnd = (line: string): string => line.replace(LISTED_END, '')

const finish = ({ type, value, frames, parent, relation }: DotNetException): ParsedException => ({
  type,
  value: value.length > 1 ? value.join('\n').trimEnd() : (value[0] ?? ''),
  frames: frames.reverse(),
  ...(parent === undefined ? {} : { parent }),
  ...(relation === undefined ? {} : { relation }),
})

// instances

const SEPARATOR =
  /^-+ End of (?:inner exception )?stack trace|^Exception_EndOf|^-+ .* exception stack -+$/

export const dotnet: Parser = /* @__PURE__ */ cacheable(DotNetFrame.frameIn, (toFrame) => ({
  platform: 'csharp',
  languages: /* @__PURE__ */ Object.freeze(['dotnet']),
  separator: SEPARATOR,
  recognises: (stacktrace) =>
    Lines.split(stacktrace).some((line) => toFrame(withoutListedEnd(line)) !== undefined),
  parse: (source) => parse(source, toFrame),
}))
