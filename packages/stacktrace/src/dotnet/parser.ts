/**
 * Stack traces of .NET, its Framework and Mono: the headers from the outermost in, then the frames from the
 * innermost out.
 *
 * `--->` opens an inner exception, in the same line (Framework) or the next (Core), and the "End of inner
 * exception" line closes it; an AggregateException lists its inner ones behind its frames. Source:
 * `Exception.ToString` and `AggregateException.ToString` of dotnet/runtime.
 */
import type { ParsedException } from '../ParsedException.ts'
import type { Parser, Source } from '../Parser.ts'
import type { StackFrame } from '../StackFrame.ts'
import * as Lines from '../text/Lines.ts'
import * as Message from '../text/Message.ts'
import * as DotNetFrame from './frame.ts'

// instances

export const dotnet: Parser = {
  platform: 'csharp',
  languages: ['dotnet'],
  recognises: (stacktrace) =>
    Lines.split(stacktrace).some((line) => DotNetFrame.parse(withoutEnd(line), false)),
  parse: (source) => {
    const { reader, rest } = start(source)
    const isCut = Lines.isCut(rest)
    const condensed = Message.condense(rest, source.message)
    if (condensed.length < rest.length) reader.repeated = source.message
    const lines = Lines.split(condensed)
    for (let i = 0; i < lines.length; i++) {
      if (!read(reader, lines[i] ?? '', isCut && i === lines.length - 1)) break
    }
    return reader.found.map(finish)
  },
}

/** An exception while its lines are read, the throwing frame first. */
interface Open {
  readonly type: string
  /** The lines of the message; further ones are added until the first frame, if its end is not known. */
  readonly value: Array<string>
  readonly frames: Array<StackFrame>
  readonly parent?: number
  readonly relation?: string
  /** What ends it: the line "End of inner exception", the arrow behind one in a list, the end of the text. */
  readonly endsWith: 'line' | 'arrow' | 'text'
  isOpen: boolean
}

interface Reader {
  /** In the order of the text, which is every exception before those inside it. */
  readonly found: Array<Open>
  /** The place in `found` of the one that the next line belongs to. */
  at: number
  /** The known message if it is there once more: `condense` left its first line. */
  repeated?: string | undefined
}

const MAX_EXCEPTIONS = 50

const MAX_HEAD = 1024

const ARROW = ' ---> '

/** Some types add a code in brackets: `System.Net.Sockets.SocketException (111): Connection refused`. */
const HEAD = /^([^\s:]+)(?: \((?:0x[\da-f]+|-?\d+)\))?(?:: ?|$)/i

/** `---> (Inner Exception #1) `, whatever the language of the runtime. */
const LISTED = /^---> \([^()#]{1,60}#(\d{1,6})\) ?/

const LISTED_END = /<---\s*$/

const start = ({
  type,
  message,
  stacktrace,
}: Source): { readonly reader: Reader; readonly rest: string } => {
  const from = stacktrace.length - stacktrace.trimStart().length
  const head = HEAD.exec(
    stacktrace.slice(from, Math.min(Lines.endOf(stacktrace, from), from + MAX_HEAD)),
  )
  if (head !== null && message) {
    const end = Message.endOf(stacktrace, from + head[0].length, message)
    if (end >= 0 && (Lines.endsAt(stacktrace, end) || stacktrace.startsWith(ARROW, end))) {
      const reader = { found: [rootOf(head[1] ?? '', message, false)], at: 0 }
      return { reader, rest: stacktrace.slice(end) }
    }
  }
  const lineEnd = Lines.endOf(stacktrace, from)
  const line = stacktrace.slice(from, lineEnd)
  const isHeaderless =
    line === '' || DotNetFrame.parse(line, false) !== undefined || isEnd(line, '')
  const root = rootOf(type ?? '', message ?? '', false)
  const reader = { found: [root], at: 0 }
  if (isHeaderless) return { reader, rest: stacktrace.slice(from) }
  const [first = '', ...inner] = headersIn(line)
  const { type: ownType, value } = headerOf(first)
  reader.found[0] = rootOf(ownType === '' ? (type ?? '') : ownType, value, true)
  for (const header of inner) openInner(reader, header)
  return { reader, rest: stacktrace.slice(lineEnd) }
}

/** Takes in one line; `false` if nothing behind it belongs to the trace. */
const read = (reader: Reader, line: string, isCut: boolean): boolean => {
  const isListEnd = LISTED_END.test(line) && (LISTED.test(line.trimStart()) || isInList(reader))
  const text = isListEnd ? withoutEnd(line) : line
  const isGoing = readText(reader, text, isCut)
  if (isListEnd) close(reader, 'arrow')
  return isGoing
}

const readText = (reader: Reader, line: string, isCut: boolean): boolean => {
  const current = reader.found[reader.at]
  if (current === undefined) return false
  const body = line.trim()
  if (body.startsWith('---> ')) {
    const listed = LISTED.exec(body)
    if (listed !== null) return openListed(reader, Number(listed[1]), body.slice(listed[0].length))
    if (isHeader(body.slice(5))) return openAll(reader, headersIn(body.slice(5)))
  }
  const frame = DotNetFrame.parse(line, isCut)
  if (frame !== undefined) {
    current.frames.push(frame)
    current.isOpen = false
  } else if (isEnd(body, line)) close(reader, 'line')
  else if (current.isOpen && !isSeparator(body)) {
    const [more = '', ...inner] = headersIn(line)
    current.value.push(more)
    return openAll(reader, inner)
  } else if (isRepetition(reader, line)) return false
  return true
}

/** The headers in a line, `A: m ---> B: n ---> C: o`, divided at the arrows that a type follows. */
const headersIn = (line: string): ReadonlyArray<string> => {
  const headers: Array<string> = []
  let from = 0
  for (let at = line.indexOf(ARROW); at >= 0; at = line.indexOf(ARROW, at + ARROW.length)) {
    const behind = at + ARROW.length
    if (!isHeader(line.slice(behind, behind + MAX_HEAD))) continue
    headers.push(line.slice(from, at))
    from = behind
  }
  return [...headers, line.slice(from)]
}

/** Whether a text starts with a type that has a namespace, and its message or nothing behind it. */
const isHeader = (text: string): boolean => {
  const head = HEAD.exec(text)
  return head !== null && /.\../.test(head[1] ?? '')
}

const headerOf = (text: string): { type: string; value: string } => {
  const head = HEAD.exec(text)
  return head === null
    ? { type: '', value: text.trim() }
    : { type: head[1] ?? '', value: text.slice(head[0].length) }
}

const rootOf = (type: string, value: string, isOpen: boolean): Open => ({
  type,
  value: [value],
  frames: [],
  endsWith: 'text',
  isOpen,
})

const openAll = (reader: Reader, headers: ReadonlyArray<string>): boolean =>
  headers.every((header) => openInner(reader, header))

const openInner = (reader: Reader, header: string): boolean => {
  const isAggregate = reader.found[reader.at]?.type.endsWith('AggregateException') === true
  return open(reader, header, 'line', isAggregate ? 'InnerExceptions[0]' : 'InnerException')
}

/** Older runtimes list the first inner exception although it stands before the frames already: only one is kept. */
const openListed = (reader: Reader, index: number, header: string): boolean => {
  if (index === 0) reader.found.length = reader.at + 1
  const [first = '', ...inner] = headersIn(header)
  return open(reader, first, 'arrow', `InnerExceptions[${index}]`) && openAll(reader, inner)
}

const open = (
  reader: Reader,
  header: string,
  endsWith: Open['endsWith'],
  relation: string,
): boolean => {
  const parent = reader.found[reader.at]
  if (parent === undefined || reader.found.length >= MAX_EXCEPTIONS) return false
  parent.isOpen = false
  const { type, value } = headerOf(header)
  const isKnown = value === reader.repeated?.slice(0, Lines.endOf(reader.repeated, 0))
  const link = { parent: reader.at, relation, endsWith, isOpen: !isKnown }
  const full = isKnown ? (reader.repeated ?? value) : value
  reader.at = reader.found.push({ type, value: [full], frames: [], ...link }) - 1
  return true
}

/** Goes back to what holds the nearest exception that ends in this way. */
const close = (reader: Reader, endsWith: Open['endsWith']): void => {
  for (let at: number | undefined = reader.at; at !== undefined; at = reader.found[at]?.parent) {
    const each = reader.found[at]
    if (each?.endsWith !== endsWith || each.parent === undefined) continue
    each.isOpen = false
    reader.at = each.parent
    return
  }
}

const isInList = (reader: Reader): boolean => {
  for (let at: number | undefined = reader.at; at !== undefined; at = reader.found[at]?.parent) {
    if (reader.found[at]?.endsWith === 'arrow') return true
  }
  return false
}

const withoutEnd = (line: string): string => line.replace(LISTED_END, '')

/** A line of the runtime's own, in the language of the user, or its key where an app was trimmed of its texts. */
const isSeparator = (body: string): boolean =>
  (body.startsWith('--- ') && body.endsWith(' ---')) || body.startsWith('Exception_End')

/** Unlike what separates the steps of an async call, the end of an inner exception is indented. */
const isEnd = (body: string, line: string): boolean =>
  body === 'Exception_EndOfInnerExceptionStack' ||
  (isSeparator(body) &&
    (body.includes('inner exception') ||
      (/^\s/.test(line) && !body.includes('previous location') && !body.includes('PreviousThrow'))))

/** The header once more, behind the frames: another copy of the trace follows. */
const isRepetition = ({ found, at }: Reader, line: string): boolean => {
  const root = found[0]
  return (
    at === 0 && root !== undefined && root.frames.length > 0 && line.startsWith(`${root.type}:`)
  )
}

const finish = ({ type, value, frames, parent, relation }: Open): ParsedException => ({
  type,
  value: value.length > 1 ? value.join('\n').trimEnd() : (value[0] ?? ''),
  frames: frames.reverse(),
  ...(parent === undefined ? {} : { parent }),
  ...(relation === undefined ? {} : { relation }),
})
