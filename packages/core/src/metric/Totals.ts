/** The counts of a point, and their differences and sums. */
import type { ExponentialPoint, HistogramPoint } from '../model/Metric.ts'
import * as BoundedBuckets from './BoundedBuckets.ts'
import * as Bucket from './Bucket.ts'
import * as PowerBuckets from './PowerBuckets.ts'

// model

export type Totals =
  | { readonly _tag: 'Number'; readonly value: number }
  | ({ readonly _tag: 'Histogram' } & HistogramTotals)
  | ({ readonly _tag: 'Exponential' } & ExponentialTotals)

type Common = 'count' | 'max' | 'min' | 'sum'

type HistogramTotals = Pick<HistogramPoint, Common | 'bounds' | 'bucketCounts'>

type ExponentialTotals = Pick<ExponentialPoint, Common> & PowerBuckets.PowerBuckets

// constructors

export const ofNumber = (value: number): Totals => ({ _tag: 'Number', value })

export const ofHistogram = (point: HistogramPoint): Totals => ({
  _tag: 'Histogram',
  ...commonOf(point),
  ...BoundedBuckets.limited(point),
})

export const ofExponential = (point: ExponentialPoint): Totals => {
  const { scale, zeroCount, zeroThreshold, positive, negative } = point
  const buckets = { scale, zeroCount, zeroThreshold, positive, negative }
  return { _tag: 'Exponential', ...commonOf(point), ...PowerBuckets.limited(buckets) }
}

const commonOf = ({
  count,
  sum,
  min,
  max,
}: Pick<HistogramPoint, Common>): Pick<HistogramPoint, Common> => ({
  count,
  sum: finite(sum),
  min: finite(min),
  max: finite(max),
})

const finite = (value: number | undefined): number | undefined =>
  Number.isFinite(value) ? value : undefined

// guards

/** Whether it is a finite number, or counts values of which a sum, an extreme or a bucket is known. */
export const isKnown = (totals: Totals): boolean => {
  if (totals._tag === 'Number') return Number.isFinite(totals.value)
  const { count, sum, min, max } = totals
  if (!Number.isFinite(count)) return false
  return count <= 0 || (sum ?? min ?? max) !== undefined || bucketsOf(totals).length > 0
}

/** Whether one can be the continuation of the other. */
export const isComparable = (a: Totals, b: Totals): boolean =>
  a._tag === 'Histogram' && b._tag === 'Histogram' ? hasSameBounds(a, b) : a._tag === b._tag

/** Whether the later totals are less than the earlier ones. */
export const isDecrease = (later: Totals, earlier: Totals): boolean => {
  if (later._tag === 'Number' || earlier._tag === 'Number') {
    return later._tag === 'Number' && earlier._tag === 'Number' && later.value < earlier.value
  }
  return later.count < earlier.count
}

// transformations

/** The later totals without the earlier ones; `undefined` if they cannot be compared. */
export const subtract = (later: Totals, earlier: Totals): Totals | undefined => {
  if (later._tag === 'Number') {
    return earlier._tag === 'Number' ? finiteNumber(later.value - earlier.value) : undefined
  }
  if (earlier._tag === 'Number') return undefined
  // The extremes of a part of the time are not known.
  const common = {
    count: later.count - earlier.count,
    sum: combined(later.sum, earlier.sum, (a, b) => a - b),
    min: undefined,
    max: undefined,
  }
  if (later._tag === 'Histogram') {
    if (earlier._tag !== 'Histogram' || !hasSameBounds(later, earlier)) return undefined
    const counts = later.bucketCounts.map((n, i) => n - (earlier.bucketCounts[i] ?? 0))
    // A bucket that lost values contradicts the count, which is the better known of both.
    const bucketCounts = counts.some((n) => n < 0) ? [] : counts
    return { _tag: 'Histogram', ...common, bounds: later.bounds, bucketCounts }
  }
  return earlier._tag === 'Exponential'
    ? { _tag: 'Exponential', ...common, ...PowerBuckets.subtract(later, earlier) }
    : undefined
}

/** Both together; `undefined` if they cannot be added. */
export const add = (a: Totals, b: Totals): Totals | undefined => {
  if (a._tag === 'Number') {
    return b._tag === 'Number' ? finiteNumber(a.value + b.value) : undefined
  }
  if (b._tag === 'Number') return undefined
  const common = {
    count: a.count + b.count,
    sum: combined(a.sum, b.sum, (one, other) => one + other),
    min: combined(a.min, b.min, Math.min),
    max: combined(a.max, b.max, Math.max),
  }
  if (a._tag === 'Histogram') {
    if (b._tag !== 'Histogram' || !hasSameBounds(a, b)) return undefined
    const bucketCounts = a.bucketCounts.map((n, i) => n + (b.bucketCounts[i] ?? 0))
    return { _tag: 'Histogram', ...common, bounds: a.bounds, bucketCounts }
  }
  if (b._tag !== 'Exponential') return undefined
  return { _tag: 'Exponential', ...common, ...PowerBuckets.add(a, b) }
}

const combined = (
  a: number | undefined,
  b: number | undefined,
  combine: (a: number, b: number) => number,
): number | undefined => (a === undefined || b === undefined ? undefined : finite(combine(a, b)))

/** Sums and differences of large numbers may be infinite. */
const finiteNumber = (value: number): Totals | undefined =>
  Number.isFinite(value) ? ofNumber(value) : undefined

const hasSameBounds = (a: HistogramTotals, b: HistogramTotals): boolean =>
  a.bucketCounts.length === b.bucketCounts.length &&
  a.bounds.length === b.bounds.length &&
  a.bounds.every((bound, index) => bound === b.bounds[index])

// folds

/** The buckets that contain values. */
export const bucketsOf = (
  totals: Exclude<Totals, { readonly _tag: 'Number' }>,
): ReadonlyArray<Bucket.ValueBucket> =>
  totals._tag === 'Histogram' ? Bucket.ofHistogram(totals) : Bucket.ofExponential(totals)
