/**
 * A moment: whole microseconds since 1970-01-01T00:00:00Z, as a number. Exact until the year 2255. Sentry keeps
 * microseconds and rounds away the rest (`relay-event-schema/src/protocol/types.rs` of getsentry/relay).
 */

// model

export type Micros = number & { readonly _brand: 'Micros' }

// constructors

/** Any number of microseconds; a fraction is cut off. */
export const of = (micros: number): Micros =>
  // A brand over a number that was just made whole.
  Math.trunc(micros) as Micros

export const zero: Micros = of(0)

// decoding

/**
 * From nanoseconds as OTLP sends them: decimal digits, or a number. The nanoseconds below a microsecond are cut
 * off. `undefined` for what is not a whole, non-negative number.
 */
export const fromNanos = (nanos: string | number): Micros | undefined => {
  if (typeof nanos === 'number') {
    return Number.isInteger(nanos) && nanos >= 0 ? of(nanos / 1000) : undefined
  }
  if (!DIGITS.test(nanos)) return undefined
  return nanos.length > 3 ? of(Number(nanos.slice(0, -3))) : zero
}

const DIGITS = /^\d{1,20}$/

// combinators

/** The later of two moments. */
export const max = (a: Micros, b: Micros): Micros => (a > b ? a : b)

// destructors

/**
 * Microseconds from one moment to another. Engines hold a whole number within 31 bits, here half an hour, without an object
 * of its own; of a difference of large ones they have to be told that it is one.
 */
export const between = (start: Micros, end: Micros): number => {
  const micros = end - start
  const small = micros | 0
  return small === micros ? small : micros
}

/**
 * Seconds since 1970, as Sentry takes them. The quotient prints with at most six decimals: at today's dates
 * neighbouring doubles lie closer together than microseconds do.
 */
export const toSeconds = (micros: Micros): number => micros / 1e6
