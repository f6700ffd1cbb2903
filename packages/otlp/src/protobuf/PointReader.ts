/** Reads the points of gauges, sums and summaries. Source: `opentelemetry/proto/metrics/v1/metrics.proto`. */
import type * as Metric from '@sentry-exporter/core/Metric'
import * as checkPoint from '../metric/checkPoint.ts'
import * as MetricKind from '../metric/MetricKind.ts'
import * as Numbers from './Numbers.ts'
import * as PointFacts from './PointFacts.ts'
import * as Wire from './Wire.ts'

// model

const ATTRIBUTE = Wire.tag(7, Wire.BYTES)
const FLAGS = Wire.tag(8, Wire.VARINT)

const NUMBER_FACTS: PointFacts.FactTags = {
  attribute: ATTRIBUTE,
  flags: FLAGS,
  exemplar: Wire.tag(5, Wire.BYTES),
}
const AS_DOUBLE = Wire.tag(4, Wire.FIXED64)
const AS_INT = Wire.tag(6, Wire.FIXED64)

/** Points of summaries have no exemplars: no field has the tag 0. */
const SUMMARY_FACTS: PointFacts.FactTags = { attribute: ATTRIBUTE, flags: FLAGS, exemplar: 0 }
const COUNT = Wire.tag(4, Wire.FIXED64)
const SUM = Wire.tag(5, Wire.FIXED64)
const QUANTILE = Wire.tag(6, Wire.BYTES)

const QUANTILE_PLACE = Wire.tag(1, Wire.FIXED64)
const QUANTILE_VALUE = Wire.tag(2, Wire.FIXED64)

interface NumberDraft extends PointFacts.FactsDraft {
  value: number | undefined
}

interface SummaryDraft extends PointFacts.FactsDraft {
  count: number
  sum: number
  readonly quantiles: Array<Metric.Quantile>
}

// decoding

/** The current value as a point of a gauge or a sum; `undefined` with the failure in the wire. Paths start at the point. */
export const number = (wire: Wire.Wire): Metric.NumberPoint | undefined => {
  const found: NumberDraft = { ...PointFacts.draft(), value: undefined }
  if (!PointFacts.fields(wire, found, numberField)) return undefined
  const value = found.value ?? (MetricKind.hasNoValue(found.flags) ? Number.NaN : undefined)
  if (value === undefined) {
    Wire.fail(wire, '', MetricKind.NUMBER_SHAPE, 'nothing else')
    return undefined
  }
  return { ...PointFacts.facts(found), value, exemplars: found.exemplars }
}

const numberField = (wire: Wire.Wire, found: NumberDraft): void => {
  if (wire.tag === AS_DOUBLE) found.value = Wire.double(wire)
  else if (wire.tag === AS_INT) found.value = Numbers.sfixed64(wire)
  else PointFacts.field(wire, found, NUMBER_FACTS)
}

/** The same for a point of a summary. */
export const summary = (wire: Wire.Wire): Metric.SummaryPoint | undefined => {
  const found: SummaryDraft = { ...PointFacts.draft(), count: 0, sum: 0, quantiles: [] }
  if (!PointFacts.fields(wire, found, summaryField)) return undefined
  const { count, sum, quantiles } = found
  const fault = checkPoint.checkQuantiles(quantiles)
  if (fault !== undefined) {
    Wire.fail(wire, fault.path, fault.expected, fault.actual)
    return undefined
  }
  return { ...PointFacts.facts(found), count, sum, quantiles }
}

const summaryField = (wire: Wire.Wire, found: SummaryDraft): void => {
  if (wire.tag === COUNT) found.count = Numbers.fixed64(wire)
  else if (wire.tag === SUM) found.sum = Wire.double(wire)
  else if (wire.tag === QUANTILE) quantile(wire, found.quantiles)
  else PointFacts.field(wire, found, SUMMARY_FACTS)
}

const quantile = (wire: Wire.Wire, into: Array<Metric.Quantile>): void => {
  const end = wire.stop
  let place = 0
  let value = 0
  while (Wire.next(wire, end)) {
    const { stop } = wire
    if (wire.tag === QUANTILE_PLACE) place = Wire.double(wire)
    else if (wire.tag === QUANTILE_VALUE) value = Wire.double(wire)
    wire.pbf.pos = stop
  }
  if (wire.failure !== undefined) Wire.inside(wire, `.quantileValues[${into.length}]`)
  into.push({ quantile: place, value })
}
