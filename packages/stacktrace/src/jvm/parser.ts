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
import * as Header from '../text/Header.ts'
import * as Lines from '../text/Lines.ts'
import * as Message from '../text/Message.ts'
import * as JvmFrame from './frame.ts'

// model

/** An exception whose lines are being read. */
interface JvmException {
  readonly type: string
  /** The lines of the message. If its end is not known, lines are added until the first frame. */
  readonly value: Array<string>
  /** The call that threw first. */
  readonly frames: Array<StackFrame>
  readonly indent: number
  readonly parent: number | undefined
  readonly relation: string | undefined
  /** The number of frames that `... n more` left out. */
  more: number
  /** Whether more lines of the message may follow. */
  isOpen: boolean
}

interface Reader {
  readonly exceptions: Array<JvmException>
  readonly root: JvmException
  current: JvmException
  /** The known message if the text has another copy of it, of which `condense` left the first line. */
  readonly repeated: string | undefined
  /** Whether the root cause is first and each wrapper behind its cause, as logback can print them. */
  isRootCauseFirst: boolean
}

const MAX_EXCEPTIONS = 50

/** The number of frames that `... n more` may add in all. */
const MAX_FILLED = 10_000

/** Only this number of characters at the end of a line is searched for a source file. */
const MAX_TAIL = 512

const MARKER = /^(Caused by|Suppressed|Wrapped by):(?: |$)/

const MORE = /^\.\.\. (\d{1,9}) (?:more|common frames omitted)\b/

/** A source file of the JVM, or a word that only its traces have in this position. */
const JVM_LOCATION =
  /\((?:[^()\s]+\.(?:java|kt|kts|scala|groovy|clj)(?::\d+)?|SourceFile:\d+|Native Method|Unknown Source)\)/

// guards

/** Whether no other language prints such a frame line. */
const isCertain = (line: string): boolean =>
  JVM_LOCATION.test(line.slice(-MAX_TAIL)) && JvmFrame.parse(line, false) !== undefined

const isBody = (line: string): boolean => {
  const body = line.trim()
  return MARKER.test(body) || MORE.test(body) || JvmFrame.parse(line, false) !== undefined
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

const parse = (source: Source): ReadonlyArray<ParsedException> => {
  const { exceptions, isRootCauseFirst } = read(source)
  return exceptions.length > 1 && isRootCauseFirst
    ? finish(outermostFirst(exceptions))
    : finish(exceptions)
}

const read = (source: Source): Reader => {
  const text = withoutThread(source.stacktrace)
  const header = Header.read(text, source, isBody)
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
  const { current, root } = reader
  const frame = JvmFrame.parse(line, isCut)
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

/** Reverses a chain that starts with the root cause. */
const outermostFirst = (exceptions: ReadonlyArray<JvmException>): ReadonlyArray<JvmException> =>
  [...exceptions]
    .reverse()
    .map((exception, i) =>
      i === 0
        ? { ...exception, parent: undefined, relation: undefined }
        : { ...exception, parent: i - 1, relation: 'cause' },
    )

/** Adds the frames that `... n more` left out, and reverses the frames. Parents precede their children. */
const finish = (exceptions: ReadonlyArray<JvmException>): ReadonlyArray<ParsedException> => {
  const filled: Array<ReadonlyArray<StackFrame>> = []
  let left = MAX_FILLED
  return exceptions.map(({ type, value, frames, parent, relation, more }) => {
    const outer = parent === undefined ? [] : (filled[parent] ?? [])
    const count = Math.min(more, outer.length, left)
    left -= count
    const all = count === 0 ? frames : [...frames, ...outer.slice(outer.length - count)]
    filled.push(all)
    return {
      type,
      value: value.length > 1 ? value.join('\n').trimEnd() : (value[0] ?? ''),
      frames: [...all].reverse(),
      ...(parent === undefined ? {} : { parent }),
      ...(relation === undefined ? {} : { relation }),
    }
  })
}

// instances

export const jvm: Parser = /* @__PURE__ */ Object.freeze<Parser>({
  platform: 'java',
  languages: /* @__PURE__ */ Object.freeze(['java', 'kotlin', 'scala']),
  recognises: (stacktrace) => Lines.split(stacktrace).some(isCertain),
  parse,
})
