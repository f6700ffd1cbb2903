/** From the collected metrics of OpenTelemetry's JavaScript SDK to the metrics of the core, without OTLP between them. */
import type { MetricBatch } from '@sentry-exporter/core'
import * as Attributes from '@sentry-exporter/core/Attributes'
import * as Metric from '@sentry-exporter/core/Metric'
import type { Rejected } from '@sentry-exporter/core/Rejected'
import * as AttributeReader from './AttributeReader.ts'
import * as Findings from './Findings.ts'
import * as HrTime from './HrTime.ts'
import {
  type BucketsLike,
  type DataPointLike,
  type ExponentialHistogramLike,
  type HistogramLike,
  KINDS,
  type MetricLike,
  type ReadableMetrics,
  TEMPORALITIES,
} from './ReadableMetrics.ts'
import * as ResourceReader from './ResourceReader.ts'

// model

export interface MetricsReader {
  /** Never throws: a metric that cannot be read is among the rejected. */
  readonly read: (source: ReadableMetrics) => MetricBatch.MetricBatch
}

// constructors

/** A reader for the metrics of one program. `resourceAttributes` are for the resources that lack them. */
export const make = (
  resourceAttributes: Attributes.Attributes = Attributes.empty,
): MetricsReader => {
  const resources = ResourceReader.make(resourceAttributes)
  return {
    read: (source) => {
      const reading: Reading = { findings: Findings.start(), metrics: [], rejected: [] }
      try {
        readAll(reading, resources, source)
      } catch (error) {
        reading.rejected.push(rejectionOf('metrics', error))
      }
      const { findings, metrics, rejected } = reading
      return {
        metrics,
        rejected,
        repairs: Findings.repairs(findings),
        ...(findings.places.length === 0 ? {} : { invalidParts: findings.places }),
      }
    },
  }
}

/** The state of one call. */
interface Reading {
  readonly findings: Findings.Findings
  readonly metrics: Array<Metric.Metric>
  readonly rejected: Array<Rejected>
}

const rejectionOf = (path: string, error: unknown): Rejected => {
  const actual = Findings.show(error instanceof Error ? error.message : error)
  return { path, expected: 'a metric', actual }
}

// decoding

const readAll = (
  reading: Reading,
  resources: ResourceReader.ResourceReader,
  source: ReadableMetrics,
): void => {
  const { findings } = reading
  const resource = resources.resource(findings, source.resource)
  for (const [i, scopeMetrics] of source.scopeMetrics.entries()) {
    const scope = resources.scope(findings, scopeMetrics.scope)
    for (const [j, metric] of scopeMetrics.metrics.entries()) {
      const list = `scopeMetrics[${i}].metrics`
      const known = findings.places.length
      try {
        const { name, unit = '' } = metric.descriptor
        const data = dataOf(findings, metric)
        reading.metrics.push({ name, unit, data, resource, scope })
      } catch (error) {
        reading.rejected.push(rejectionOf(`${list}[${j}]`, error))
      }
      Findings.inside(findings, known, list, j)
    }
  }
}

const dataOf = (findings: Findings.Findings, source: MetricLike): Metric.MetricData => {
  const { dataPointType, dataPoints, isMonotonic = false } = source
  const temporality = source.aggregationTemporality === TEMPORALITIES.delta ? 'delta' : 'cumulative'
  const read = <A>(value: (fields: Metric.MetricPoint, point: DataPointLike) => A): Array<A> =>
    dataPoints.map((point, k) => value(pointOf(findings, point, `.dataPoints[${k}]`), point))
  switch (dataPointType) {
    case KINDS.gauge:
      return { _tag: 'Gauge', points: read(numberOf) }
    case KINDS.sum:
      return { _tag: 'Sum', temporality, isMonotonic, points: read(numberOf) }
    case KINDS.histogram:
      return { _tag: 'Histogram', temporality, points: read(histogramOf) }
    case KINDS.exponentialHistogram:
      return { _tag: 'ExponentialHistogram', temporality, points: read(exponentialOf) }
    default:
      throw new TypeError(`an unknown kind: ${String(dataPointType)}`)
  }
}

const pointOf = (
  findings: Findings.Findings,
  { attributes, endTime, startTime }: DataPointLike,
  path: string,
): Metric.MetricPoint => ({
  attributes: AttributeReader.attributes(findings, attributes, `${path}.attributes`),
  startMicros: HrTime.toMicros(findings, startTime, `${path}.startTime`),
  timeMicros: HrTime.toMicros(findings, endTime, `${path}.endTime`),
  timeNanos: HrTime.nanosAfter(endTime),
})

const numberOf = (fields: Metric.MetricPoint, { value }: DataPointLike): Metric.NumberPoint =>
  Metric.numberPoint(typeof value === 'number' ? value : Number.NaN, fields)

const histogramOf = (
  fields: Metric.MetricPoint,
  { value }: DataPointLike,
): Metric.HistogramPoint => {
  // The kind of its metric.
  const { buckets, count, sum, min, max } = value as HistogramLike
  const { boundaries: bounds, counts: bucketCounts } = buckets
  return Metric.histogramPoint({
    ...fields,
    count,
    ...extremesOf({ count, sum, min, max }),
    bounds,
    bucketCounts,
  })
}

const exponentialOf = (
  fields: Metric.MetricPoint,
  { value }: DataPointLike,
): Metric.ExponentialPoint => {
  // As above.
  const source = value as ExponentialHistogramLike
  const { count, scale, zeroCount } = source
  return Metric.exponentialPoint({
    ...fields,
    ...{ count, scale, zeroCount },
    ...extremesOf(source),
    positive: bucketsOf(source.positive),
    negative: bucketsOf(source.negative),
  })
}

type Extremes = Pick<HistogramLike, 'count' | 'max' | 'min' | 'sum'>

/** SDKs have infinite extremes before the first measurement. */
const extremesOf = ({ sum, min, max }: Extremes): Omit<Extremes, 'count'> => ({
  sum: finite(sum),
  min: finite(min),
  max: finite(max),
})

const finite = (value: number | undefined): number | undefined =>
  Number.isFinite(value) ? value : undefined

const bucketsOf = ({ offset, bucketCounts }: BucketsLike): Metric.ExponentialBuckets => ({
  offset,
  counts: bucketCounts,
})
