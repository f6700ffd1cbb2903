/**
 * The pure decision when a failed attempt is repeated: exponential backoff with full jitter, bounded by a number of attempts
 * and a total time. A delay that the server asks for (`Retry-After`) is a lower bound of the wait.
 *
 * Full jitter, so that clients that failed together do not retry together.
 *
 * @example
 * ```ts
 * import * as RetryPlan from '@sentry-exporter/transport/RetryPlan'
 * import * as TransportError from '@sentry-exporter/transport/TransportError'
 *
 * const error = TransportError.unreachable('ECONNRESET')
 * const failure = { error, attempts: 3, elapsedMillis: 5_000, nowMillis: 0, random: 0.5 }
 * console.log(RetryPlan.waitMillis(RetryPlan.defaults)(failure)) // 2000
 * ```
 */
import * as RetryAfter from '@sentry-exporter/envelope/RetryAfter'
import * as Range from './Range.ts'
import * as TransportError from './TransportError.ts'

// model

export interface RetryPlan {
  /** Includes the first attempt; 1 for no retry. */
  readonly maxAttempts: number
  /** No attempt starts later than this after the first one. */
  readonly maxElapsedMillis: number
  /** The upper bound of the first wait; it doubles with each attempt. */
  readonly firstWaitMillis: number
  /** The largest upper bound of a wait. */
  readonly longestWaitMillis: number
  /**
   * Whether an envelope whose copies the server cannot recognise, one with logs or metrics, is also repeated if the server may have taken it.
   * It then stores, and bills, both.
   */
  readonly mayDuplicate: boolean
}

/** A failed attempt. */
export interface Situation {
  readonly error: TransportError.TransportError
  /** Attempts so far: at least 1. */
  readonly attempts: number
  /** Since the start of the first attempt. */
  readonly elapsedMillis: number
  /** The date, for a `Retry-After` that is one. */
  readonly nowMillis: number
  /** At least 0, less than 1. */
  readonly random: number
  /** Whether the server recognises a copy of the envelope: by the id of its event. True if left out. */
  readonly isRecognised?: boolean | undefined
}

// constructors

/** Two minutes at most, 45 seconds on average: enough for a deployment of the server or a short network failure. */
export const defaults: RetryPlan = {
  maxAttempts: 8,
  maxElapsedMillis: 120_000,
  firstWaitMillis: 1_000,
  longestWaitMillis: 30_000,
  mayDuplicate: false,
}

/** The same plan with each number within its range. A number that is NaN or missing is that of `defaults`. */
export const bounded = (plan: RetryPlan): RetryPlan => ({
  maxAttempts: Range.clamp(Range.count, defaults.maxAttempts)(plan.maxAttempts),
  maxElapsedMillis: Range.clamp(Range.millis, defaults.maxElapsedMillis)(plan.maxElapsedMillis),
  firstWaitMillis: Range.clamp(Range.millis, defaults.firstWaitMillis)(plan.firstWaitMillis),
  longestWaitMillis: Range.clamp(Range.millis, defaults.longestWaitMillis)(plan.longestWaitMillis),
  mayDuplicate: plan.mayDuplicate === true,
})

// folds

/** From 1 ms to the longest time of a timer. */
const MAX_DOUBLINGS = 31

/** Milliseconds to wait before the next attempt, within `Range.millis`; `undefined` to give up. */
export const waitMillis = (given: RetryPlan): ((situation: Situation) => number | undefined) => {
  const plan = bounded(given)
  return ({ error, attempts, elapsedMillis, nowMillis, random, isRecognised = true }) => {
    if (attempts >= plan.maxAttempts || !TransportError.isRetryable(error)) return undefined
    const isSafe = isRecognised || plan.mayDuplicate || TransportError.isUntaken(error)
    if (!isSafe) return undefined
    const longest = plan.firstWaitMillis * 2 ** Math.min(attempts - 1, MAX_DOUBLINGS)
    const bound = Math.min(plan.longestWaitMillis, longest)
    const wait = Math.max(Math.floor(random * bound), retryAfterMillis(error, nowMillis))
    return elapsedMillis + wait > plan.maxElapsedMillis ? undefined : wait
  }
}

const retryAfterMillis = (error: TransportError.TransportError, nowMillis: number): number =>
  error._tag === 'Refused' && error.answer.retryAfter !== undefined
    ? (RetryAfter.parse(error.answer.retryAfter, nowMillis) ?? 0)
    : 0
