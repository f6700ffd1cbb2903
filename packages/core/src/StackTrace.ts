/**
 * The text of `exception.stacktrace` becomes frames, whichever language wrote it.
 *
 * The parser is chosen by `telemetry.sdk.language`, then by what the text looks like. Usable alone: nothing here
 * knows of spans or of Sentry's envelopes.
 */
import type { ExceptionValue, Mechanism } from './ExceptionValue.ts'
import type { ParsedException } from './ParsedException.ts'
import type { StackFrame } from './StackFrame.ts'
import * as Cpp from './StackTrace/Cpp.ts'
import * as DotNet from './StackTrace/DotNet.ts'
import * as Elixir from './StackTrace/Elixir.ts'
import * as Erlang from './StackTrace/Erlang.ts'
import * as Firefox from './StackTrace/Firefox.ts'
import * as Go from './StackTrace/Go.ts'
import * as Jvm from './StackTrace/Jvm.ts'
import type { Parser, Source } from './StackTrace/Parser.ts'
import * as Php from './StackTrace/Php.ts'
import * as PhpOtel from './StackTrace/PhpOtel.ts'
import * as Python from './StackTrace/Python.ts'
import * as Ruby from './StackTrace/Ruby.ts'
import * as Rust from './StackTrace/Rust.ts'
import * as Safari from './StackTrace/Safari.ts'
import * as Swift from './StackTrace/Swift.ts'
import * as V8 from './StackTrace/V8.ts'

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
 * Reads the exceptions out of a text. Total: a text without frames gives the exception of the attributes, without
 * frames. Linear in the text.
 */
export const parse = (source: Source): StackTrace => {
  const text = source.stacktrace.replace(/^\ufeff/, '')
  const read = parseText({ ...source, stacktrace: text })
  if (hasFrames(read) || /[\r\n]/.test(text)) return read
  const unescaped = text.replace(/\\(?:r\\)?n/g, '\n').replaceAll('\\t', '\t')
  const second = parseText({ ...source, stacktrace: unescaped })
  return hasFrames(second) ? second : read
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

// destructors

/** The list for Sentry's `exception.values`: the oldest cause first, what was thrown last. */
export const toValues =
  (handled: boolean | undefined) =>
  (exceptions: ReadonlyArray<ParsedException>): ReadonlyArray<ExceptionValue> => {
    const groups = new Set(exceptions.filter(isMember).map(({ parent }) => parent))
    return exceptions
      .map((exception, id) => {
        const mechanism = mechanismOf(exception, id, exceptions.length)
        return {
          type: exception.type,
          value: exception.value,
          ...(exception.frames.length > 0 ? { stacktrace: { frames: exception.frames } } : {}),
          mechanism: {
            ...mechanism,
            ...(id === 0 && handled !== undefined ? { handled } : {}),
            ...(groups.has(id) || isGroup(exception) ? { is_exception_group: true as const } : {}),
          },
        }
      })
      .reverse()
  }

/** In the order they are tried, where more than one reads the same language or signature. */
const parsers: ReadonlyArray<Parser> = [
  Python.parser,
  Jvm.parser,
  DotNet.parser,
  Go.parser,
  Rust.parser,
  Swift.parser,
  Cpp.parser,
  V8.browser,
  V8.parser,
  Safari.parser,
  Firefox.parser,
  PhpOtel.parser,
  Php.parser,
  Erlang.parser,
  Elixir.parser,
  Ruby.parser,
]

const parseText = (source: Source): StackTrace => {
  const named = parsers.filter(({ languages }) => languages.includes(source.language ?? ''))
  const looksLike = ({ recognises }: Parser): boolean => recognises(source.stacktrace)
  const others = parsers.filter((parser) => !named.includes(parser))
  const inOrder = [...named.filter(looksLike), ...named, ...others.filter(looksLike)]
  for (const parser of new Set(inOrder)) {
    const read = { platform: parser.platform, exceptions: parser.parse(source) }
    if (hasFrames(read)) return read
  }
  const first = inOrder[0]
  return first === undefined
    ? { platform: 'other', exceptions: [withoutFrames(source)] }
    : { platform: first.platform, exceptions: first.parse(source) }
}

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

const mechanismOf = (
  { parent, relation }: ParsedException,
  id: number,
  count: number,
): Mechanism => ({
  type: id === 0 ? 'generic' : relation === 'suppressed' ? relation : 'chained',
  ...(relation === undefined ? {} : { source: relation.replace(/\s+/g, '_') }),
  ...(count > 1 ? { exception_id: id } : {}),
  ...(parent === undefined ? {} : { parent_id: parent }),
})

/** A member of an `AggregateException`, an `ExceptionGroup` or an `AggregateError`. */
const isMember = ({ relation }: ParsedException): boolean =>
  /^(?:exceptions|errors|InnerExceptions)\[/.test(relation ?? '')

const isGroup = ({ type }: ParsedException): boolean =>
  /(?:^|\.)(?:(?:Base)?ExceptionGroup|AggregateError|AggregateException)$/.test(type)
