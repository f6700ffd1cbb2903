/** The kinds of metrics, and how messages name them and their parts. Source: `opentelemetry/proto/metrics/v1/metrics.proto`. */
import type { MetricData, Temporality } from '@sentry-exporter/core/Metric'

// model

export type MetricKind = MetricData['_tag']

/** The paths of a metric's data, relative to the metric. */
export const paths: Readonly<Record<MetricKind, string>> = /* @__PURE__ */ Object.freeze({
  Gauge: '.gauge',
  Sum: '.sum',
  Histogram: '.histogram',
  ExponentialHistogram: '.exponentialHistogram',
  Summary: '.summary',
})

/** The shape of a metric, for messages. */
export const SHAPE = 'a metric with one of gauge, sum, histogram, exponentialHistogram and summary'

export const TEMPORALITY_SHAPE = 'delta (1) or cumulative (2)'

/** The shape of a point of a gauge or a sum, and of an exemplar. */
export const NUMBER_SHAPE = 'asInt or asDouble'

/** The first bit of a point's flags. */
const NO_RECORDED_VALUE = 1

// guards

/** Whether the flags of a point state that it has no value. */
export const hasNoValue = (flags: number): boolean => (flags & NO_RECORDED_VALUE) !== 0

// decoding

/** `undefined` for an unspecified one, and for numbers of later versions. */
export const temporality = (number: number): Temporality | undefined => {
  if (number === 1) return 'delta'
  return number === 2 ? 'cumulative' : undefined
}
