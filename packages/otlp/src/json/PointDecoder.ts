/**
 * Decodes the points of gauges, sums and summaries, and the facts that all points have. A value of a point that cannot be read
 * costs the point; an attribute, a time, the flags or an exemplar costs itself.
 */
import type * as Metric from '@sentry-exporter/core/Metric'
import * as checkPoint from '../metric/checkPoint.ts'
import * as MetricKind from '../metric/MetricKind.ts'
import * as AnyValue from './AnyValue.ts'
import * as Cursor from './Cursor.ts'
import * as ExemplarDecoder from './ExemplarDecoder.ts'
import * as PointValue from './PointValue.ts'
import * as Scalar from './Scalar.ts'

// decoding

/** A point of a gauge or a sum; `undefined` with the failure in the cursor. */
export const number = (
  cursor: Cursor.Cursor,
  value: Scalar.JsonFields,
): Metric.NumberPoint | undefined => {
  const own = facts(cursor, value)
  const found =
    own.hasNoValue === true && !PointValue.hasNumber(value)
      ? Number.NaN
      : PointValue.number(cursor, value)
  if (found === undefined) return undefined
  return { ...own, value: found, exemplars: ExemplarDecoder.decodeAll(cursor, value['exemplars']) }
}

/** A point of a summary; `undefined` with the failure in the cursor. */
export const summary = (
  cursor: Cursor.Cursor,
  value: Scalar.JsonFields,
): Metric.SummaryPoint | undefined => {
  const own = facts(cursor, value)
  const count = PointValue.count(cursor, value['count'], '.count')
  const sum = PointValue.double(cursor, value['sum'], '.sum') ?? 0
  const quantiles = quantilesOf(cursor, value['quantileValues'] ?? value['quantile_values'])
  Cursor.reject(cursor, checkPoint.checkQuantiles(quantiles))
  return cursor.failure === undefined ? { ...own, count, sum, quantiles } : undefined
}

const quantilesOf = (cursor: Cursor.Cursor, value: unknown): ReadonlyArray<Metric.Quantile> => {
  const found: Array<Metric.Quantile> = []
  const values = PointValue.list(cursor, value, '.quantileValues')
  for (let i = 0; i < values.length && cursor.failure === undefined; i++) {
    const one = values[i]
    const path = `.quantileValues[${i}]`
    if (Scalar.isFields(one)) {
      found.push({
        quantile: PointValue.double(cursor, one['quantile'], `${path}.quantile`) ?? 0,
        value: PointValue.double(cursor, one['value'], `${path}.value`) ?? 0,
      })
    } else Cursor.fail(cursor, path, 'an object', one)
  }
  return found
}

/** The facts that points of all kinds have. */
export const facts = (cursor: Cursor.Cursor, value: Scalar.JsonFields): Metric.MetricPoint => {
  const start = value['startTimeUnixNano'] ?? value['start_time_unix_nano']
  const time = value['timeUnixNano'] ?? value['time_unix_nano']
  return {
    attributes: AnyValue.attributes(cursor, value['attributes'], '.attributes'),
    doubles: cursor.doubles,
    startMicros: Scalar.time(cursor, start, '.startTimeUnixNano'),
    timeMicros: Scalar.time(cursor, time, '.timeUnixNano'),
    timeNanos: Scalar.nanosAfter(time),
    hasNoValue: MetricKind.hasNoValue(Scalar.uint32(cursor, value['flags'], '.flags') ?? 0),
  }
}
