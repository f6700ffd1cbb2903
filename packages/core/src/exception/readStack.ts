/** Parses the stack of a recorded exception. */
import type { ParsedException } from '@sentry-exporter/stacktrace/ParsedException'
import type { Parser } from '@sentry-exporter/stacktrace/Parser'
import * as StackTrace from '@sentry-exporter/stacktrace/StackTrace'
import type { RecordedException } from './RecordedException.ts'

// model

export interface ReadStack {
  /** Sentry's name of the platform that the text belongs to. */
  readonly platform: string
  /** The outermost first: the thrown exception, then its causes. Each has a type or a value, as Sentry requires. */
  readonly exceptions: ReadonlyArray<ParsedException>
  /** Whether the exceptions hold everything that the text holds. */
  readonly isWhole: boolean
}

// constructors

/** Sentry's SDKs for the web keep 5 exceptions of a chain; a chain longer than this is a loop. */
const MAX_EXCEPTIONS = 50

/** Parses with these parsers only. */
export const readStack = (
  parsers: ReadonlyArray<Parser>,
): ((exception: RecordedException) => ReadStack) => {
  const parse = StackTrace.parse(parsers)
  const limit = StackTrace.limit()
  return ({ type, message, stack, causes, language }) => {
    const read = parse({
      type: type === '' ? undefined : type,
      message: message === '' ? undefined : message,
      stacktrace: stack === '' ? causes.join('\n') : stack,
      language,
    })
    const hasFrames = read.exceptions.some(({ frames }) => frames.length > 0)
    const chained = hasFrames ? read.exceptions : [...read.exceptions, ...causes.map(ofCause)]
    const named = chained
      .slice(0, MAX_EXCEPTIONS)
      .map((one) => (one.type === '' && one.value === '' ? { ...one, type: 'Error' } : one))
    const { exceptions, omitted } = limit(named)
    return {
      platform: read.platform,
      exceptions,
      isWhole:
        stack === '' ||
        (read.isWhole && omitted === 0 && hasFrames && chained.length === exceptions.length),
    }
  }
}

/** Rust's `tracing` sends the texts of the causes of an error in place of a stack. */
const ofCause = (value: string, index: number): ParsedException => ({
  type: '',
  value,
  frames: [],
  parent: index,
  relation: 'source',
})
