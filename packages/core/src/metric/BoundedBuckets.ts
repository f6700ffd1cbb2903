/** The buckets of histograms with bounds, in a number that memory can hold for each series. */
import type { HistogramPoint } from '../model/Metric.ts'

// model

export type BoundedBuckets = Pick<HistogramPoint, 'bounds' | 'bucketCounts'>

/** Histograms that are made for people have some ten. */
const MAX_BUCKETS = 1_024

// transformations

/** The same with fewer bounds, if there are too many. Histograms with equal bounds keep equal ones. */
export const limited = ({ bounds, bucketCounts }: BoundedBuckets): BoundedBuckets => {
  if (bucketCounts.length <= MAX_BUCKETS) return { bounds, bucketCounts }
  const joined = Math.ceil(bucketCounts.length / MAX_BUCKETS)
  const wide = new Array<number>(Math.ceil(bucketCounts.length / joined)).fill(0)
  bucketCounts.forEach((count, index) => {
    const at = Math.floor(index / joined)
    wide[at] = (wide[at] ?? 0) + count
  })
  // The last bucket has no upper bound.
  const upper = bounds.filter((_bound, index) => (index + 1) % joined === 0)
  return { bounds: upper.slice(0, wide.length - 1), bucketCounts: wide }
}
