/**
 * The buckets of exponential histograms, and their differences and sums. Those of different scales become those of the smaller one,
 * whose buckets are unions of the others. Source: OpenTelemetry, "Metrics data model", exponential scale.
 */
import { type ExponentialBuckets, type ExponentialPoint, noBuckets } from '../model/Metric.ts'

// model

export type PowerBuckets = Pick<
  ExponentialPoint,
  'negative' | 'positive' | 'scale' | 'zeroCount' | 'zeroThreshold'
>

// transformations

/** The later buckets without the earlier ones; no buckets if one of them decreased. */
export const subtract = (later: PowerBuckets, earlier: PowerBuckets): PowerBuckets => {
  const difference = combine(later, earlier, (a, b) => a - b)
  const { zeroCount, positive, negative } = difference
  const counts = [[zeroCount], positive.counts, negative.counts]
  return counts.some((list) => list.some((count) => count < 0))
    ? { ...difference, zeroCount: 0, positive: noBuckets, negative: noBuckets }
    : difference
}

export const add = (a: PowerBuckets, b: PowerBuckets): PowerBuckets =>
  combine(a, b, (one, other) => one + other)

type Combine = (a: number, b: number) => number

const combine = (
  first: PowerBuckets,
  second: PowerBuckets,
  combineCounts: Combine,
): PowerBuckets => {
  const zeroThreshold = Math.max(first.zeroThreshold, second.zeroThreshold)
  const [a, b] = [withThreshold(first, zeroThreshold), withThreshold(second, zeroThreshold)]
  const scale = commonScale(a, b)
  const [one, other] = [atScale(a, scale), atScale(b, scale)]
  return {
    scale,
    zeroCount: combineCounts(a.zeroCount, b.zeroCount),
    zeroThreshold,
    positive: combineBuckets(one.positive, other.positive, combineCounts),
    negative: combineBuckets(one.negative, other.negative, combineCounts),
  }
}

/** Counts the values of buckets below a larger threshold as zeros, as their sender does. */
const withThreshold = (buckets: PowerBuckets, zeroThreshold: number): PowerBuckets => {
  const { positive, negative, scale, zeroCount } = buckets
  if (zeroThreshold <= buckets.zeroThreshold) return buckets
  const zerosIn = ({ offset, counts }: ExponentialBuckets): number => {
    const from = counts.findIndex((_count, i) => highOf(scale, offset + i) > zeroThreshold)
    return from < 0 ? counts.length : from
  }
  const [above, below] = [zerosIn(positive), zerosIn(negative)]
  const zeros = [...positive.counts.slice(0, above), ...negative.counts.slice(0, below)]
  return {
    scale,
    zeroThreshold,
    zeroCount: zeros.reduce((sum, count) => sum + count, zeroCount),
    positive: without(positive, above),
    negative: without(negative, below),
  }
}

/** The greatest value of a bucket. */
const highOf = (scale: number, index: number): number => 2 ** ((index + 1) * 2 ** -scale)

const without = ({ offset, counts }: ExponentialBuckets, first: number): ExponentialBuckets => ({
  offset: offset + first,
  counts: counts.slice(first),
})

/** Buckets of one sign, in which the two are combined; beyond them the scale becomes smaller. SDKs have at most 160. */
const MAX_BUCKETS = 1_024

/** The largest scale in which both fit. */
const commonScale = (a: PowerBuckets, b: PowerBuckets): number => {
  let scale = Math.min(a.scale, b.scale)
  const extent = (sign: 'negative' | 'positive'): number => {
    const edges = [a, b].flatMap((one) => edgesOf(one[sign], 2 ** (one.scale - scale)))
    return edges.length === 0 ? 0 : Math.max(...edges) - Math.min(...edges) + 1
  }
  while (extent('positive') > MAX_BUCKETS || extent('negative') > MAX_BUCKETS) scale--
  return scale
}

/** The numbers of the first and the last bucket. */
const edgesOf = ({ offset, counts }: ExponentialBuckets, factor: number): ReadonlyArray<number> =>
  counts.length === 0
    ? []
    : [Math.floor(offset / factor), Math.floor((offset + counts.length - 1) / factor)]

/** The same within the limit of buckets: a series keeps them until its next point. */
export const limited = (buckets: PowerBuckets): PowerBuckets =>
  atScale(buckets, commonScale(buckets, buckets))

/** The same in buckets of a smaller scale: each step halves the numbers of the buckets. */
const atScale = (buckets: PowerBuckets, scale: number): PowerBuckets => {
  const { positive, negative } = buckets
  const factor = 2 ** (buckets.scale - scale)
  if (factor === 1) return buckets
  return {
    ...buckets,
    scale,
    positive: inWiderBuckets(positive, factor),
    negative: inWiderBuckets(negative, factor),
  }
}

const inWiderBuckets = (
  { offset, counts }: ExponentialBuckets,
  factor: number,
): ExponentialBuckets => {
  if (counts.length === 0) return { offset: 0, counts }
  const first = Math.floor(offset / factor)
  const last = Math.floor((offset + counts.length - 1) / factor)
  const wide = new Array<number>(last - first + 1).fill(0)
  counts.forEach((count, index) => {
    const at = Math.floor((offset + index) / factor) - first
    wide[at] = (wide[at] ?? 0) + count
  })
  return { offset: first, counts: wide }
}

const combineBuckets = (
  a: ExponentialBuckets,
  b: ExponentialBuckets,
  combineCounts: Combine,
): ExponentialBuckets => {
  const filled = [a, b].filter(({ counts }) => counts.length > 0)
  if (filled.length === 0) return a
  const offset = Math.min(...filled.map((one) => one.offset))
  const end = Math.max(...filled.map((one) => one.offset + one.counts.length))
  const countAt = ({ offset: from, counts }: ExponentialBuckets, index: number): number =>
    counts[index - from] ?? 0
  const counts = Array.from({ length: end - offset }, (_unused, index) =>
    combineCounts(countAt(a, offset + index), countAt(b, offset + index)),
  )
  return { offset, counts }
}
