/** Reads the stack of a recorded exception. */
import type { ParsedException } from '@sentry-exporter/stacktrace/ParsedException'
import { parsers } from '@sentry-exporter/stacktrace/parsers'
import * as StackTrace from '@sentry-exporter/stacktrace/StackTrace'
import type { RecordedException } from './RecordedException.ts'

// model

export interface Read {
  /** Sentry's name of the platform that the text belongs to. */
  readonly platform: string
  readonly exceptions: ReadonlyArray<ParsedException>
  /** Whether the exceptions say all that the text said. */
  readonly isWhole: boolean
}

// destructors

/** The exceptions, the outermost first: each has a type or a value, as Sentry wants it. */
export const readStack = (thrown: RecordedException): Read => {
  const { type, message, stack, causes, language } = thrown
  const text = stack === '' ? causes.join('\n') : stack
  const read = StackTrace.parse(parsers)({
    type: type === '' ? undefined : type,
    message: message === '' ? undefined : message,
    stacktrace: text,
    language,
  })
  const hasFrames = read.exceptions.some(({ frames }) => frames.length > 0)
  const chained = hasFrames ? read.exceptions : [...read.exceptions, ...causes.map(ofCause)]
  const named = chained
    .slice(0, MAX_EXCEPTIONS)
    .map((one) => (one.type === '' && one.value === '' ? { ...one, type: 'Error' } : one))
  const { exceptions, cut } = StackTrace.limit()(named)
  return {
    platform: read.platform,
    exceptions,
    isWhole: stack === '' || (cut === 0 && hasFrames && chained.length === exceptions.length),
  }
}

/** What the SDKs of Sentry for the web keep of a chain is 5; more than this is a loop. */
const MAX_EXCEPTIONS = 50

/** Rust's `tracing` sends the texts of what an error came from in place of a stack. */
const ofCause = (value: string, index: number): ParsedException => ({
  type: '',
  value,
  frames: [],
  parent: index,
  relation: 'source',
})
