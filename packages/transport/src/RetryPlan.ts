/**
 * When a failed attempt is repeated, as a pure decision: full jitter below a bound that doubles, within a number of attempts
 * and a time. A server that says when to come again (`Retry-After`) is not asked earlier.
 *
 * Why full jitter: clients that failed together must not come back together.
 */
import * as RetryAfter from '@sentry-exporter/envelope/RetryAfter'
import * as TransportError from './TransportError.ts'

// model

export interface RetryPlan {
  /** With the first one; 1 for no retry. */
  readonly maxAttempts: number
  /** No attempt starts later than this after the first one. */
  readonly maxElapsedMillis: number
  /** The bound of the first wait; it doubles with each. */
  readonly firstWaitMillis: number
  /** No bound is larger. */
  readonly longestWaitMillis: number
}

/** What is known after an attempt failed. */
export interface Situation {
  readonly error: TransportError.TransportError
  /** Attempts so far: at least 1. */
  readonly attempts: number
  /** Since the first attempt began. */
  readonly elapsedMillis: number
  readonly nowMillis: number
  /** At least 0, less than 1. */
  readonly random: number
}

// constructors

/** About two minutes at most, 45 seconds on average: long enough for a deployment, and for a network that comes back. */
export const defaults: RetryPlan = {
  maxAttempts: 8,
  maxElapsedMillis: 120_000,
  firstWaitMillis: 1_000,
  longestWaitMillis: 30_000,
}

// destructors

/** Milliseconds to wait before the next attempt; `undefined` to give up. */
export const waitMillis =
  (plan: RetryPlan) =>
  ({ error, attempts, elapsedMillis, nowMillis, random }: Situation): number | undefined => {
    if (attempts >= plan.maxAttempts || !TransportError.isRetryable(error)) return undefined
    const bound = Math.min(plan.longestWaitMillis, plan.firstWaitMillis * 2 ** (attempts - 1))
    const wait = Math.max(Math.floor(random * bound), askedMillis(error, nowMillis))
    return elapsedMillis + wait > plan.maxElapsedMillis ? undefined : wait
  }

const askedMillis = (error: TransportError.TransportError, nowMillis: number): number =>
  error._tag === 'Refused' && error.answer.retryAfter !== undefined
    ? (RetryAfter.parse(error.answer.retryAfter, nowMillis) ?? 0)
    : 0
