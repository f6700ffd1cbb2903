/**
 * The fields that OpenTelemetry's samplers write into a trace state: the probability with which a trace was kept, and the
 * random number that decided. Source: opentelemetry.io/docs/specs/otel/trace/tracestate-probability-sampling, and the older
 * `tracestate-probability-sampling-experimental` for `p` and `r`.
 *
 * @example
 * ```ts
 * import { TraceState } from '@sentry-exporter/core'
 *
 * console.log(TraceState.sampleRate('vendor=x,ot=th:8')) // 0.5
 * console.log(TraceState.sampleRate('vendor=x')) // undefined
 * ```
 */
import type { TraceId } from './TraceId.ts'

/** The maximum number of list members in W3C Trace Context. */
const MAX_ENTRIES = 32

/** Hexadecimal digits of a number of 56 bits. */
const DIGITS = 14

/** Hexadecimal digits that a double represents exactly. The last digit is ignored: it changes a rate by less than 2^-52. */
const EXACT_DIGITS = 13

const HEX = /^[0-9a-f]{1,14}$/

const POWER = /^\d{1,2}$/

/** The value 63 means that the probability is not known. */
const MAX_POWER = 62

const NO_FIELDS: ReadonlyMap<string, string> = new Map()

// decoding

/** The probability with which the trace was kept so far, in (0, 1]; `undefined` if it is not known. */
export const sampleRate = (traceState: string): number | undefined => {
  if (traceState === '') return undefined
  const fields = fieldsOf(traceState)
  const threshold = HEX.exec(fields.get('th') ?? '')?.[0]
  if (threshold !== undefined) return 1 - fraction(threshold)
  const power = POWER.exec(fields.get('p') ?? '')?.[0]
  return power === undefined || Number(power) > MAX_POWER ? undefined : 2 ** -Number(power)
}

/**
 * The random number of a trace, from 0 to 1, by which every sampler decides: a sampler keeps the trace if the number is at
 * least one minus its rate. From `rv`, else from `r` and the trace id, else from the last 56 bits of the trace id.
 */
export const randomness = (traceId: TraceId, traceState: string): number => {
  const fields = traceState === '' ? NO_FIELDS : fieldsOf(traceState)
  const value = fields.get('rv') ?? ''
  if (value.length === DIGITS && HEX.test(value)) return fraction(value.slice(0, EXACT_DIGITS))
  const ofId = fraction(traceId.slice(-DIGITS).slice(0, EXACT_DIGITS))
  const power = POWER.exec(fields.get('r') ?? '')?.[0]
  return power === undefined ? ofId : 1 - 2 ** -(Number(power) + 1) * (2 - ofId)
}

/** The fields of `ot=th:8;rv:...`. */
const fieldsOf = (traceState: string): ReadonlyMap<string, string> => {
  const entry = traceState
    .split(',', MAX_ENTRIES)
    .map((member) => member.trim())
    .find((member) => member.startsWith('ot='))
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

/** Hexadecimal digits as a number in [0, 1): the digits after the point. */
const fraction = (digits: string): number => Number.parseInt(digits, 16) / 16 ** digits.length
