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
 * One value for each bucket, within its bounds. All are moved by the same part of the way from the middle to a bound; beyond it
 * buckets without a bound take the rest. If the sum contradicts the buckets, the values add up to the next possible sum.
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
  const wayOf = (bucket: ValueBucket): number => nearest(bucket, limitOf(bucket)) - bucket.middle
  const room = buckets.reduce((sum, bucket) => sum + wayOf(bucket) * bucket.count, 0)
  const part = room === 0 ? 0 : Math.min(1, missing / room)
  const endless = buckets.reduce(
    (sum, bucket) => (Number.isFinite(limitOf(bucket)) ? sum : sum + bucket.count),
    0,
  )
  const rest = endless === 0 ? 0 : (missing - room * part) / endless
  return buckets.map((bucket) => {
    const own = Number.isFinite(limitOf(bucket)) ? 0 : rest
    return {
      value: inside(bucket, bucket.middle + wayOf(bucket) * part + own),
      count: bucket.count,
    }
  })
}

/** A limit; for a bucket without one, twice its middle, since few values are far from the others. */
const nearest = ({ middle }: ValueBucket, limit: number): number =>
  Number.isFinite(limit) ? limit : middle + Math.sign(limit) * Math.abs(middle)

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
