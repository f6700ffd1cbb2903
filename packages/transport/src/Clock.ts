/**
 * Time and random numbers, as arguments: code that waits or draws a random number takes a `Clock`.
 *
 * @example
 * ```ts
 * import { systemClock, withDeadline } from '@sentry-exporter/transport/Clock'
 *
 * const work = new Promise((resolve) => setTimeout(resolve, 1))
 * console.log(await withDeadline(systemClock, 1_000)(work)) // true
 * ```
 */
import type * as IO from '#fp-ts/IO'
import type * as T from '#fp-ts/Task'
import * as Range from './Range.ts'

// model

export interface Clock {
  /** Milliseconds since 1970. May jump in both directions when the clock is set. */
  readonly now: IO.IO<number>
  /** Milliseconds since any moment; goes on evenly whatever happens to `now`. Without it waiting is measured with `now`. */
  readonly monotonic?: IO.IO<number> | undefined
  /** Resolves after `millis`. Keeps the process alive. */
  readonly sleep: (millis: number) => T.Task<void>
  /**
   * Calls `callback` once after `millis`; returns a function that cancels the timer. The timer does not keep the process
   * alive unless `keepAlive` is true. Callers keep `millis` within `Range.millis`.
   */
  readonly setTimer: (millis: number, callback: IO.IO<void>, options?: TimerOptions) => Cancel
  /** A random number: at least 0, less than 1. */
  readonly random: IO.IO<number>
}

export interface TimerOptions {
  readonly keepAlive?: boolean | undefined
}

/** Cancels a timer or removes a listener. A second call does nothing. */
export type Cancel = IO.IO<void>

// constructors

/** Every runtime has them; declared here since this package knows no runtime. */
declare const setTimeout: (callback: () => void, millis: number) => Timer | number
declare const clearTimeout: (timer: Timer | number) => void

/** Absent from some old runtimes. */
declare const performance: { readonly now?: () => number } | undefined

/** Node's timers are objects; `unref` lets the process end before the timer fires. */
interface Timer {
  readonly unref?: () => void
}

/** A time that is no number is not waited for. */
const timerMillis = Range.clamp(Range.millis, 0)

/**
 * The clock of the runtime. This is the only value of the package that uses the runtime's clock, timers and random numbers.
 * Times above the longest one of a timer (24.8 days) are shortened to it.
 */
export const systemClock: Clock = {
  now: () => Date.now(),
  ...(typeof performance !== 'undefined' && typeof performance.now === 'function'
    ? { monotonic: () => performance?.now?.() ?? 0 }
    : {}),
  sleep: (millis) => () => new Promise((resolve) => setTimeout(resolve, timerMillis(millis))),
  setTimer: (millis, callback, { keepAlive = false } = {}) => {
    const timer = setTimeout(callback, timerMillis(millis))
    if (!keepAlive && typeof timer === 'object') timer.unref?.()
    return () => clearTimeout(timer)
  },
  random: () => Math.random(),
}

// running

/**
 * A stopwatch for waiting: it starts at the present time of the clock, and never goes back. With a clock that has only `now`, a
 * jump back counts as no time, and what passes after it counts.
 */
export const stopwatch = (clock: Pick<Clock, 'now' | 'monotonic'>): IO.IO<number> => {
  // A copy of the system clock with another `now` is a clock of its own.
  const isMixed = clock.monotonic === systemClock.monotonic && clock.now !== systemClock.now
  const source = isMixed ? clock.now : (clock.monotonic ?? clock.now)
  let millis = clock.now()
  let last = source()
  return () => {
    const next = source()
    if (next > last) millis += next - last
    if (Number.isFinite(next)) last = next
    return millis
  }
}

/** The time limit of a caller who gives none. */
export const DEFAULT_DEADLINE_MILLIS = 30_000

/** A deadline within the range of timers: `DEFAULT_DEADLINE_MILLIS` for NaN and for what is no number. */
export const deadlineMillis: (millis: unknown) => number = Range.clamp(
  Range.millis,
  DEFAULT_DEADLINE_MILLIS,
)

/**
 * Waits for `work`, at most `deadlineMillis(millis)`, or without a limit if `millis` is `Infinity`; gives whether it settled in
 * time. Its result or error is ignored. The process stays alive meanwhile.
 */
export const withDeadline =
  (clock: Pick<Clock, 'setTimer'>, millis?: number) =>
  (work: Promise<unknown>): Promise<boolean> =>
    new Promise((resolve) => {
      const cancel =
        millis === Number.POSITIVE_INFINITY
          ? () => undefined
          : clock.setTimer(deadlineMillis(millis), () => resolve(false), { keepAlive: true })
      const settle = (): void => {
        cancel()
        resolve(true)
      }
      work.then(settle, settle)
    })
