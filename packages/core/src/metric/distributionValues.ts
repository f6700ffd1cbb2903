/**
 * The values of a histogram that Sentry receives: few, with weights, so that their count, sum and average are those of the histogram.
 * Percentiles are as exact as the buckets.
 */
import type { Distribution, Exemplar } from '../model/Metric.ts'
import * as Bucket from './Bucket.ts'
import { type CountedValue, fitToSum } from './fitToSum.ts'

// model

export interface DistributionValue extends CountedValue {
  /** Of a value that was measured in a span. */
  readonly exemplar?: Exemplar | undefined
}

/** A histogram of the measurements since the point before. */
export interface Increase
  extends Pick<Distribution, 'count' | 'exemplars' | 'max' | 'min' | 'sum'> {
  readonly buckets: ReadonlyArray<Bucket.ValueBucket>
}

/** The rest of a histogram while single values are taken out of it. */
interface Rest {
  readonly buckets: Array<Bucket.ValueBucket>
  sum: number | undefined
  readonly values: Array<DistributionValue>
}

// transformations

/**
 * First the exemplars, the minimum and the maximum, which are exact, then a value for each bucket. At most `maxBuckets` of the
 * latter.
 */
export const distributionValues = (
  increase: Increase,
  maxBuckets: number,
): ReadonlyArray<DistributionValue> => {
  const { exemplars, min, max, sum } = increase
  const rest: Rest = { buckets: within(withSigns(withBuckets(increase))), sum, values: [] }
  for (const exemplar of exemplars) take(rest, exemplar.value, exemplar)
  for (const extreme of [min, max]) {
    if (extreme !== undefined && !rest.values.some(({ value }) => value === extreme)) {
      take(rest, extreme)
    }
  }
  const left = rest.buckets.filter((bucket) => bucket.count > 0)
  const possible = isBelow(left, rest.sum) ? Bucket.opened(left) : left
  return [...rest.values, ...fitToSum(Bucket.joinedTo(maxBuckets, possible), rest.sum)]
}

/** Whether a sum is not possible without values below the buckets. */
const isBelow = (buckets: ReadonlyArray<Bucket.ValueBucket>, sum: number | undefined): boolean =>
  sum !== undefined && sum < buckets.reduce((total, { low, count }) => total + low * count, 0)

/** With negative values, if there are some. */
const withSigns = (increase: Increase): Increase => {
  const { buckets, exemplars, min = 0 } = increase
  return min < 0 || exemplars.some(({ value }) => value < 0)
    ? { ...increase, buckets: Bucket.opened(buckets) }
    : increase
}

/** One bucket for all, around their average, if the sender has none. */
const withBuckets = (increase: Increase): Increase => {
  const { buckets, count, sum, min, max } = increase
  if (buckets.length > 0 || count <= 0) return increase
  const middle = sum === undefined ? (min ?? max) : sum / count
  if (middle === undefined) return increase
  const all = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY, middle, count }
  return { ...increase, buckets: [all] }
}

/** The buckets within the minimum and the maximum. */
const within = ({ buckets, min, max }: Increase): Array<Bucket.ValueBucket> =>
  buckets.map((bucket) => {
    const low = min === undefined ? bucket.low : between(bucket, min, bucket.low)
    const high = max === undefined ? bucket.high : between(bucket, max, bucket.high)
    if (low === bucket.low && high === bucket.high) return bucket
    if (low > high) return bucket
    return { low, high, middle: middleOf(low, high, bucket.middle), count: bucket.count }
  })

const between = ({ low, high }: Bucket.ValueBucket, value: number, other: number): number =>
  value >= low && value <= high ? value : other

const middleOf = (low: number, high: number, middle: number): number => {
  if (Number.isFinite(low) && Number.isFinite(high)) return low + (high - low) / 2
  return Math.min(Math.max(middle, low), high)
}

/** Takes one value out of its bucket, if there is one left. */
const take = (rest: Rest, value: number, exemplar?: Exemplar): void => {
  if (!Number.isFinite(value)) return
  const at = rest.buckets.findIndex(
    ({ low, high, count }) => count > 0 && value >= low && value <= high,
  )
  const bucket = rest.buckets[at]
  if (bucket === undefined) return
  rest.buckets[at] = { ...bucket, count: bucket.count - 1 }
  if (rest.sum !== undefined) rest.sum -= value
  rest.values.push({ value, count: 1, exemplar })
}
