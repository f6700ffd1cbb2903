/**
 * Recorded requests made new: all times shifted so that the newest end is now, and all ids derived again from a salt.
 * Sentry takes no transaction of last month, and drops an event whose id it has seen within the hour.
 */
import * as SpanId from '@sentry-exporter/core/SpanId'
import * as TraceId from '@sentry-exporter/core/TraceId'

// model

export interface Renewal {
  /** The same salt gives the same ids. */
  readonly salt: string
  readonly nowMillis: number
}

const NANOS = /"(\w*[uU]nixNano)":\s*"(\d{10,})"/g

const ID = /"(traceId|spanId|parentSpanId)":\s*"([0-9a-fA-F]+)"/g

const NANOS_PER_MILLI = 1_000_000n

// transformations

/** Requests of OTLP JSON with the same trees, the same durations and the same links between traces; with other ids and times. */
export const renew =
  ({ salt, nowMillis }: Renewal) =>
  (requests: ReadonlyArray<string>): ReadonlyArray<string> => {
    const newest = requests
      .flatMap((text) => [...text.matchAll(NANOS)].map(([, , nanos = '0']) => BigInt(nanos)))
      .reduce((a, b) => (a > b ? a : b), 0n)
    const shift = BigInt(nowMillis) * NANOS_PER_MILLI - newest
    const idOf = (key: string, id: string): string =>
      key === 'traceId' ? TraceId.fromContent([salt, id]) : SpanId.fromContent([salt, id])
    return requests.map((text) =>
      text
        .replace(NANOS, (_whole, key, nanos) => `"${key}":"${BigInt(nanos) + shift}"`)
        .replace(ID, (_whole, key, id) => `"${key}":"${idOf(key, id.toLowerCase())}"`),
    )
  }
