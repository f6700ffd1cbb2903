/** Chooses a value for each bucket so that the values add up to the sum that the sender states. */
import type { ValueBucket } from './Bucket.ts'

// model

/** One value for several measurements. */
export interface CountedValue {
  readonly value: number
  readonly count: number
}

// transformations

/**
 * One value for each bucket, within its bounds. All are moved by the same part of the way from the middle to a bound; those of
 * buckets without a bound take everything. If the sum contradicts the buckets, the values add up to the next possible sum.
 */
export const fitToSum = (
  buckets: ReadonlyArray<ValueBucket>,
  sum: number | undefined,
): ReadonlyArray<CountedValue> => {
  const middles = buckets.map(({ middle, count }) => ({ value: middle, count }))
  if (sum === undefined) return middles
  const missing = sum - totalOf(middles)
  if (missing === 0 || !Number.isFinite(missing)) return middles
  const limitOf = missing > 0 ? highOf : lowOf
  const moved = movedBy(buckets, missing, limitOf)
  return withRest(moved, buckets, sum)
}

const highOf = ({ high }: ValueBucket): number => high

const lowOf = ({ low }: ValueBucket): number => low

const totalOf = (values: ReadonlyArray<CountedValue>): number =>
  values.reduce((total, { value, count }) => total + value * count, 0)

const movedBy = (
  buckets: ReadonlyArray<ValueBucket>,
  missing: number,
  limitOf: (bucket: ValueBucket) => number,
): ReadonlyArray<CountedValue> => {
  const endless = buckets.reduce(
    (sum, bucket) => (Number.isFinite(limitOf(bucket)) ? sum : sum + bucket.count),
    0,
  )
  if (endless > 0) {
    return buckets.map((bucket) => ({
      value: Number.isFinite(limitOf(bucket)) ? bucket.middle : bucket.middle + missing / endless,
      count: bucket.count,
    }))
  }
  const room = buckets.reduce(
    (sum, bucket) => sum + (limitOf(bucket) - bucket.middle) * bucket.count,
    0,
  )
  const part = room === 0 ? 0 : Math.min(1, missing / room)
  return buckets.map((bucket) => ({
    value: inside(bucket, bucket.middle + (limitOf(bucket) - bucket.middle) * part),
    count: bucket.count,
  }))
}

const inside = ({ low, high }: ValueBucket, value: number): number =>
  Math.min(Math.max(value, low), high)

/** Gives what rounding left of the sum to the first bucket that has room for it. */
const withRest = (
  values: ReadonlyArray<CountedValue>,
  buckets: ReadonlyArray<ValueBucket>,
  sum: number,
): ReadonlyArray<CountedValue> => {
  const rest = sum - totalOf(values)
  if (rest === 0) return values
  const at = values.findIndex(({ value, count }, index) => {
    const { low = 0, high = 0 } = buckets[index] ?? {}
    const next = value + rest / count
    return next >= low && next <= high
  })
  return values.map((one, index) =>
    index === at ? { value: one.value + rest / one.count, count: one.count } : one,
  )
}
