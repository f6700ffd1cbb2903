/**
 * The times that the server accepts. It drops other transactions without an answer, and gives other errors the time at which
 * they arrive. Times are shifted into the window by whole days, so that the time of day stays and the shift does not depend on
 * the moment of sending.
 *
 * Source: `relay-event-normalization/src/validation.rs` and `relay-config/src/config.rs` of getsentry/relay: for transactions
 * five days of the past, for errors ninety, for both a minute of the future. The windows of Sentry's own service are not known.
 */

// model

/** Microseconds since 1970. */
export interface ServerWindow {
  readonly fromMicros: number
  readonly toMicros: number
}

// constructors

const MICROS_PER_SECOND = 1e6

const HOUR = 3_600 * MICROS_PER_SECOND

export const DAY_MICROS: number = 24 * HOUR

/** For the time that spans wait and envelopes are retried: without it, an accepted time could be too old when it is sent. */
const MARGIN = 3 * HOUR

const SPARE = 12 * HOUR

const FUTURE = 30 * MICROS_PER_SECOND

const ofDays =
  (days: number) =>
  (acceptedMillis: number): ServerWindow => ({
    fromMicros: acceptedMillis * 1_000 - days * DAY_MICROS + MARGIN,
    toMicros: acceptedMillis * 1_000 + FUTURE,
  })

/** For transactions of a request that was accepted at this time. */
export const ofTransactions: (acceptedMillis: number) => ServerWindow = ofDays(5)

/** The same for errors. */
export const ofErrors: (acceptedMillis: number) => ServerWindow = ofDays(90)

// guards

/** Whether milliseconds count from 1970. A machine without a clock gives zero, and a test may count from any time. */
export const isClock = (millis: number): boolean => millis >= MIN_MILLIS

/** The year 2001. */
const MIN_MILLIS = 1e12

export const contains = (
  { fromMicros, toMicros }: ServerWindow,
  firstMicros: number,
  lastMicros: number,
): boolean => firstMicros >= fromMicros && lastMicros <= toMicros

// folds

/**
 * The whole days by which a range must be shifted to be in the window, with half a day to spare where the window has it, so
 * that the rest of a trace fits with the same shift. `undefined` if no shift is enough.
 */
export const daysInto = (
  { fromMicros, toMicros }: ServerWindow,
  firstMicros: number,
  lastMicros: number,
): number | undefined => {
  const min = Math.ceil((fromMicros - firstMicros) / DAY_MICROS)
  const max = Math.floor((toMicros - lastMicros) / DAY_MICROS)
  if (min > max) return undefined
  if (min > 0) {
    const isNear = firstMicros + min * DAY_MICROS < fromMicros + SPARE
    return isNear ? Math.min(min + 1, max) : min
  }
  if (max >= 0) return 0
  const isNear = lastMicros + max * DAY_MICROS > toMicros - SPARE
  return isNear ? Math.max(max - 1, min) : max
}

/** The nearest time in the window. */
export const clamp = ({ fromMicros, toMicros }: ServerWindow, micros: number): number =>
  Math.min(toMicros, Math.max(fromMicros, micros))
