/**
 * Decodes one metric of a request, with its points. A point that cannot be read is lost, and the metric keeps the others. A metric
 * of no known kind, or without the temporality that its kind needs, is lost with all its points; one without points is left out.
 *
 * Source: `opentelemetry/proto/metrics/v1/metrics.proto`.
 */
import type * as Metric from '@sentry-exporter/core/Metric'
import type { Resource } from '@sentry-exporter/core/Resource'
import type { Scope } from '@sentry-exporter/core/Scope'
import * as MetricKind from '../metric/MetricKind.ts'
import * as Cursor from './Cursor.ts'
import { describeValue } from './describeValue.ts'
import * as HistogramDecoder from './HistogramDecoder.ts'
import * as PointDecoder from './PointDecoder.ts'
import * as Scalar from './Scalar.ts'

// model

const KINDS: ReadonlyMap<string, MetricKind.MetricKind> = new Map([
  ['gauge', 'Gauge'],
  ['sum', 'Sum'],
  ['histogram', 'Histogram'],
  ['exponentialHistogram', 'ExponentialHistogram'],
  ['exponential_histogram', 'ExponentialHistogram'],
  ['summary', 'Summary'],
])

const TEMPORALITIES = ['UNSPECIFIED', 'DELTA', 'CUMULATIVE'] as const

/** The data of a metric whose points are not decoded yet. */
interface RawData {
  readonly kind: MetricKind.MetricKind
  readonly fields: Scalar.JsonFields
  readonly points: ReadonlyArray<unknown>
}

// decoding

/**
 * A metric with at least one point; else `undefined`, with the losses in the cursor: all points in the failure, or each one
 * in `rejected`. Paths start at the metric.
 */
export const decode = (
  cursor: Cursor.Cursor,
  value: unknown,
  resource: Resource,
  scope: Scope,
): Metric.Metric | undefined => {
  if (!Scalar.isFields(value)) {
    Cursor.fail(cursor, '', 'a metric', value)
    return undefined
  }
  const raw = rawData(cursor, value)
  const data = raw === undefined ? undefined : dataOf(cursor, raw)
  if (data === undefined || data.points.length === 0) return undefined
  return {
    name: Scalar.text(cursor, value['name'], '.name'),
    unit: Scalar.text(cursor, value['unit'], '.unit'),
    data,
    resource,
    scope,
  }
}

/** The key of the metric's data. The last one wins, as in protobuf. */
export const kindKeyIn = (value: Scalar.JsonFields): string | undefined => {
  let found: string | undefined
  for (const key in value) if (KINDS.has(key) && !Scalar.isAbsent(value[key])) found = key
  return found
}

/** `undefined` if there are no points, or with the failure in the cursor. */
const rawData = (cursor: Cursor.Cursor, value: Scalar.JsonFields): RawData | undefined => {
  const key = kindKeyIn(value) ?? ''
  const kind = KINDS.get(key)
  if (kind === undefined) {
    const actual = describeValue(value)
    Cursor.reject(cursor, { path: '', expected: MetricKind.SHAPE, actual })
    return undefined
  }
  const path = MetricKind.paths[kind]
  const fields = value[key]
  if (!Scalar.isFields(fields)) {
    Cursor.fail(cursor, path, 'an object', fields)
    return undefined
  }
  const points = fields['dataPoints'] ?? fields['data_points']
  if (Array.isArray(points)) return { kind, fields, points }
  if (!Scalar.isAbsent(points)) Cursor.fail(cursor, `${path}.dataPoints`, 'an array', points)
  return undefined
}

const dataOf = (cursor: Cursor.Cursor, raw: RawData): Metric.MetricData | undefined => {
  switch (raw.kind) {
    case 'Gauge':
      return { _tag: raw.kind, points: pointsOf(cursor, raw, PointDecoder.number) }
    case 'Summary':
      return { _tag: raw.kind, points: pointsOf(cursor, raw, PointDecoder.summary) }
    default:
      return raw.points.length === 0 ? undefined : dataWithTemporality(cursor, raw, raw.kind)
  }
}

const dataWithTemporality = (
  cursor: Cursor.Cursor,
  raw: RawData,
  kind: 'Sum' | 'Histogram' | 'ExponentialHistogram',
): Metric.MetricData | undefined => {
  const { fields } = raw
  const path = MetricKind.paths[kind]
  const value = fields['aggregationTemporality'] ?? fields['aggregation_temporality']
  const number = Scalar.enumNumber(value, 'AGGREGATION_TEMPORALITY_', TEMPORALITIES)
  const temporality = MetricKind.temporality(number ?? 0)
  if (temporality === undefined) {
    Cursor.fail(cursor, `${path}.aggregationTemporality`, MetricKind.TEMPORALITY_SHAPE, value)
    return undefined
  }
  switch (kind) {
    case 'Sum':
      return {
        _tag: kind,
        temporality,
        isMonotonic: isMonotonic(cursor, fields['isMonotonic'] ?? fields['is_monotonic']),
        points: pointsOf(cursor, raw, PointDecoder.number),
      }
    case 'Histogram': {
      const points = pointsOf(cursor, raw, HistogramDecoder.histogram)
      return { _tag: kind, temporality, points }
    }
    case 'ExponentialHistogram': {
      const points = pointsOf(cursor, raw, HistogramDecoder.exponential)
      return { _tag: kind, temporality, points }
    }
  }
}

const isMonotonic = (cursor: Cursor.Cursor, value: unknown): boolean => {
  if (typeof value === 'boolean') return value
  if (!Scalar.isAbsent(value)) Cursor.skip(cursor, '.sum.isMonotonic', 'a boolean', value)
  return false
}

/** The points that can be read. The others are in `rejected`. */
const pointsOf = <A>(
  cursor: Cursor.Cursor,
  { kind, points }: RawData,
  decodePoint: (cursor: Cursor.Cursor, value: Scalar.JsonFields) => A | undefined,
): ReadonlyArray<A> => {
  const path = MetricKind.paths[kind]
  const found: Array<A> = []
  for (let i = 0; i < points.length; i++) {
    const before = Cursor.mark(cursor)
    const value = points[i]
    const point = Scalar.isFields(value) ? decodePoint(cursor, value) : undefined
    if (point !== undefined) found.push(point)
    else {
      if (!Scalar.isFields(value)) Cursor.fail(cursor, '', 'an object', value)
      Cursor.losePoint(cursor, `${path}.dataPoints[${i}]`, before)
    }
    if (cursor.places.length > before.places) {
      Cursor.inside(cursor, before.places, `${path}.dataPoints[${i}]`)
    }
  }
  return found
}
