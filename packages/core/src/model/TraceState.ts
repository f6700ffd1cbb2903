/**
 * What OpenTelemetry's samplers write into a trace state: with which probability a trace was kept, and the random number
 * that decided. Source: opentelemetry.io/docs/specs/otel/trace/tracestate-probability-sampling, and the older
 * `tracestate-probability-sampling-experimental` for `p` and `r`.
 */
import type { TraceId } from './TraceId.ts'

// destructors

/** The probability with which the trace came here, in (0, 1]; `undefined` where nothing tells. */
export const sampleRate = (traceState: string): number | undefined => {
  if (traceState === '') return undefined
  const fields = fieldsOf(traceState)
  const threshold = HEX.exec(fields.get('th') ?? '')?.[0]
  if (threshold !== undefined) return 1 - fraction(threshold)
  const power = POWER.exec(fields.get('p') ?? '')?.[0]
  // 63 says that nothing is known.
  return power === undefined || Number(power) > MAX_POWER ? undefined : 2 ** -Number(power)
}

/**
 * The random number of a trace, from 0 to 1, by which every sampler decides: the trace is kept where it is at least one
 * less the rate. From `rv`, else from `r` and the trace id, else from the last 56 bits of the trace id.
 */
export const randomness = (traceId: TraceId, traceState: string): number => {
  const fields = traceState === '' ? NO_FIELDS : fieldsOf(traceState)
  const value = fields.get('rv') ?? ''
  if (value.length === DIGITS && HEX.test(value)) return fraction(value.slice(0, EXACT))
  const ofId = fraction(traceId.slice(-DIGITS).slice(0, EXACT))
  const power = POWER.exec(fields.get('r') ?? '')?.[0]
  return power === undefined ? ofId : 1 - 2 ** -(Number(power) + 1) * (2 - ofId)
}

/** The fields of `ot=th:8;rv:...`. */
const fieldsOf = (traceState: string): ReadonlyMap<string, string> => {
  const entry = traceState
    .split(',', MAX_ENTRIES)
    .map((one) => one.trim())
    .find((one) => one.startsWith('ot='))
  return entry === undefined
    ? NO_FIELDS
    : new Map(
        entry
          .slice('ot='.length)
          .split(';')
          .map((field) => {
            const colon = field.indexOf(':')
            return [field.slice(0, colon), field.slice(colon + 1)]
          }),
      )
}

const NO_FIELDS: ReadonlyMap<string, string> = new Map()

/** W3C Trace Context allows as many. */
const MAX_ENTRIES = 32

/** Of a number of 56 bits. */
const DIGITS = 14

/** Digits that a number holds without rounding; the others decide nothing that a sampler could mean. */
const EXACT = 13

const HEX = /^[0-9a-f]{1,14}$/

const POWER = /^\d{1,2}$/

const MAX_POWER = 62

/** Digits after the point, with zeros behind them. */
const fraction = (digits: string): number => Number.parseInt(digits, 16) / 16 ** digits.length
