/**
 * Reads one metric of a request in protobuf, with its points. The same is lost as in JSON (`json/MetricDecoder`). A metric is walked
 * twice: the temporality, without which all points are lost, may be behind them.
 *
 * Source: `opentelemetry/proto/metrics/v1/metrics.proto`.
 */
import type * as Metric from '@sentry-exporter/core/Metric'
import type { Resource } from '@sentry-exporter/core/Resource'
import type { Scope } from '@sentry-exporter/core/Scope'
import * as MetricKind from '../metric/MetricKind.ts'
import * as HistogramReader from './HistogramReader.ts'
import * as PointLoss from './PointLoss.ts'
import * as PointReader from './PointReader.ts'
import * as Text from './Text.ts'
import * as Wire from './Wire.ts'

// model

const NAME = Wire.tag(1, Wire.BYTES)
const UNIT = Wire.tag(3, Wire.BYTES)

/** The members of the choice that is a metric's data. */
const KINDS: ReadonlyMap<number, MetricKind.MetricKind> = new Map([
  [Wire.tag(5, Wire.BYTES), 'Gauge'],
  [Wire.tag(7, Wire.BYTES), 'Sum'],
  [Wire.tag(9, Wire.BYTES), 'Histogram'],
  [Wire.tag(10, Wire.BYTES), 'ExponentialHistogram'],
  [Wire.tag(11, Wire.BYTES), 'Summary'],
])

const POINT = Wire.tag(1, Wire.BYTES)
const TEMPORALITY = Wire.tag(2, Wire.VARINT)
const MONOTONIC = Wire.tag(3, Wire.VARINT)

/** A metric whose points are not read yet. */
interface Draft {
  name: string
  unit: string
  kind: MetricKind.MetricKind | undefined
  /** Where the first field of its data starts. All further fields of the metric that are data are of the same kind. */
  from: number
  /** The byte behind the metric. */
  readonly end: number
  temporality: number
  isMonotonic: boolean
  points: number
}

// decoding

/**
 * Reads the current value: a metric with at least one point; else `undefined`, with the losses in the wire: all points in the
 * failure, or each one in `rejected`. Paths start at the metric.
 */
export const read = (
  wire: Wire.Wire,
  resource: Resource,
  scope: Scope,
): Metric.Metric | undefined => {
  const found = head(wire)
  if (wire.failure !== undefined) return undefined
  if (found.kind === undefined) {
    wire.start = found.end
    Wire.fail(wire, '', MetricKind.SHAPE, 'none of them')
    return undefined
  }
  const data = found.points === 0 ? undefined : dataOf(wire, found, found.kind)
  if (data === undefined || data.points.length === 0) return undefined
  return { name: found.name, unit: found.unit, data, resource, scope }
}

/** Everything but the points. */
const head = (wire: Wire.Wire): Draft => {
  const end = wire.stop
  const found: Draft = {
    name: '',
    unit: '',
    kind: undefined,
    from: end,
    end,
    temporality: 0,
    isMonotonic: false,
    points: 0,
  }
  for (let at = wire.start; Wire.next(wire, end); at = wire.pbf.pos) {
    const { stop } = wire
    if (wire.tag === NAME) found.name = Text.key(wire)
    else if (wire.tag === UNIT) found.unit = Text.key(wire)
    else {
      const kind = KINDS.get(wire.tag)
      if (kind !== undefined) dataHead(wire, found, kind, at)
    }
    wire.pbf.pos = stop
  }
  return found
}

/** The last kind wins. Data of one kind that is sent in parts is merged. */
const dataHead = (
  wire: Wire.Wire,
  found: Draft,
  kind: MetricKind.MetricKind,
  from: number,
): void => {
  if (kind !== found.kind) {
    found.kind = kind
    found.from = from
    found.temporality = 0
    found.isMonotonic = false
    found.points = 0
  }
  const end = wire.stop
  while (Wire.next(wire, end)) {
    const { stop } = wire
    if (wire.tag === POINT) found.points++
    else if (wire.tag === TEMPORALITY) found.temporality = Wire.int32(wire)
    else if (wire.tag === MONOTONIC) found.isMonotonic = Wire.bool(wire)
    wire.pbf.pos = stop
  }
  if (wire.failure !== undefined) Wire.inside(wire, MetricKind.paths[kind])
}

const dataOf = (
  wire: Wire.Wire,
  found: Draft,
  kind: MetricKind.MetricKind,
): Metric.MetricData | undefined => {
  switch (kind) {
    case 'Gauge':
      return { _tag: kind, points: pointsOf(wire, found, kind, PointReader.number) }
    case 'Summary':
      return { _tag: kind, points: pointsOf(wire, found, kind, PointReader.summary) }
    default:
      return dataWithTemporality(wire, found, kind)
  }
}

const dataWithTemporality = (
  wire: Wire.Wire,
  found: Draft,
  kind: 'Sum' | 'Histogram' | 'ExponentialHistogram',
): Metric.MetricData | undefined => {
  const temporality = MetricKind.temporality(found.temporality)
  if (temporality === undefined) {
    wire.start = found.from
    const path = `${MetricKind.paths[kind]}.aggregationTemporality`
    Wire.fail(wire, path, MetricKind.TEMPORALITY_SHAPE, String(found.temporality))
    return undefined
  }
  switch (kind) {
    case 'Sum': {
      const points = pointsOf(wire, found, kind, PointReader.number)
      return { _tag: kind, temporality, isMonotonic: found.isMonotonic, points }
    }
    case 'Histogram': {
      const points = pointsOf(wire, found, kind, HistogramReader.histogram)
      return { _tag: kind, temporality, points }
    }
    case 'ExponentialHistogram': {
      const points = pointsOf(wire, found, kind, HistogramReader.exponential)
      return { _tag: kind, temporality, points }
    }
  }
}

/** The points that can be read. The others are in `rejected`. */
const pointsOf = <A>(
  wire: Wire.Wire,
  { from, end }: Draft,
  kind: MetricKind.MetricKind,
  readPoint: (wire: Wire.Wire) => A | undefined,
): ReadonlyArray<A> => {
  const points: Array<A> = []
  let index = 0
  wire.pbf.pos = from
  while (Wire.next(wire, end)) {
    const { stop } = wire
    const isData = KINDS.get(wire.tag) === kind
    while (isData && Wire.next(wire, stop)) {
      const inner = wire.stop
      if (wire.tag === POINT) {
        const before = PointLoss.mark(wire)
        const point = readPoint(wire)
        if (point !== undefined) points.push(point)
        if (point === undefined || wire.places.length > before.places) {
          const path = `${MetricKind.paths[kind]}.dataPoints[${index}]`
          if (point === undefined) PointLoss.losePoint(wire, path, before)
          else Wire.placesInside(wire, before.places, path)
        }
        index++
      }
      wire.pbf.pos = inner
    }
    wire.pbf.pos = stop
  }
  return points
}
