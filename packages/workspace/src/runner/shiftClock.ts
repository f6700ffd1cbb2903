/**
 * A module for `node --import`: `Date` counts from the date in the variable `SENTRY_EXPORTER_CLOCK`, at which the first process
 * starts. Processes that this one starts get the same clock. Timers and `performance.now` are not changed.
 */

/** A date that `Date.parse` reads: `2036-01-01`. */
const DATE = 'SENTRY_EXPORTER_CLOCK'

/** The difference to the real time, which all processes of one run share. */
const SHIFT = 'SENTRY_EXPORTER_CLOCK_SHIFT_MILLIS'

const shiftClock = (shiftMillis: number): void => {
  const RealDate = globalThis.Date
  const realNow = RealDate.now
  // A property like any other, so that a test may replace it.
  RealDate.now = () => realNow() + shiftMillis
  const now = (): number => RealDate.now()
  const ShiftedDate = new Proxy(RealDate, {
    // Called without `new`, `Date` ignores its arguments and returns a text.
    apply: () => new RealDate(now()).toString(),
    construct: (_date, values, newTarget) =>
      Reflect.construct(RealDate, values.length === 0 ? [now()] : values, newTarget),
  })
  globalThis.Date = ShiftedDate
  // `new date.constructor()` is shifted too.
  RealDate.prototype.constructor = ShiftedDate
}

const { [DATE]: date = '', [SHIFT]: known } = process.env
const shiftMillis = known === undefined ? Date.parse(date) - Date.now() : Number(known)
if (!Number.isFinite(shiftMillis)) throw new Error(`${DATE}: "${date}" is not a date`)
process.env[SHIFT] = String(shiftMillis)
shiftClock(shiftMillis)
