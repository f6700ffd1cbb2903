/**
 * The text of `exception.stacktrace` becomes frames, whichever language wrote it.
 *
 * The parser is chosen by `telemetry.sdk.language`, then by what the text looks like. Usable alone: nothing here
 * knows of spans or of Sentry's envelopes.
 */
import type { ParsedException } from './ParsedException.ts'
import type { Parser, Source } from './Parser.ts'
import type { StackFrame } from './StackFrame.ts'
import * as Bounds from './text/limitLength.ts'

// model

export interface StackTrace {
  /** Sentry's name of the platform; `other` where neither the language nor the text tells it. */
  readonly platform: string
  /** The outermost first: what was thrown, then what it came from. Never empty. */
  readonly exceptions: ReadonlyArray<ParsedException>
}

/** A stack trace within its limit of frames. */
export interface Limited {
  readonly exceptions: ReadonlyArray<ParsedException>
  /** How many frames were left out, in all exceptions together. */
  readonly cut: number
}

// decoding

/**
 * Reads the exceptions out of a text with the first of the parsers that finds frames. Total: a text without frames
 * gives the exception of the attributes, without frames. Linear in the text.
 */
export const parse =
  (parsers: ReadonlyArray<Parser>) =>
  (source: Source): StackTrace => {
    const bounded = Bounds.within(source)
    const stacktrace = bounded.stacktrace.replace(/^\ufeff/, '')
    const read = parseText(parsers, { ...bounded, stacktrace })
    const whole = hasFrames(read) ? read : (parseEscaped(parsers, bounded) ?? read)
    if (bounded.message === source.message) return whole
    return {
      ...whole,
      exceptions: whole.exceptions.map(withMessage(bounded.message, source.message)),
    }
  }

// combinators

/** Keeps at most `max` frames of each exception: the newest half and the oldest, cutting what is between. */
export const limit =
  (max = 100) =>
  (exceptions: ReadonlyArray<ParsedException>): Limited => {
    let cut = 0
    const limited = exceptions.map((exception) => {
      const excess = exception.frames.length - max
      if (excess <= 0) return exception
      cut += excess
      return { ...exception, frames: withoutMiddle(exception.frames, max) }
    })
    return { exceptions: limited, cut }
  }

const parseText = (parsers: ReadonlyArray<Parser>, source: Source): StackTrace => {
  const { language, stacktrace: text } = source
  const ends =
    text.length <= 2 * MAX_LOOK ? text : `${text.slice(0, MAX_LOOK)}\n${text.slice(-MAX_LOOK)}`
  const looksLike = ({ recognises }: Parser): boolean => recognises(ends)
  const named = parsers.filter(({ languages }) => languages.includes(language ?? ''))
  const likely = named.filter(looksLike)
  const read =
    firstWithFrames(source, new Set([...likely, ...named])) ??
    firstWithFrames(
      source,
      parsers.filter((parser) => !named.includes(parser) && looksLike(parser)),
    )
  if (read !== undefined) return read
  const fallback = likely[0] ?? named[0]
  return fallback === undefined
    ? { platform: 'other', exceptions: [withoutFrames(source)] }
    : { platform: fallback.platform, exceptions: fallback.parse(source) }
}

/** What a text looks like can be seen from so many characters at each end. */
const MAX_LOOK = 16_384

const firstWithFrames = (source: Source, tried: Iterable<Parser>): StackTrace | undefined => {
  for (const { platform, parse: read } of tried) {
    const exceptions = read(source)
    if (hasFrames({ platform, exceptions })) return { platform, exceptions }
  }
  return undefined
}

/** Some pipelines write line breaks as `\\n`. */
const parseEscaped = (parsers: ReadonlyArray<Parser>, source: Source): StackTrace | undefined => {
  if (/[\r\n]/.test(source.stacktrace)) return undefined
  const stacktrace = source.stacktrace.replace(/\\(?:r\\)?n/g, '\n').replaceAll('\\t', '\t')
  const read = parseText(parsers, { ...source, stacktrace })
  return hasFrames(read) ? read : undefined
}

/** Puts the whole message back where it was read in part. */
const withMessage =
  (part: string | undefined, whole: string | undefined) =>
  (exception: ParsedException): ParsedException =>
    exception.value === part && whole !== undefined ? { ...exception, value: whole } : exception

const hasFrames = ({ exceptions }: StackTrace): boolean =>
  exceptions.some(({ frames }) => frames.length > 0)

const withoutFrames = ({ type, message }: Source): ParsedException => ({
  type: type ?? '',
  value: message ?? '',
  frames: [],
})

const withoutMiddle = (frames: ReadonlyArray<StackFrame>, max: number): Array<StackFrame> => {
  const oldest = Math.floor(max / 2)
  const newest = frames.length - (max - oldest)
  return [...frames.slice(0, oldest), ...frames.slice(newest)]
}
