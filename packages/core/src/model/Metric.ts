/**
 * An OpenTelemetry metric with its points, independent of any wire format.
 *
 * Source: OpenTelemetry, "Metrics data model"; `opentelemetry/proto/metrics/v1/metrics.proto`.
 *
 * @example
 * ```ts
 * import { Metric, Resource } from '@sentry-exporter/core'
 *
 * const metric = Metric.make({
 *   name: 'http.server.active_requests',
 *   unit: '{request}',
 *   resource: Resource.of({ 'service.name': 'shop' }),
 *   data: { _tag: 'Gauge', points: [Metric.numberPoint(3)] },
 * })
 * console.log(Metric.points(metric)) // 1
 * ```
 */
import * as Attributes from './Attributes.ts'
import * as Micros from './Micros.ts'
import * as Resource from './Resource.ts'
import * as Scope from './Scope.ts'
import type { SpanId } from './SpanId.ts'
import type { TraceId } from './TraceId.ts'

// model

export interface Metric {
  readonly name: string
  /** In UCUM: `ms`, `By`, `{request}`. Empty if there is none. */
  readonly unit: string
  readonly data: MetricData
  readonly resource: Resource.Resource
  /** The meter. */
  readonly scope: Scope.Scope
}

export type MetricData =
  | { readonly _tag: 'Gauge'; readonly points: ReadonlyArray<NumberPoint> }
  | {
      readonly _tag: 'Sum'
      readonly temporality: Temporality
      /** Whether it can only grow. */
      readonly isMonotonic: boolean
      readonly points: ReadonlyArray<NumberPoint>
    }
  | {
      readonly _tag: 'Histogram'
      readonly temporality: Temporality
      readonly points: ReadonlyArray<HistogramPoint>
    }
  | {
      readonly _tag: 'ExponentialHistogram'
      readonly temporality: Temporality
      readonly points: ReadonlyArray<ExponentialPoint>
    }
  | { readonly _tag: 'Summary'; readonly points: ReadonlyArray<SummaryPoint> }

/** `delta`: since the point before it. `cumulative`: since its start. */
export type Temporality = 'cumulative' | 'delta'

/** The facts that points of all kinds have. */
export interface MetricPoint {
  /** With the name, the unit, the resource and the meter, the identity of its series. */
  readonly attributes: Attributes.Attributes
  /** Keys of attributes that were sent as doubles and are whole numbers, as for `Resource.doubles`. */
  readonly doubles?: ReadonlyArray<string> | undefined
  /** When the counting began; zero if that is not known. */
  readonly startMicros: Micros.Micros
  /** When the value was read; zero if that is not known. */
  readonly timeMicros: Micros.Micros
  /** Nanoseconds after `timeMicros`, from 0 to 999; 0 if left out. */
  readonly timeNanos?: number | undefined
  /** The sender states that there was no value at this time (`NO_RECORDED_VALUE`); false if left out. */
  readonly hasNoValue?: boolean | undefined
}

export interface NumberPoint extends MetricPoint {
  /** May be infinite or not a number. */
  readonly value: number
  readonly exemplars: ReadonlyArray<Exemplar>
}

/** The facts of the points of both kinds of histograms. */
export interface Distribution extends MetricPoint {
  readonly count: number
  /** Left out if values may be negative, or if the sender did not add them up. */
  readonly sum?: number | undefined
  readonly min?: number | undefined
  readonly max?: number | undefined
  readonly exemplars: ReadonlyArray<Exemplar>
}

export interface HistogramPoint extends Distribution {
  /** The upper bounds of all buckets but the last, in ascending order. A bucket contains its upper bound. */
  readonly bounds: ReadonlyArray<number>
  /** One more than the bounds; empty if the sender has no buckets. */
  readonly bucketCounts: ReadonlyArray<number>
}

export interface ExponentialPoint extends Distribution {
  /** A bucket i covers the values above `base ** i` up to `base ** (i + 1)`, with `base = 2 ** (2 ** -scale)`. */
  readonly scale: number
  /** Values whose distance from zero is at most `zeroThreshold`. */
  readonly zeroCount: number
  readonly zeroThreshold: number
  readonly positive: ExponentialBuckets
  /** Of the absolute values. */
  readonly negative: ExponentialBuckets
}

export interface ExponentialBuckets {
  /** The number of the first bucket. */
  readonly offset: number
  readonly counts: ReadonlyArray<number>
}

export interface SummaryPoint extends MetricPoint {
  readonly count: number
  readonly sum: number
  readonly quantiles: ReadonlyArray<Quantile>
}

export type AnyPoint = MetricData['points'][number]

export interface Quantile {
  /** From 0, the minimum, to 1, the maximum. */
  readonly quantile: number
  readonly value: number
}

/** One measurement that went into a point, with the span in which it was made. */
export interface Exemplar {
  readonly value: number
  /** Zero if it is not known. */
  readonly timeMicros: Micros.Micros
  readonly timeNanos?: number | undefined
  readonly traceId: TraceId | undefined
  readonly spanId: SpanId | undefined
  /** Those that the point does not have. */
  readonly attributes: Attributes.Attributes
}

// constructors

export const noBuckets: ExponentialBuckets = /* @__PURE__ */ Object.freeze({
  offset: 0,
  counts: /* @__PURE__ */ Object.freeze([]),
})

const facts = {
  attributes: Attributes.empty,
  startMicros: Micros.zero,
  timeMicros: Micros.zero,
}

/** From the fields that matter; the others are empty. */
export const make = (fields: Pick<Metric, 'name' | 'data'> & Partial<Metric>): Metric => ({
  unit: '',
  resource: Resource.unknown,
  scope: Scope.unknown,
  ...fields,
})

/** A point of a gauge or a sum. */
export const numberPoint = (value: number, fields: Partial<NumberPoint> = {}): NumberPoint => ({
  value,
  ...facts,
  exemplars: [],
  ...fields,
})

/** A point of a histogram without buckets. */
export const histogramPoint = (fields: Partial<HistogramPoint> = {}): HistogramPoint => ({
  ...facts,
  count: 0,
  bounds: [],
  bucketCounts: [],
  exemplars: [],
  ...fields,
})

/** A point of an exponential histogram without buckets. */
export const exponentialPoint = (fields: Partial<ExponentialPoint> = {}): ExponentialPoint => ({
  ...facts,
  count: 0,
  scale: 0,
  zeroCount: 0,
  zeroThreshold: 0,
  positive: noBuckets,
  negative: noBuckets,
  exemplars: [],
  ...fields,
})

// transformations

/** Changes each point. */
export const mapPoints =
  (change: <A extends AnyPoint>(point: A) => A) =>
  (metric: Metric): Metric => ({ ...metric, data: withPoints(metric.data, change) })

const withPoints = (data: MetricData, change: <A extends AnyPoint>(point: A) => A): MetricData => {
  switch (data._tag) {
    case 'Gauge':
      return { ...data, points: data.points.map(change) }
    case 'Sum':
      return { ...data, points: data.points.map(change) }
    case 'Histogram':
      return { ...data, points: data.points.map(change) }
    case 'ExponentialHistogram':
      return { ...data, points: data.points.map(change) }
    case 'Summary':
      return { ...data, points: data.points.map(change) }
  }
}

/** The exemplars of a point; a summary has none. */
export const exemplarsOf = (point: AnyPoint): ReadonlyArray<Exemplar> =>
  'exemplars' in point ? point.exemplars : []

/** Changes the exemplars of a point. */
export const mapExemplars =
  (change: (exemplar: Exemplar) => Exemplar) =>
  <A extends AnyPoint>(point: A): A =>
    exemplarsOf(point).length === 0
      ? point
      : { ...point, exemplars: exemplarsOf(point).map(change) }

// folds

export const points = ({ data }: Metric): number => data.points.length
