/**
 * The rules by which recorded exceptions become errors: which of them, how their stacks are parsed, and how they are
 * grouped.
 *
 * @example
 * ```ts
 * import { ErrorRules } from '@sentry-exporter/core'
 * import { parsers } from '@sentry-exporter/stacktrace'
 *
 * const rules = ErrorRules.make({ parsers, ignoreErrors: [/^Flaky/] })
 * console.log(rules.errors) // failed
 * console.log(ErrorRules.ignores(rules, { type: 'FlakyError', message: 'again' })) // true
 * ```
 */

import type { Parser } from '@sentry-exporter/stacktrace/Parser'
import type { RecordedException } from '../exception/RecordedException.ts'
import { frozen } from '../internal/frozen.ts'
import type { ErrorEvent } from '../sentry/ErrorEvent.ts'

// model

export interface ErrorRules {
  /**
   * `failed`: exceptions that failed their span (status ERROR) or left it (`exception.escaped`). `all`: every exception.
   * `unhandled`: those that left their span, and those of an entry span with status ERROR. `none`: no exception. An
   * exception that does not become an error becomes a breadcrumb.
   */
  readonly errors: 'failed' | 'all' | 'unhandled' | 'none'
  /**
   * A string equals the whole type or message of an exception to ignore; an expression matches a part of either. The type is
   * that of the error event, the same with its module, or the recorded one.
   */
  readonly ignoreErrors: ReadonlyArray<string | RegExp>
  /** Whether a span with status ERROR becomes an error if neither it nor a descendant recorded an exception. */
  readonly errorsFromStatus: boolean
  /**
   * The parts by which Sentry groups an error; `undefined` leaves the grouping to Sentry. The part `{{ default }}` means
   * Sentry's own grouping.
   */
  readonly fingerprint: (error: ErrorEvent) => ReadonlyArray<string> | undefined
  /**
   * The parsers of stack traces, in the order in which they are tried. They are data, so that a bundle contains only the
   * parsers in this list. `defaultErrorRules` has those of all languages.
   */
  readonly parsers: ReadonlyArray<Parser>
}

// constructors

/** Exceptions used as control flow: redirects, not-found pages, cancellations, ends of iterators. */
export const CONTROL_FLOW: ReadonlyArray<string | RegExp> = /* @__PURE__ */ frozen([
  // Next.js
  /^NEXT_(?:REDIRECT|NOT_FOUND|HTTP_ERROR_FALLBACK)(?:;|$)/,
  // cancelled calls: the web, Python, Kotlin (whose own name for it is that of Java), Swift, Go
  'AbortError',
  'asyncio.CancelledError',
  'asyncio.exceptions.CancelledError',
  'CancelledError',
  'kotlinx.coroutines.JobCancellationException',
  'java.util.concurrent.CancellationException',
  'CancellationError',
  'ABORT_ERR',
  // Go adds its cause behind the message of an error.
  /(?:^|[:=] )context canceled$/,
  // the ends of Python's iterators
  'GeneratorExit',
  'StopIteration',
  'StopAsyncIteration',
])

/** The default of each rule but the parsers. */
export const defaults: Omit<ErrorRules, 'parsers'> = /* @__PURE__ */ frozen({
  errors: 'failed',
  ignoreErrors: CONTROL_FLOW,
  errorsFromStatus: false,
  fingerprint: () => undefined,
})

/** Rules with these parsers; a rule that is not given has its default. Expressions are copied: theirs may be shared or frozen. */
export const make = (rules: Pick<ErrorRules, 'parsers'> & Partial<ErrorRules>): ErrorRules => ({
  ...defaults,
  ...rules,
  ignoreErrors: (rules.ignoreErrors ?? defaults.ignoreErrors).map(copyOf),
})

const copyOf = (ignored: string | RegExp): string | RegExp =>
  typeof ignored === 'string' ? ignored : new RegExp(ignored.source, ignored.flags)

// guards

/** Whether an exception never becomes an error. */
export const ignores = (
  { ignoreErrors }: Pick<ErrorRules, 'ignoreErrors'>,
  { type, message }: Pick<RecordedException, 'type' | 'message'>,
): boolean =>
  ignoreErrors.some((ignored) =>
    typeof ignored === 'string'
      ? ignored === type || ignored === message
      : // Not `test`, which starts where the last match of a global expression ended.
        type.search(ignored) >= 0 || message.search(ignored) >= 0,
  )
