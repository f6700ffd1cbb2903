/** Which of the recorded exceptions become errors, and how they are grouped. */

import type { RecordedException } from '../exception/RecordedException.ts'
import type { ErrorEvent } from '../sentry/ErrorEvent.ts'

// model

export interface ErrorRules {
  /**
   * `failed`: those that failed their span (status ERROR) or left it (`exception.escaped`). `all`. `unhandled`: those that
   * left their span, and those of an entry span with status ERROR. `none`. What becomes no error is a breadcrumb.
   */
  readonly errors: 'failed' | 'all' | 'unhandled' | 'none'
  /**
   * Exceptions that are no errors: a text that is all of their type or message, or an expression that is found in
   * either.
   */
  readonly ignoreErrors: ReadonlyArray<string | RegExp>
  /** Whether a span with status ERROR, below which no exception was recorded, is an error of its own. */
  readonly errorsFromStatus: boolean
  /** How Sentry shall group an error; `undefined` leaves it to Sentry. `{{ default }}` in it stands for Sentry's own. */
  readonly fingerprint: (error: ErrorEvent) => ReadonlyArray<string> | undefined
}

// constructors

/** What programs throw to steer themselves: redirects, answers without a page, calls that were called off. */
export const CONTROL_FLOW: ReadonlyArray<string | RegExp> = [
  // Next.js
  /^NEXT_(?:REDIRECT|NOT_FOUND|HTTP_ERROR_FALLBACK)(?:;|$)/,
  // calls that were called off: the web, Python, Kotlin, Go
  'AbortError',
  'asyncio.CancelledError',
  'asyncio.exceptions.CancelledError',
  'CancelledError',
  'kotlinx.coroutines.JobCancellationException',
  'context canceled',
  // the ends of Python's iterators
  'GeneratorExit',
  'StopIteration',
  'StopAsyncIteration',
]

export const defaults: ErrorRules = {
  errors: 'failed',
  ignoreErrors: CONTROL_FLOW,
  errorsFromStatus: false,
  fingerprint: () => undefined,
}

// guards

/** Whether an exception is none of those that become errors. */
export const ignores = (
  { ignoreErrors }: ErrorRules,
  { type, message }: Pick<RecordedException, 'type' | 'message'>,
): boolean =>
  ignoreErrors.some((ignored) =>
    typeof ignored === 'string'
      ? ignored === type || ignored === message
      : type.search(ignored) >= 0 || message.search(ignored) >= 0,
  )
