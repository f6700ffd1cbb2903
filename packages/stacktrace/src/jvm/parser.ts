/**
 * Stack traces of the JVM (Java, Kotlin, Scala): outermost first, the throwing frame first within each.
 *
 * `Caused by:` and `Suppressed:` open further exceptions, their indentation says whose, and `... n more`
 * stands for the last n frames of the exception they belong to. Source: `Throwable.printStackTrace`,
 * OpenTelemetry's `StackTraceRenderer`, logback's converters.
 */
import type { ParsedException } from '../ParsedException.ts'
import type { Parser, Source } from '../Parser.ts'
import type { StackFrame } from '../StackFrame.ts'
import * as Header from '../text/Header.ts'
import * as Lines from '../text/Lines.ts'
import * as Message from '../text/Message.ts'
import * as JvmFrame from './frame.ts'

// instances

export const jvm: Parser = {
  platform: 'java',
  languages: ['java', 'kotlin', 'scala'],
  recognises: (stacktrace) => Lines.split(stacktrace).some(isUnmistakable),
  parse: (source) => {
    const { found, rootFirst } = read(source)
    return found.length > 1 && rootFirst ? finish(turned(found)) : finish(found)
  },
}

/** An exception while its lines are read: frames in the order of the text, what is cut off only counted. */
interface Open {
  readonly type: string
  /** The lines of the message; further ones are added until the first frame, if its end is not known. */
  readonly value: Array<string>
  readonly frames: Array<StackFrame>
  readonly indent: number
  readonly parent: number | undefined
  readonly relation: string | undefined
  more: number
  isOpen: boolean
}

interface Read {
  readonly found: ReadonlyArray<Open>
  /** Logback can print the root cause first, each wrapper behind what it wraps. */
  readonly rootFirst: boolean
}

const MAX_EXCEPTIONS = 50

/** How many frames `... n more` may add in all. */
const MAX_FILLED = 10_000

const MARKER = /^(Caused by|Suppressed|Wrapped by):(?: |$)/

const MORE = /^\.\.\. (\d{1,9}) (?:more|common frames omitted)\b/

const read = (source: Source): Read => {
  const text = withoutThread(source.stacktrace)
  const header = Header.read(text, source, isBody)
  const rest = text.slice(header.end)
  const condensed = Message.condense(rest, source.message)
  const repeated = condensed.length < rest.length ? source.message : undefined
  const lines = Lines.split(condensed)
  const isCut = Lines.isCut(text)
  const root: Open = {
    type: header.type,
    value: [header.value],
    frames: [],
    indent: Lines.indentOf(text),
    parent: undefined,
    relation: undefined,
    more: 0,
    isOpen: false,
  }
  const found = [root]
  let current = root
  let rootFirst = false
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? ''
    const frame = JvmFrame.parse(line, isCut && i === lines.length - 1)
    if (frame !== undefined && !isMessage(current, root, line)) {
      current.frames.push(frame)
      current.isOpen = false
      continue
    }
    const body = line.trim()
    const marker = MARKER.exec(body)
    const more = marker === null ? MORE.exec(body) : null
    if (marker !== null) {
      if (found.length === MAX_EXCEPTIONS) break
      const content = body.slice(marker[0].length)
      if (content.startsWith('[CIRCULAR REFERENCE')) continue
      const isSuppressed = marker[1] === 'Suppressed'
      const indent = Lines.indentOf(line)
      rootFirst ||= marker[1] === 'Wrapped by'
      current = open(content, repeated, indent, {
        parent: found.indexOf(ownerOf(found, current, indent, isSuppressed)),
        relation: isSuppressed ? 'suppressed' : 'cause',
      })
      found.push(current)
    } else if (more !== null) {
      current.more = Number(more[1])
      current.isOpen = false
    } else if (current.isOpen) current.value.push(line)
    else if (isForeign(current, line)) break
  }
  return { found, rootFirst }
}

/** The default handler of uncaught exceptions puts the thread's name before the trace. */
const withoutThread = (text: string): string =>
  text.startsWith('Exception in thread "')
    ? text.replace(/^Exception in thread "[^"\r\n]*" /, '')
    : text

/** The frames of a suppressed exception stand deeper than its header; what does not is of its message. */
const isMessage = ({ isOpen, indent }: Open, root: Open, line: string): boolean =>
  isOpen && indent > root.indent && Lines.indentOf(line) <= indent

/** A line at the margin that is none of ours, behind frames: the trace is over, another text follows. */
const isForeign = (current: Open, line: string): boolean =>
  current.frames.length > 0 && line.trim() !== '' && Lines.indentOf(line) === 0 && !isNoise(line)

const isNoise = (line: string): boolean => /^(?:at |\.\.\. |\[CIRCULAR REFERENCE)/.test(line)

const isBody = (line: string): boolean => {
  const body = line.trim()
  return MARKER.test(body) || MORE.test(body) || JvmFrame.parse(line, false) !== undefined
}

/** A frame line that no other language prints: with a source file of the JVM, or one of its own words. */
const isUnmistakable = (line: string): boolean =>
  /\((?:[^()\s]+\.(?:java|kt|kts|scala|groovy|clj)(?::\d+)?|SourceFile:\d+|Native Method|Unknown Source)\)/.test(
    line.slice(-MAX_TAIL),
  ) && JvmFrame.parse(line, false) !== undefined

const MAX_TAIL = 512

/**
 * The exception that a header opens. One that repeats the known message (of which `condense` left the first
 * line), alone or as what a wrapper without a message of its own took over whole, gets all of it, and no line
 * behind it.
 */
const open = (
  header: string,
  repeated: string | undefined,
  indent: number,
  link: Pick<Open, 'parent' | 'relation'>,
): Open => {
  const colon = header.indexOf(': ')
  const whole = header.endsWith(':') ? header.slice(0, -1) : header
  const hasValue = colon > 0 && Header.isType(header.slice(0, colon))
  const type = hasValue ? header.slice(0, colon) : Header.isType(whole) ? whole : ''
  const value = hasValue ? header.slice(colon + 2) : type === '' ? header : ''
  const known = repeated ?? ''
  const firstLine = known.slice(0, Lines.endOf(known, 0))
  const isOpen = known === '' || (value !== firstLine && header !== firstLine)
  const full = isOpen ? value : value === firstLine ? known : known.slice(colon + 2)
  return { type, value: [full], frames: [], indent, ...link, more: 0, isOpen }
}

/**
 * Whose exception a marker with this indentation opens: a cause stands as deep as its owner, a suppressed one
 * deeper.
 */
const ownerOf = (
  found: ReadonlyArray<Open>,
  current: Open,
  indent: number,
  isSuppressed: boolean,
): Open => {
  let owner = current
  while (
    owner.parent !== undefined &&
    (isSuppressed ? owner.indent >= indent : owner.indent > indent)
  )
    owner = found[owner.parent] ?? owner
  return owner
}

/** The outermost first where the text has it last. */
const turned = (found: ReadonlyArray<Open>): ReadonlyArray<Open> =>
  [...found]
    .reverse()
    .map((each, i) =>
      i === 0
        ? { ...each, parent: undefined, relation: undefined }
        : { ...each, parent: i - 1, relation: 'cause' },
    )

/** Fills in what `... n more` left out, and turns the frames round. Every parent stands before its children. */
const finish = (found: ReadonlyArray<Open>): ReadonlyArray<ParsedException> => {
  const full: Array<ReadonlyArray<StackFrame>> = []
  let left = MAX_FILLED
  return found.map(({ type, value, frames, parent, relation, more }) => {
    const outer = parent === undefined ? [] : (full[parent] ?? [])
    const count = Math.min(more, outer.length, left)
    left -= count
    const all = count === 0 ? frames : [...frames, ...outer.slice(outer.length - count)]
    full.push(all)
    return {
      type,
      value: value.length > 1 ? value.join('\n').trimEnd() : (value[0] ?? ''),
      frames: [...all].reverse(),
      ...(parent === undefined ? {} : { parent }),
      ...(relation === undefined ? {} : { relation }),
    }
  })
}
