/**
 * Which metrics are sent, and how many of their points: each is paid for.
 *
 * @example
 * ```ts
 * import { MetricRules } from '@sentry-exporter/core/pipeline'
 *
 * const rules = { ...MetricRules.defaults, intervalMillis: 60_000 }
 * console.log(rules.maxSeries) // 10000
 * ```
 */

// model

export interface MetricRules {
  /** Whether a metric is sent, by its name. */
  readonly isSent: (name: string) => boolean
  /** A series has at most one item in this time, except for histograms: points in between are added up. 0 for no limit. */
  readonly intervalMillis: number
  /** Points of further series are left out. A series that had no point for one to two hours is no longer counted. */
  readonly maxSeries: number
  /** Buckets of one point of a histogram; neighbours are put together. */
  readonly maxBuckets: number
}

// constructors

export const defaults: MetricRules = /* @__PURE__ */ Object.freeze({
  isSent: () => true,
  intervalMillis: 0,
  maxSeries: 10_000,
  maxBuckets: 32,
})
