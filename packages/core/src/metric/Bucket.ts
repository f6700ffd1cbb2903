/** The buckets of both kinds of histograms: ranges of values, and how many values are in each. */
import type { ExponentialPoint, HistogramPoint } from '../model/Metric.ts'

// model

export interface ValueBucket {
  /** The least value; may be infinite. */
  readonly low: number
  /** The greatest value; may be infinite. */
  readonly high: number
  /** A finite value between both, for values of which only the bucket is known. */
  readonly middle: number
  /** Above zero. */
  readonly count: number
  /** Whether `low` is a guess: nearly all histograms have values from 0 on. */
  readonly isLowGuessed?: boolean | undefined
}

// constructors

/** The buckets that contain values, in ascending order; none without bounds: one bucket for all values shows nothing. */
export const ofHistogram = ({
  bounds,
  bucketCounts,
}: Pick<HistogramPoint, 'bounds' | 'bucketCounts'>): ReadonlyArray<ValueBucket> => {
  if (bounds.length === 0) return []
  return bucketCounts.flatMap((count, index) => {
    if (count <= 0) return []
    const high = bounds[index] ?? Number.POSITIVE_INFINITY
    const isLowGuessed = index === 0 && high >= 0
    const low = bounds[index - 1] ?? (isLowGuessed ? 0 : Number.NEGATIVE_INFINITY)
    return [{ low, high, middle: middleOf(low, high), count, isLowGuessed }]
  })
}

const middleOf = (low: number, high: number): number => {
  if (low === Number.NEGATIVE_INFINITY) return Number.isFinite(high) ? high : 0
  return high === Number.POSITIVE_INFINITY ? low : low + (high - low) / 2
}

/** The same for an exponential histogram. */
export const ofExponential = ({
  scale,
  zeroCount,
  zeroThreshold,
  positive,
  negative,
}: Pick<
  ExponentialPoint,
  'negative' | 'positive' | 'scale' | 'zeroCount' | 'zeroThreshold'
>): ReadonlyArray<ValueBucket> => {
  const above = positive.counts.flatMap((count, index) =>
    count > 0 ? [ofPower(scale, positive.offset + index, count)] : [],
  )
  const below = negative.counts.flatMap((count, index) =>
    count > 0 ? [mirrored(ofPower(scale, negative.offset + index, count))] : [],
  )
  const zero = { low: -zeroThreshold, high: zeroThreshold, middle: 0, count: zeroCount }
  return [...below.reverse(), ...(zeroCount > 0 ? [zero] : []), ...above]
}

const ofPower = (scale: number, index: number, count: number): ValueBucket => ({
  low: power(scale, index),
  high: power(scale, index + 1),
  middle: power(scale, index + 0.5),
  count,
})

/** `base ** index`, within the finite numbers. */
const power = (scale: number, index: number): number =>
  Math.min(2 ** (index * 2 ** -scale), Number.MAX_VALUE)

const mirrored = ({ low, high, middle, count }: ValueBucket): ValueBucket => ({
  low: -high,
  high: -low,
  middle: -middle,
  count,
})

// transformations

/** Without the guess that there are no negative values. */
export const opened = (buckets: ReadonlyArray<ValueBucket>): ReadonlyArray<ValueBucket> =>
  buckets.map((bucket) => {
    const { high, count, isLowGuessed = false } = bucket
    return isLowGuessed ? { low: Number.NEGATIVE_INFINITY, high, middle: high, count } : bucket
  })

/** At most so many buckets: neighbours with the fewest values become one. */
export const joinedTo = (
  max: number,
  buckets: ReadonlyArray<ValueBucket>,
): ReadonlyArray<ValueBucket> => {
  // Pairs halve the number: histograms have at most some hundred buckets, and hostile ones many.
  let merged = buckets
  while (merged.length > 2 * Math.max(max, 1)) {
    merged = merged.flatMap((bucket, index) =>
      index % 2 === 1 ? [] : [joined(bucket, merged[index + 1])],
    )
  }
  while (merged.length > Math.max(max, 1)) merged = withoutSmallestPair(merged)
  return merged
}

const withoutSmallestPair = (buckets: ReadonlyArray<ValueBucket>): ReadonlyArray<ValueBucket> => {
  let at = 0
  let fewest = Number.POSITIVE_INFINITY
  for (let i = 0; i + 1 < buckets.length; i++) {
    const count = (buckets[i]?.count ?? 0) + (buckets[i + 1]?.count ?? 0)
    if (count < fewest) {
      fewest = count
      at = i
    }
  }
  return buckets.flatMap((bucket, index) => {
    if (index === at) return [joined(bucket, buckets[at + 1])]
    return index === at + 1 ? [] : [bucket]
  })
}

const joined = (first: ValueBucket, second: ValueBucket | undefined): ValueBucket => {
  if (second === undefined) return first
  const count = first.count + second.count
  return {
    low: first.low,
    high: second.high,
    middle: first.middle * (first.count / count) + second.middle * (second.count / count),
    count,
  }
}
