/** The facts that points of all kinds have, and their exemplars. Source: `opentelemetry/proto/metrics/v1/metrics.proto`. */
import * as Attributes from '@sentry-exporter/core/Attributes'
import type { Exemplar, MetricPoint } from '@sentry-exporter/core/Metric'
import * as Micros from '@sentry-exporter/core/Micros'
import * as MetricKind from '../metric/MetricKind.ts'
import * as ExemplarReader from './ExemplarReader.ts'
import * as PointLoss from './PointLoss.ts'
import * as Time from './Time.ts'
import * as ValueReader from './ValueReader.ts'
import * as Wire from './Wire.ts'

// model

/** The tags of facts whose field numbers depend on the kind. */
export interface FactTags {
  readonly attribute: number
  readonly flags: number
  readonly exemplar: number
}

const START_TIME = Wire.tag(2, Wire.FIXED64)
const TIME = Wire.tag(3, Wire.FIXED64)

/** The facts of a point, while it is read. */
export interface FactsDraft extends ValueReader.WithAttributes {
  startMicros: Micros.Micros
  timeMicros: Micros.Micros
  timeNanos: number
  flags: number
  readonly exemplars: Array<Exemplar>
  /** The number of exemplars so far, also of those that are left out. */
  exemplarCount: number
}

// constructors

export const draft = (): FactsDraft => ({
  attributes: {},
  attributeCount: 0,
  doubles: undefined,
  startMicros: Micros.zero,
  timeMicros: Micros.zero,
  timeNanos: 0,
  flags: 0,
  exemplars: [],
  exemplarCount: 0,
})

// decoding

/** Reads the current message with a reader of its fields, those of `FactsDraft` included. Whether its framing was right. */
export const fields = <A extends FactsDraft>(
  wire: Wire.Wire,
  found: A,
  field: (wire: Wire.Wire, found: A) => void,
): boolean => {
  const end = wire.stop
  while (Wire.next(wire, end)) {
    const { stop } = wire
    field(wire, found)
    wire.pbf.pos = stop
  }
  const isRead = wire.failure === undefined
  // A later failure is one of the whole point.
  wire.start = end
  return isRead
}

/** Reads the current field if it is one of the facts. */
export const field = (wire: Wire.Wire, found: FactsDraft, tags: FactTags): void => {
  switch (wire.tag) {
    case START_TIME:
      found.startMicros = Time.micros(wire)
      break
    case TIME:
      found.timeMicros = Time.micros(wire)
      found.timeNanos = Time.nanosAfter(wire)
      break
    case tags.attribute:
      ValueReader.attributeOf(wire, found)
      break
    case tags.flags:
      found.flags = Wire.uint32(wire)
      break
    case tags.exemplar:
      exemplar(wire, found)
      break
    default:
  }
}

const exemplar = (wire: Wire.Wire, found: FactsDraft): void => {
  const path = `.exemplars[${found.exemplarCount++}]`
  const before = PointLoss.mark(wire)
  const one = ExemplarReader.read(wire)
  if (one === undefined) {
    PointLoss.reset(wire, before)
    Wire.skip(wire, path)
  } else {
    found.exemplars.push(one)
    if (wire.places.length > before.places) Wire.placesInside(wire, before.places, path)
  }
}

export const facts = (found: FactsDraft): MetricPoint => ({
  attributes: found.attributeCount === 0 ? Attributes.empty : found.attributes,
  doubles: found.doubles,
  startMicros: found.startMicros,
  timeMicros: found.timeMicros,
  timeNanos: found.timeNanos,
  hasNoValue: MetricKind.hasNoValue(found.flags),
})
