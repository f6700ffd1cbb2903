/**
 * The rules for the values of one point that its types do not state. The result is the first fault, at a path relative to the
 * point. Source: opentelemetry.io/docs/specs/otel/metrics/data-model; `opentelemetry/proto/metrics/v1/metrics.proto`.
 */
import type { Quantile } from '@sentry-exporter/core/Metric'
import type { Rejected } from '@sentry-exporter/core/Rejected'

// model

/** One bucket of scale -11 covers all doubles above 1. */
const MIN_SCALE = -11

/** Buckets of scale 52 are as narrow as doubles are exact. SDKs use at most 20. */
const MAX_SCALE = 52

// guards

/** The buckets of a histogram: bounds ascend, and there is one bucket more than bounds, or neither. */
export const checkBuckets = (
  bounds: ReadonlyArray<number>,
  counts: ReadonlyArray<number>,
): Rejected | undefined => {
  for (let i = 0; i < bounds.length; i++) {
    const bound = bounds[i] ?? Number.NaN
    const before = bounds[i - 1]
    if (Number.isNaN(bound) || (before !== undefined && !(bound > before))) {
      const expected = before === undefined ? 'a number' : `a number above ${before}`
      return { path: `.explicitBounds[${i}]`, expected, actual: String(bound) }
    }
  }
  const isComplete = counts.length === bounds.length + 1 || counts.length + bounds.length === 0
  return isComplete
    ? undefined
    : {
        path: '.bucketCounts',
        expected: `one more than the ${bounds.length} bounds`,
        actual: `${counts.length} counts`,
      }
}

export const checkScale = (scale: number): Rejected | undefined =>
  scale >= MIN_SCALE && scale <= MAX_SCALE
    ? undefined
    : {
        path: '.scale',
        expected: `an integer from ${MIN_SCALE} to ${MAX_SCALE}`,
        actual: String(scale),
      }

export const checkZeroThreshold = (threshold: number): Rejected | undefined =>
  threshold >= 0
    ? undefined
    : { path: '.zeroThreshold', expected: 'a number from 0', actual: String(threshold) }

export const checkQuantiles = (quantiles: ReadonlyArray<Quantile>): Rejected | undefined => {
  const index = quantiles.findIndex(({ quantile }) => !(quantile >= 0 && quantile <= 1))
  return index < 0
    ? undefined
    : {
        path: `.quantileValues[${index}].quantile`,
        expected: 'a number from 0 to 1',
        actual: String(quantiles[index]?.quantile),
      }
}
