/**
 * Stack traces of the JVM (Java, Kotlin, Scala): outermost first, the throwing frame first within each.
 *
 * `Caused by:` and `Suppressed:` open further exceptions, their indentation says whose, and `... n more` stands for the
 * last n frames of the exception they belong to. Source: `Throwable.printStackTrace`, OpenTelemetry's
 * `StackTraceRenderer`, logback's converters.
 */
import type { ParsedException } from '../ParsedException.ts'
import type { StackFrame } from '../StackFrame.ts'
import * as Header from './Header.ts'
import * as JvmFrame from './JvmFrame.ts'
import * as Lines from './Lines.ts'
import type { Parser, Source } from './Parser.ts'

// instances

export const parser: Parser = {
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
  const lines = Lines.split(text.slice(header.end))
  const isCut = !/[\r\n]$/.test(text)
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
    if (frame !== undefined) {
      current.frames.push(frame)
      current.isOpen = false
      continue
    }
    const body = line.trim()
    const marker = MARKER.exec(body)
    const more = marker === null ? MORE.exec(body) : null
    if (marker !== null) {
      if (found.length === MAX_EXCEPTIONS) break
      const quoted = header.certain ? quotedLines(header.value, lines, i, marker[0].length) : 0
      const indent = Lines.indentOf(line)
      const message = [body.slice(marker[0].length), ...lines.slice(i + 1, i + quoted)]
      if (message[0]?.startsWith('[CIRCULAR REFERENCE') !== true) {
        const isSuppressed = marker[1] === 'Suppressed'
        rootFirst ||= marker[1] === 'Wrapped by'
        current = open(message, quoted === 0, indent, {
          parent: found.indexOf(ownerOf(found, current, indent, isSuppressed)),
          relation: isSuppressed ? 'suppressed' : 'cause',
        })
        found.push(current)
      }
      i += Math.max(0, quoted - 1)
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
  /\((?:[^()\s]+\.(?:java|kt|kts|scala|groovy|clj)(?::\d+)?|Native Method|Unknown Source)\)/.test(
    line.slice(-MAX_TAIL),
  ) && JvmFrame.parse(line, false) !== undefined

const MAX_TAIL = 512

/**
 * How many lines from `at` on repeat the known message: a wrapper without a message of its own takes over its cause's
 * `toString`, so the end of a multi-line cause is known after all. 0 if they do not.
 */
const quotedLines = (
  message: string,
  lines: ReadonlyArray<string>,
  at: number,
  markerLength: number,
): number => {
  const quoted = Lines.split(message)
  const isSame = quoted.every(
    (line, i) =>
      line === (i === 0 ? lines[at]?.trimStart().slice(markerLength) : lines[at + i])?.trimEnd(),
  )
  return isSame ? quoted.length : 0
}

const open = (
  message: ReadonlyArray<string>,
  isOpen: boolean,
  indent: number,
  link: Pick<Open, 'parent' | 'relation'>,
): Open => {
  const first = message[0] ?? ''
  const colon = first.indexOf(': ')
  const whole = first.endsWith(':') ? first.slice(0, -1) : first
  const hasValue = colon > 0 && Header.isType(first.slice(0, colon))
  const type = hasValue ? first.slice(0, colon) : Header.isType(whole) ? whole : ''
  const value = hasValue ? first.slice(colon + 2) : type === '' ? first : ''
  return { type, value: [value, ...message.slice(1)], frames: [], indent, ...link, more: 0, isOpen }
}

/** Whose exception a marker with this indentation opens: a cause stands as deep as its owner, a suppressed one deeper. */
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
