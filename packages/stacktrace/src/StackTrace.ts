/**
 * Reads the text of `exception.stacktrace` into exceptions with frames, in any of the languages of the given parsers.
 *
 * The parser is chosen by `telemetry.sdk.language`, then by the format of the text. This module knows neither spans nor
 * Sentry's envelopes, so it can be used alone.
 *
 * @example
 * ```ts
 * import { parsers } from '@sentry-exporter/stacktrace/parsers'
 * import * as StackTrace from '@sentry-exporter/stacktrace/StackTrace'
 *
 * const { platform, exceptions } = StackTrace.parse(parsers)({
 *   type: 'TypeError',
 *   message: 'x is not a function',
 *   stacktrace: 'TypeError: x is not a function\n    at pay (/app/shop.js:3:7)\n    at run (/app/shop.js:9:1)',
 *   language: 'nodejs',
 * })
 * console.log(platform, exceptions[0]?.frames.map((frame) => frame.function)) // node [ 'run', 'pay' ]
 *
 * const { omitted } = StackTrace.limit(1)(exceptions)
 * console.log(omitted) // 1
 * ```
 */
import type { ParsedException } from './ParsedException.ts'
import type { Parser, Source } from './Parser.ts'
import type { StackFrame } from './StackFrame.ts'
import { type CoveredLines, isCovered } from './text/coverage.ts'
import { limitLength } from './text/limitLength.ts'
import { alternatives } from './text/rewrite.ts'

// model

export interface StackTrace {
  /** Sentry's name of the platform; `other` where neither the language nor the text shows it. */
  readonly platform: string
  /** The exception that was thrown, then the exceptions that it came from. Never empty. */
  readonly exceptions: ReadonlyArray<ParsedException>
  /** Whether the exceptions hold all lines of the text. Callers keep the text of one that was not read in whole. */
  readonly isWhole: boolean
}

type Parsed = Omit<StackTrace, 'isWhole'>

/** Exceptions with a limited number of frames. */
export interface LimitedFrames {
  readonly exceptions: ReadonlyArray<ParsedException>
  /** The number of frames that were left out of all exceptions together. */
  readonly omitted: number
}

/** The format of a text is visible in this number of characters at each end. */
const MAX_RECOGNISED = 16_384

const DEFAULT_MAX_FRAMES = 100

const BYTE_ORDER_MARK = 0xfeff

// decoding

/**
 * Reads the exceptions in a text with the first of the parsers that finds frames. Total: a text without frames gives the
 * exception of the attributes, without frames. The text never replaces a message or a type that is known. Linear in the text.
 * Lines that were read before are remembered, a bounded number of them: keep the function for many texts.
 */
export const parse = (given: ReadonlyArray<Parser>): ((source: Source) => StackTrace) => {
  const parsers = cached(given)
  const separators = parsers.flatMap(({ separator }) => separator ?? [])
  const covered: CoveredLines = new WeakMap()
  return (source) => {
    const limited = limitLength(source)
    const text = limited.stacktrace
    const hasMark = text.charCodeAt(0) === BYTE_ORDER_MARK
    const readable = hasMark ? { ...limited, stacktrace: text.slice(1) } : limited
    const direct = parseText(parsers, readable)
    const better = hasFrames(direct) ? undefined : firstRewritten(parsers, readable)
    const { platform, exceptions: read } = better?.parsed ?? direct
    const [first, ...others] = read
    const known = first === undefined ? [] : [withAttributes(first, limited), ...others]
    const isWhole =
      text.length === source.stacktrace.length &&
      isCovered(
        { text: better?.text ?? readable.stacktrace, exceptions: known, separators },
        covered,
      )
    const exceptions =
      limited.message === source.message
        ? known
        : known.map(restoreMessage(limited.message, source.message))
    return { platform, exceptions, isWhole }
  }
}

/** The parsers, of which those that can remember lines do so. For several uses of `parse` that share what they remember. */
export const cached = (parsers: ReadonlyArray<Parser>): ReadonlyArray<Parser> =>
  parsers.map((parser) => parser.cached?.() ?? parser)

/** The known message, and the known type unless the text writes the same type in another way. */
const withAttributes = (
  exception: ParsedException,
  { type, message }: Source,
): ParsedException => ({
  ...exception,
  type: type === undefined || isSameType(exception.type, type) ? exception.type : type,
  // `str()` of Python's `SyntaxError` has the place behind the message.
  value:
    !message || (exception.value !== '' && message.startsWith(`${exception.value} (`))
      ? exception.value
      : message,
})

/** Whether a text has the type of the attributes: a part of its name, or the name of an error whose code or class was sent. */
const isSameType = (written: string, known: string): boolean => {
  if (written === known) return true
  const [a = '', b = ''] = [written, known].map(
    (name) => `.${name.replace(/[^\p{L}\p{N}_]+/gu, '.')}`,
  )
  const isPart = a.endsWith(b) || b.endsWith(a) || b.startsWith(`${a}.`)
  return written !== '' && (isPart || /^(?:[\dA-Z_]+|:\w+)$/.test(known))
}

const parseText = (parsers: ReadonlyArray<Parser>, source: Source): Parsed => {
  const { language, stacktrace: text } = source
  const ends =
    text.length <= 2 * MAX_RECOGNISED
      ? text
      : `${text.slice(0, MAX_RECOGNISED)}\n${text.slice(-MAX_RECOGNISED)}`
  const isRecognisedBy = ({ recognises }: Parser): boolean => recognises(ends)
  const ofLanguage = parsers.filter(({ languages }) => languages.includes(language ?? ''))
  // One parser is tried first, whether it recognises the text or not.
  const likely = ofLanguage.length === 1 ? ofLanguage : ofLanguage.filter(isRecognisedBy)
  const parsed =
    firstWithFrames(
      source,
      likely === ofLanguage ? ofLanguage : new Set([...likely, ...ofLanguage]),
    ) ??
    firstWithFrames(
      source,
      parsers.filter((parser) => !ofLanguage.includes(parser) && isRecognisedBy(parser)),
    )
  if (parsed !== undefined) return parsed
  const fallback = likely[0] ?? ofLanguage[0]
  return fallback === undefined
    ? { platform: 'other', exceptions: [withoutFrames(source)] }
    : { platform: fallback.platform, exceptions: fallback.parse(source) }
}

const firstWithFrames = (source: Source, parsers: Iterable<Parser>): Parsed | undefined => {
  for (const { platform, parse: parseFormat } of parsers) {
    const exceptions = parseFormat(source)
    if (hasFrames({ platform, exceptions })) return { platform, exceptions }
  }
  return undefined
}

/** The first of the other forms of a text that has frames. */
const firstRewritten = (
  parsers: ReadonlyArray<Parser>,
  source: Source,
): { readonly parsed: Parsed; readonly text: string } | undefined => {
  for (const text of alternatives(source.stacktrace, parsers)) {
    const parsed = parseText(parsers, { ...source, stacktrace: text })
    if (hasFrames(parsed)) return { parsed, text }
  }
  return undefined
}

/** Puts the whole message in place of the part of it that was parsed. */
const restoreMessage =
  (part: string | undefined, whole: string | undefined) =>
  (exception: ParsedException): ParsedException =>
    exception.value === part && whole !== undefined ? { ...exception, value: whole } : exception

const hasFrames = ({ exceptions }: Parsed): boolean =>
  exceptions.some(({ frames }) => frames.length > 0)

const withoutFrames = ({ type, message }: Source): ParsedException => ({
  type: type ?? '',
  value: message ?? '',
  frames: [],
})

// transformations

/** Keeps at most `max` frames of each exception: one half the oldest, one half the newest. Leaves out the middle. */
export const limit =
  (max: number = DEFAULT_MAX_FRAMES) =>
  (exceptions: ReadonlyArray<ParsedException>): LimitedFrames => {
    let omitted = 0
    const limited = exceptions.map((exception) => {
      const excess = exception.frames.length - max
      if (excess <= 0) return exception
      omitted += excess
      return { ...exception, frames: withoutMiddle(exception.frames, max) }
    })
    return { exceptions: limited, omitted }
  }

const withoutMiddle = (frames: ReadonlyArray<StackFrame>, max: number): Array<StackFrame> => {
  const oldest = Math.floor(max / 2)
  const newest = frames.length - (max - oldest)
  return [...frames.slice(0, oldest), ...frames.slice(newest)]
}
