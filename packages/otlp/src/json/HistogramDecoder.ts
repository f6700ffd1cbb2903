/** Decodes the points of histograms of both kinds. A value that cannot be read costs the point. */
import * as Metric from '@sentry-exporter/core/Metric'
import * as checkPoint from '../metric/checkPoint.ts'
import * as Cursor from './Cursor.ts'
import * as ExemplarDecoder from './ExemplarDecoder.ts'
import * as PointDecoder from './PointDecoder.ts'
import * as PointValue from './PointValue.ts'
import * as Scalar from './Scalar.ts'

// decoding

/** `undefined` with the failure in the cursor. */
export const histogram = (
  cursor: Cursor.Cursor,
  value: Scalar.JsonFields,
): Metric.HistogramPoint | undefined => {
  const own = distribution(cursor, value)
  const rawBounds = value['explicitBounds'] ?? value['explicit_bounds']
  const bounds = PointValue.doubles(cursor, rawBounds, '.explicitBounds')
  const bucketCounts = countsIn(cursor, value, '.bucketCounts')
  Cursor.reject(cursor, checkPoint.checkBuckets(bounds, bucketCounts))
  if (cursor.failure !== undefined) return undefined
  const exemplars = ExemplarDecoder.decodeAll(cursor, value['exemplars'])
  return { ...own, bounds, bucketCounts, exemplars }
}

/** The same for an exponential histogram. */
export const exponential = (
  cursor: Cursor.Cursor,
  value: Scalar.JsonFields,
): Metric.ExponentialPoint | undefined => {
  const own = distribution(cursor, value)
  const scale = PointValue.int32(cursor, value['scale'], '.scale')
  const rawZeroCount = value['zeroCount'] ?? value['zero_count']
  const zeroCount = PointValue.count(cursor, rawZeroCount, '.zeroCount')
  const rawThreshold = value['zeroThreshold'] ?? value['zero_threshold']
  const zeroThreshold = PointValue.double(cursor, rawThreshold, '.zeroThreshold') ?? 0
  const positive = buckets(cursor, value['positive'], '.positive')
  const negative = buckets(cursor, value['negative'], '.negative')
  Cursor.reject(cursor, checkPoint.checkScale(scale))
  Cursor.reject(cursor, checkPoint.checkZeroThreshold(zeroThreshold))
  if (cursor.failure !== undefined) return undefined
  const exemplars = ExemplarDecoder.decodeAll(cursor, value['exemplars'])
  return { ...own, scale, zeroCount, zeroThreshold, positive, negative, exemplars }
}

/** The facts of both kinds, but the exemplars. */
const distribution = (
  cursor: Cursor.Cursor,
  value: Scalar.JsonFields,
): Omit<Metric.Distribution, 'exemplars'> => ({
  ...PointDecoder.facts(cursor, value),
  count: PointValue.count(cursor, value['count'], '.count'),
  sum: PointValue.double(cursor, value['sum'], '.sum'),
  min: PointValue.double(cursor, value['min'], '.min'),
  max: PointValue.double(cursor, value['max'], '.max'),
})

const buckets = (
  cursor: Cursor.Cursor,
  value: unknown,
  path: string,
): Metric.ExponentialBuckets => {
  if (Scalar.isFields(value)) {
    return {
      offset: PointValue.int32(cursor, value['offset'], `${path}.offset`),
      counts: countsIn(cursor, value, `${path}.bucketCounts`),
    }
  }
  if (!Scalar.isAbsent(value)) Cursor.fail(cursor, path, 'an object', value)
  return Metric.noBuckets
}

const countsIn = (
  cursor: Cursor.Cursor,
  value: Scalar.JsonFields,
  path: string,
): ReadonlyArray<number> =>
  PointValue.counts(cursor, value['bucketCounts'] ?? value['bucket_counts'], path)
