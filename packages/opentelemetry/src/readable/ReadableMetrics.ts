/**
 * The collected metrics of OpenTelemetry's JavaScript SDK, by the fields that are read. Sources: `ResourceMetrics` of
 * `@opentelemetry/sdk-metrics` 1.30, 2.12 and 3.1.
 */
import type { HrTimeLike, ResourceLike, ScopeLike } from './ReadableSpan.ts'

// model

export interface ReadableMetrics {
  readonly resource: ResourceLike
  readonly scopeMetrics: ReadonlyArray<ScopeMetricsLike>
}

interface ScopeMetricsLike {
  readonly scope: ScopeLike
  readonly metrics: ReadonlyArray<MetricLike>
}

export interface MetricLike {
  readonly descriptor: { readonly name: string; readonly unit?: string | undefined }
  /** As in `TEMPORALITIES`. */
  readonly aggregationTemporality: number
  /** As in `KINDS`. */
  readonly dataPointType: number
  /** Of sums. */
  readonly isMonotonic?: boolean | undefined
  readonly dataPoints: ReadonlyArray<DataPointLike>
}

export interface DataPointLike {
  readonly startTime: HrTimeLike
  readonly endTime: HrTimeLike
  readonly attributes: object
  /** A number, or a histogram of the kind of its metric. */
  readonly value: unknown
}

export interface HistogramLike {
  readonly buckets: {
    readonly boundaries: ReadonlyArray<number>
    readonly counts: ReadonlyArray<number>
  }
  readonly count: number
  readonly sum?: number | undefined
  readonly min?: number | undefined
  readonly max?: number | undefined
}

export interface ExponentialHistogramLike {
  readonly count: number
  readonly sum?: number | undefined
  readonly min?: number | undefined
  readonly max?: number | undefined
  readonly scale: number
  readonly zeroCount: number
  readonly positive: BucketsLike
  readonly negative: BucketsLike
}

export interface BucketsLike {
  readonly offset: number
  readonly bucketCounts: ReadonlyArray<number>
}

/** The numbers of `DataPointType`. */
export const KINDS = { histogram: 0, exponentialHistogram: 1, gauge: 2, sum: 3 } as const

/** The numbers of `AggregationTemporality`. */
export const TEMPORALITIES = { delta: 0, cumulative: 1 } as const
