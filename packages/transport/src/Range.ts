/**
 * Ranges of whole numbers: the one rule for times, counts and sizes that users give. Options outside of their range are refused;
 * arguments of functions are moved into it.
 *
 * Law: `clamp` gives a number of the range for any value.
 *
 * @example
 * ```ts
 * import { Range } from '@sentry-exporter/transport'
 *
 * console.log(Range.has(Range.timeLimit)(3_000_000_000), Range.show(Range.timeLimit)) // false a whole number from 1 to 2147483647
 * const toMillis = Range.clamp(Range.millis, 30_000)
 * console.log(toMillis(-1), toMillis(Number.POSITIVE_INFINITY), toMillis('soon')) // 0 2147483647 30000
 * ```
 */

// model

/** Both ends belong to the range. */
export interface Range {
  readonly min: number
  readonly max: number
}

// constructors

/** Timers of many runtimes count in 31 bits: after more milliseconds they fire at once. */
export const MAX_TIMER_MILLIS: number = 2 ** 31 - 1

/** A time to wait. */
export const millis: Range = { min: 0, max: MAX_TIMER_MILLIS }

/** A time limit of a request. */
export const timeLimit: Range = { min: 1, max: MAX_TIMER_MILLIS }

/** A number of things, or a size in bytes. */
export const count: Range = { min: 1, max: Number.MAX_SAFE_INTEGER }

// guards

/** Whether a value is a whole number of the range. */
export const has =
  ({ min, max }: Range) =>
  (value: unknown): value is number =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max

// encoding

/** `a whole number from 1 to 2147483647`. The largest safe integer is not named. */
export const show = ({ min, max }: Range): string =>
  `a whole number from ${min}${max === Number.MAX_SAFE_INTEGER ? '' : ` to ${max}`}`

// transformations

/** The nearest number of the range, also for infinite numbers; `fallback` for NaN and for other values than numbers. */
export const clamp =
  ({ min, max }: Range, fallback: number) =>
  (value: unknown): number =>
    typeof value !== 'number' || Number.isNaN(value)
      ? fallback
      : Math.min(Math.max(value, min), max)
