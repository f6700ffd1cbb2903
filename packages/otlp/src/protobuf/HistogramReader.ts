/** Reads the points of histograms of both kinds. Source: `opentelemetry/proto/metrics/v1/metrics.proto`. */
import * as Metric from '@sentry-exporter/core/Metric'
import type { Rejected } from '@sentry-exporter/core/Rejected'
import * as checkPoint from '../metric/checkPoint.ts'
import * as Numbers from './Numbers.ts'
import * as PointFacts from './PointFacts.ts'
import * as Wire from './Wire.ts'

// model

const COUNT = Wire.tag(4, Wire.FIXED64)
const SUM = Wire.tag(5, Wire.FIXED64)

/** The tags of a distribution whose field numbers depend on the kind. */
interface DistributionTags extends PointFacts.FactTags {
  readonly min: number
  readonly max: number
}

const HISTOGRAM: DistributionTags = {
  attribute: Wire.tag(9, Wire.BYTES),
  flags: Wire.tag(10, Wire.VARINT),
  exemplar: Wire.tag(8, Wire.BYTES),
  min: Wire.tag(11, Wire.FIXED64),
  max: Wire.tag(12, Wire.FIXED64),
}
const BUCKET_COUNT = Wire.tag(6, Wire.FIXED64)
const BUCKET_COUNTS = Wire.tag(6, Wire.BYTES)
const BOUND = Wire.tag(7, Wire.FIXED64)
const BOUNDS = Wire.tag(7, Wire.BYTES)

const EXPONENTIAL: DistributionTags = {
  attribute: Wire.tag(1, Wire.BYTES),
  flags: Wire.tag(10, Wire.VARINT),
  exemplar: Wire.tag(11, Wire.BYTES),
  min: Wire.tag(12, Wire.FIXED64),
  max: Wire.tag(13, Wire.FIXED64),
}
const SCALE = Wire.tag(6, Wire.VARINT)
const ZERO_COUNT = Wire.tag(7, Wire.FIXED64)
const POSITIVE = Wire.tag(8, Wire.BYTES)
const NEGATIVE = Wire.tag(9, Wire.BYTES)
const ZERO_THRESHOLD = Wire.tag(14, Wire.FIXED64)

const OFFSET = Wire.tag(1, Wire.VARINT)
const EXPONENTIAL_COUNT = Wire.tag(2, Wire.VARINT)
const EXPONENTIAL_COUNTS = Wire.tag(2, Wire.BYTES)

interface DistributionDraft extends PointFacts.FactsDraft {
  count: number
  sum: number | undefined
  min: number | undefined
  max: number | undefined
}

interface HistogramDraft extends DistributionDraft {
  readonly bounds: Array<number>
  readonly bucketCounts: Array<number>
}

interface BucketsDraft {
  offset: number
  readonly counts: Array<number>
}

interface ExponentialDraft extends DistributionDraft {
  scale: number
  zeroCount: number
  zeroThreshold: number
  readonly positive: BucketsDraft
  readonly negative: BucketsDraft
}

const draft = (): DistributionDraft => ({
  ...PointFacts.draft(),
  count: 0,
  sum: undefined,
  min: undefined,
  max: undefined,
})

// decoding

/** The current value as a point; `undefined` with the failure in the wire. Paths start at the point. */
export const histogram = (wire: Wire.Wire): Metric.HistogramPoint | undefined => {
  const found: HistogramDraft = { ...draft(), bounds: [], bucketCounts: [] }
  if (!PointFacts.fields(wire, found, histogramField)) return undefined
  const { bounds, bucketCounts, exemplars } = found
  if (hasFault(wire, checkPoint.checkBuckets(bounds, bucketCounts))) return undefined
  return { ...distribution(found), bounds, bucketCounts, exemplars }
}

const histogramField = (wire: Wire.Wire, found: HistogramDraft): void => {
  switch (wire.tag) {
    case BUCKET_COUNT:
      found.bucketCounts.push(Numbers.fixed64(wire))
      break
    case BUCKET_COUNTS:
      Numbers.packedFixed64(wire, found.bucketCounts, '.bucketCounts')
      break
    case BOUND:
      found.bounds.push(Wire.double(wire))
      break
    case BOUNDS:
      Numbers.packedDoubles(wire, found.bounds, '.explicitBounds')
      break
    default:
      distributionField(wire, found, HISTOGRAM)
  }
}

/** The same for an exponential histogram. */
export const exponential = (wire: Wire.Wire): Metric.ExponentialPoint | undefined => {
  const found: ExponentialDraft = {
    ...draft(),
    scale: 0,
    zeroCount: 0,
    zeroThreshold: 0,
    positive: { offset: 0, counts: [] },
    negative: { offset: 0, counts: [] },
  }
  if (!PointFacts.fields(wire, found, exponentialField)) return undefined
  const { scale, zeroCount, zeroThreshold, exemplars } = found
  const fault = checkPoint.checkScale(scale) ?? checkPoint.checkZeroThreshold(zeroThreshold)
  if (hasFault(wire, fault)) return undefined
  const positive = buckets(found.positive)
  const negative = buckets(found.negative)
  return { ...distribution(found), scale, zeroCount, zeroThreshold, positive, negative, exemplars }
}

const exponentialField = (wire: Wire.Wire, found: ExponentialDraft): void => {
  switch (wire.tag) {
    case SCALE:
      found.scale = Numbers.sint32(wire)
      break
    case ZERO_COUNT:
      found.zeroCount = Numbers.fixed64(wire)
      break
    case ZERO_THRESHOLD:
      found.zeroThreshold = Wire.double(wire)
      break
    case POSITIVE:
      bucketsInto(wire, found.positive, '.positive')
      break
    case NEGATIVE:
      bucketsInto(wire, found.negative, '.negative')
      break
    default:
      distributionField(wire, found, EXPONENTIAL)
  }
}

/** Buckets that are sent in parts are merged. */
const bucketsInto = (wire: Wire.Wire, found: BucketsDraft, path: string): void => {
  const end = wire.stop
  while (Wire.next(wire, end)) {
    const { stop } = wire
    if (wire.tag === OFFSET) found.offset = Numbers.sint32(wire)
    else if (wire.tag === EXPONENTIAL_COUNT) found.counts.push(Numbers.uint64(wire))
    else if (wire.tag === EXPONENTIAL_COUNTS) {
      Numbers.packedVarints(wire, found.counts, '.bucketCounts')
    }
    wire.pbf.pos = stop
  }
  if (wire.failure !== undefined) Wire.inside(wire, path)
}

/** Most points have no negative buckets. */
const buckets = ({ offset, counts }: BucketsDraft): Metric.ExponentialBuckets =>
  offset === 0 && counts.length === 0 ? Metric.noBuckets : { offset, counts }

const distributionField = (
  wire: Wire.Wire,
  found: DistributionDraft,
  tags: DistributionTags,
): void => {
  switch (wire.tag) {
    case COUNT:
      found.count = Numbers.fixed64(wire)
      break
    case SUM:
      found.sum = Wire.double(wire)
      break
    case tags.min:
      found.min = Wire.double(wire)
      break
    case tags.max:
      found.max = Wire.double(wire)
      break
    default:
      PointFacts.field(wire, found, tags)
  }
}

/** The facts of both kinds, but the exemplars. */
const distribution = (found: DistributionDraft): Omit<Metric.Distribution, 'exemplars'> => ({
  ...PointFacts.facts(found),
  count: found.count,
  sum: found.sum,
  min: found.min,
  max: found.max,
})

const hasFault = (wire: Wire.Wire, fault: Rejected | undefined): boolean => {
  if (fault === undefined) return false
  Wire.fail(wire, fault.path, fault.expected, fault.actual)
  return true
}
