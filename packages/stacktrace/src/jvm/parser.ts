/**
 * Stack traces of the JVM (Java, Kotlin, Scala): the outermost exception first, the call that threw first within each.
 *
 * `Caused by:` and `Suppressed:` start further exceptions, whose owner is known from their indentation. `... n more`
 * replaces the last n frames, which are those of the exception they belong to. Source: `Throwable.printStackTrace`, OpenTelemetry's
 * `StackTraceRenderer`, logback's converters.
 */

import type { ParsedException } from '../ParsedException.ts'
import type { Parser, Source } from '../Parser.ts'
import type { StackFrame } from '../StackFrame.ts'
import { cacheable } from '../text/cacheable.ts'
import * as Header from '../text/Header.ts'
import * as Lines from '../text/Lines.ts'
import * as Message from '../text/Message.ts'
import * as Elements from './elements.ts'
import * as JvmFrame from './frame.ts'
import { finish, type JvmException, outermostFirst } from './JvmException.ts'

// model

/** Finds the frame of a whole line. */
type FrameIn = (line: string) => StackFrame | undefined

interface Reader {
  readonly toFrame: FrameIn
  readonly exceptions: Array<JvmException>
  readonly root: JvmException
  current: JvmException
  /** The known message if the text has another copy of it, of which `condense` left the first line. */
  readonly repeated: string | undefined
  /** Whether the root cause is first and each wrapper behind its cause, as logback can print them. */
  isRootCauseFirst: boolean
}

const MAX_EXCEPTIONS = 50

/** Only this number of characters at the end of a line is searched for a source file. */
const MAX_TAIL = 512

const MARKER = /^(Caused by|Suppressed|Wrapped by):(?: |$)/

const MORE = /^\.\.\. (\d{1,9}) (?:more|common frames omitted)\b/

/** A source file of the JVM, or a word that only its traces have in this position. */
const JVM_LOCATION =
  /\((?:[^()\s]+\.(?:java|kt|kts|scala|groovy|clj)(?::\d+)?|SourceFile:\d+|Native Method|Unknown Source)\)/

// guards

/** Whether no other language prints such a frame line. */
const isCertain = (line: string, toFrame: FrameIn): boolean =>
  JVM_LOCATION.test(line.slice(-MAX_TAIL)) && toFrame(line) !== undefined

const isBody = (line: string, toFrame: FrameIn): boolean => {
  const body = line.trim()
  return MARKER.test(body) || MORE.test(body) || toFrame(line) !== undefined
}

/** The frames of a suppressed exception are indented deeper than its header; other lines belong to its message. */
const isMessage = ({ isOpen, indent }: JvmException, root: JvmException, line: string): boolean =>
  isOpen && indent > root.indent && Lines.indentOf(line) <= indent

/** A line of another kind without indentation, behind frames: the trace has ended and another text follows. */
const isOtherText = (current: JvmException, line: string): boolean =>
  current.frames.length > 0 &&
  line.trim() !== '' &&
  Lines.indentOf(line) === 0 &&
  !/^(?:at |\.\.\. |\[CIRCULAR REFERENCE)/.test(line)

// decoding

const parse = (source: Source, toFrame: FrameIn): ReadonlyArray<ParsedException> => {
  const { exceptions, isRootCauseFirst } = read(source, toFrame)
  return exceptions.length > 1 && isRootCauseFirst
    ? finish(outermostFirst(exceptions))
    : finish(exceptions)
}

const read = (source: Source, toFrame: FrameIn): Reader => {
  const text = withoutThread(source.stacktrace)
  const header = Header.read(text, source, (line) => isBody(line, toFrame))
  const rest = text.slice(header.end)
  const condensed = Message.condense(rest, source.message)
  const lines = Lines.split(condensed)
  const isCut = Lines.isCut(text)
  const root: JvmException = {
    type: header.type,
    value: [header.value],
    frames: [],
    indent: Lines.indentOf(text),
    parent: undefined,
    relation: undefined,
    more: 0,
    isOpen: false,
  }
  const reader: Reader = {
    toFrame,
    exceptions: [root],
    root,
    current: root,
    repeated: condensed.length < rest.length ? source.message : undefined,
    isRootCauseFirst: false,
  }
  for (let i = 0; i < lines.length; i++) {
    if (!readLine(reader, lines[i] ?? '', isCut && i === lines.length - 1)) break
  }
  return reader
}

/** The default handler of uncaught exceptions writes the name of the thread before the trace. */
const withoutThread = (text: string): string =>
  text.startsWith('Exception in thread "')
    ? text.replace(/^Exception in thread "[^"\r\n]*" /, '')
    : text

/** Reads one line; `false` if the lines behind it do not belong to the trace. */
const readLine = (reader: Reader, line: string, isCut: boolean): boolean => {
  const { current, root, toFrame } = reader
  const frame = toFrame(line) ?? (isCut ? JvmFrame.parse(line, isCut) : undefined)
  if (frame !== undefined && !isMessage(current, root, line)) {
    current.frames.push(frame)
    current.isOpen = false
    return true
  }
  const body = line.trim()
  const marker = MARKER.exec(body)
  if (marker !== null)
    return readMarker(reader, marker[1] ?? '', body.slice(marker[0].length), Lines.indentOf(line))
  const more = MORE.exec(body)
  if (more !== null) {
    current.more = Number(more[1])
    current.isOpen = false
  } else if (current.isOpen) current.value.push(line)
  else return !isOtherText(current, line)
  return true
}

const readMarker = (reader: Reader, marker: string, header: string, indent: number): boolean => {
  const { exceptions, current, repeated } = reader
  if (exceptions.length === MAX_EXCEPTIONS) return false
  if (header.startsWith('[CIRCULAR REFERENCE')) return true
  const isSuppressed = marker === 'Suppressed'
  if (marker === 'Wrapped by') reader.isRootCauseFirst = true
  reader.current = open(header, repeated, indent, {
    parent: exceptions.indexOf(ownerOf(exceptions, current, indent, isSuppressed)),
    relation: isSuppressed ? 'suppressed' : 'cause',
  })
  exceptions.push(reader.current)
  return true
}

/**
 * The exception that a header starts. If it repeats the known message, alone or as the message that a wrapper without one
 * takes over from its cause, it gets the whole message and no line behind the header.
 */
const open = (
  header: string,
  repeated: string | undefined,
  indent: number,
  link: Pick<JvmException, 'parent' | 'relation'>,
): JvmException => {
  const colon = header.indexOf(': ')
  const name = header.endsWith(':') ? header.slice(0, -1) : header
  const hasValue = colon > 0 && Header.isType(header.slice(0, colon))
  const type = hasValue ? header.slice(0, colon) : Header.isType(name) ? name : ''
  const value = hasValue ? header.slice(colon + 2) : type === '' ? header : ''
  const known = repeated ?? ''
  const firstLine = known.slice(0, Lines.endOf(known, 0))
  const isOpen = known === '' || (value !== firstLine && header !== firstLine)
  const message = isOpen ? value : value === firstLine ? known : known.slice(colon + 2)
  return { type, value: [message], frames: [], indent, ...link, more: 0, isOpen }
}

/** The owner of a marker with this indentation: a cause is indented like its owner, a suppressed exception deeper. */
const ownerOf = (
  exceptions: ReadonlyArray<JvmException>,
  current: JvmException,
  indent: number,
  isSuppressed: boolean,
): JvmException => {
  let owner = current
  while (
    owner.parent !== undefined &&
    (isSuppressed ? owner.indent >= indent : owner.indent > indent)
  )
    owner = exceptions[owner.parent] ?? owner
  return owner
}

// instances

const SEPARATOR = /^\.\.\. \d+ (?:more|common frames omitted)|\[CIRCULAR REFERENCE/

export const jvm: Parser = /* @__PURE__ */ cacheable(JvmFrame.frameIn, (toFrame) => ({
  platform: 'java',
  languages: /* @__PURE__ */ Object.freeze(['java', 'kotlin', 'scala']),
  separator: SEPARATOR,
  rewrite: Elements.asStack,
  recognises: (stacktrace) => Lines.split(stacktrace).some((line) => isCertain(line, toFrame)),
  parse: (source) => parse(source, toFrame),
}))
