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

const DIGIT_0 = 0x30

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
    // A division of doubles would round up.
    return Number.isInteger(nanos) && nanos >= 0 ? of(Number(BigInt(nanos) / 1000n)) : undefined
  }
  const micros = presentMicros(nanos)
  if (micros >= 0) return of(micros)
  if (!DIGITS.test(nanos)) return undefined
  return nanos.length > 3 ? of(Number(nanos.slice(0, -3))) : zero
}

/** The microseconds of a moment from 2001 to 2286, whose nanoseconds have 19 digits; -1 for any other text. */
const presentMicros = (nanos: string): number => {
  // hot: twice for each span. Two halves of eight digits fit into 31 bits.
  if (typeof nanos !== 'string' || nanos.length !== 19) return -1
  const high = digitsIn(nanos, 0, 8)
  const low = digitsIn(nanos, 8, 16)
  return high < 0 || low < 0 || digitsIn(nanos, 16, 19) < 0 ? -1 : high * 1e8 + low
}

/** The number of the decimal digits from one index to another; -1 if there is another character. */
const digitsIn = (text: string, from: number, to: number): number => {
  let number = 0
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - DIGIT_0
    if (digit < 0 || digit > 9) return -1
    number = 10 * number + digit
  }
  return number
}

/** From the two halves of 64 bits with nanoseconds since 1970, as fixed64 has them; a fraction finer than a microsecond is cut off. */
export const fromNanoWords = (high: number, low: number): Micros => {
  // 2^32 is no multiple of 1000: the remainder of the high half is divided with the low half.
  const quotient = Math.floor(high / 1000)
  const rest = (high - quotient * 1000) * 2 ** 32 + low
  return of(quotient * 2 ** 32 + Math.floor(rest / 1000))
}

/** The nanoseconds that `fromNanos` cuts off: 0 to 999. 0 for any value that is no time. */
export const nanosAfter = (nanos: string | number): number => {
  if (typeof nanos === 'number') return Number.isInteger(nanos) && nanos >= 0 ? nanos % 1000 : 0
  return DIGITS.test(nanos) ? Number(nanos.slice(-3)) : 0
}

/** The nanoseconds that `fromNanoWords` cuts off: 0 to 999. */
export const nanosAfterWords = (high: number, low: number): number =>
  // 2^32 is 296 modulo 1000.
  ((high % 1000) * 296 + low) % 1000

// encoding

/**
 * Seconds since 1970, as Sentry expects them. The quotient prints with at most six decimals: at present dates neighbouring
 * doubles are less than a microsecond apart.
 */
export const toSeconds = (micros: Micros): number => micros / 1e6

/** Nanoseconds since 1970 in decimal digits. `nanos` is from 0 to 999. */
export const toNanos = (micros: Micros, nanos: number): string =>
  `${micros}${String(nanos).padStart(3, '0')}`

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
