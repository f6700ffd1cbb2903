/**
 * A moment: an integer number of microseconds since 1970-01-01T00:00:00Z. Exact until the year 2255. Sentry keeps
 * microseconds and rounds finer times (`relay-event-schema/src/protocol/types.rs` of getsentry/relay).
 *
 * @example
 * ```ts
 * import { Micros } from '@sentry-exporter/core'
 *
 * console.log(Micros.fromNanos('1700000000123456789')) // 1700000000123456
 * console.log(Micros.fromDate(new Date('2023-11-14T22:13:20Z'))) // 1700000000000000
 * console.log(Micros.toSeconds(Micros.of(1_700_000_000_123_456))) // 1700000000.123456
 * ```
 */

// model

export type Micros = number & { readonly _brand: 'Micros' }

const DIGITS = /^\d{1,20}$/

// constructors

/** From any number of microseconds; a fraction is cut off. */
export const of = (micros: number): Micros =>
  // The number was just made an integer, which is all that the brand means.
  Math.trunc(micros) as Micros

export const zero: Micros = of(0)

/** From milliseconds since 1970, as `Date.now()` gives them; a fraction finer than a microsecond is cut off. */
export const fromMillis = (millis: number): Micros => of(millis * 1000)

/** From a date; `NaN` for an invalid one. */
export const fromDate = (date: Date): Micros => fromMillis(date.getTime())

// guards

/** The first second of the year 10000. */
const MAX_MICROS = 253_402_300_800e6

/** Whether the server reads it as a time: a number after the start of 1970 and not beyond the year 9999. */
export const isKnown = (micros: number): boolean => micros > 0 && micros <= MAX_MICROS

// decoding

/**
 * From nanoseconds as OTLP sends them: decimal digits, or a number. Digits finer than a microsecond are cut off.
 * `undefined` for any value that is not a non-negative integer.
 */
export const fromNanos = (nanos: string | number): Micros | undefined => {
  if (typeof nanos === 'number') {
    return Number.isInteger(nanos) && nanos >= 0 ? of(nanos / 1000) : undefined
  }
  if (!DIGITS.test(nanos)) return undefined
  return nanos.length > 3 ? of(Number(nanos.slice(0, -3))) : zero
}

/** From the two halves of 64 bits with nanoseconds since 1970, as fixed64 has them; a fraction finer than a microsecond is cut off. */
export const fromNanoWords = (high: number, low: number): Micros => {
  // 2^32 is no multiple of 1000: the remainder of the high half is divided with the low half.
  const quotient = Math.floor(high / 1000)
  const rest = (high - quotient * 1000) * 2 ** 32 + low
  return of(quotient * 2 ** 32 + Math.floor(rest / 1000))
}

// encoding

/**
 * Seconds since 1970, as Sentry expects them. The quotient prints with at most six decimals: at present dates neighbouring
 * doubles are less than a microsecond apart.
 */
export const toSeconds = (micros: Micros): number => micros / 1e6

// folds

/** The later of two moments. */
export const max = (a: Micros, b: Micros): Micros => (a > b ? a : b)

/**
 * Microseconds from one moment to another. V8 stores an integer of 31 bits, here half an hour, without a heap object;
 * for a difference of larger numbers it does so only after `| 0`.
 */
export const between = (start: Micros, end: Micros): number => {
  const micros = end - start
  const small = micros | 0
  return small === micros ? small : micros
}
