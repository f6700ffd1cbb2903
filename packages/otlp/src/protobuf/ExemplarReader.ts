/** Reads one exemplar of a point. Source: `opentelemetry/proto/metrics/v1/metrics.proto`, `Exemplar`. */
import * as Attributes from '@sentry-exporter/core/Attributes'
import type { Exemplar } from '@sentry-exporter/core/Metric'
import * as Micros from '@sentry-exporter/core/Micros'
import type { SpanId } from '@sentry-exporter/core/SpanId'
import type { TraceId } from '@sentry-exporter/core/TraceId'
import * as MetricKind from '../metric/MetricKind.ts'
import * as Id from './Id.ts'
import * as Numbers from './Numbers.ts'
import * as Time from './Time.ts'
import * as ValueReader from './ValueReader.ts'
import * as Wire from './Wire.ts'

// model

const TIME = Wire.tag(2, Wire.FIXED64)
const AS_DOUBLE = Wire.tag(3, Wire.FIXED64)
const SPAN_ID = Wire.tag(4, Wire.BYTES)
const TRACE_ID = Wire.tag(5, Wire.BYTES)
const AS_INT = Wire.tag(6, Wire.FIXED64)
const ATTRIBUTE = Wire.tag(7, Wire.BYTES)

/** An exemplar while it is read. */
interface Draft extends ValueReader.WithAttributes {
  value: number | undefined
  timeMicros: Micros.Micros
  timeNanos: number
  traceId: TraceId | undefined
  spanId: SpanId | undefined
}

// decoding

/** Reads the current value; `undefined` with the failure in the wire. Paths start at the exemplar. */
export const read = (wire: Wire.Wire): Exemplar | undefined => {
  const end = wire.stop
  const found: Draft = {
    ...ValueReader.noAttributes(),
    value: undefined,
    timeMicros: Micros.zero,
    timeNanos: 0,
    traceId: undefined,
    spanId: undefined,
  }
  while (Wire.next(wire, end)) {
    const { stop } = wire
    field(wire, found)
    wire.pbf.pos = stop
  }
  const { value, timeMicros, timeNanos, traceId, spanId, attributes, attributeCount } = found
  wire.start = end
  if (value === undefined) Wire.fail(wire, '', MetricKind.NUMBER_SHAPE, 'nothing else')
  if (wire.failure !== undefined || value === undefined) return undefined
  return {
    value,
    timeMicros,
    timeNanos,
    traceId,
    spanId,
    attributes: attributeCount === 0 ? Attributes.empty : attributes,
  }
}

const field = (wire: Wire.Wire, found: Draft): void => {
  switch (wire.tag) {
    case TIME:
      found.timeMicros = Time.micros(wire)
      found.timeNanos = Time.nanosAfter(wire)
      break
    case AS_DOUBLE:
      found.value = Wire.double(wire)
      break
    case AS_INT:
      found.value = Numbers.sfixed64(wire)
      break
    case TRACE_ID:
      found.traceId = Id.optionalTraceId(wire)
      break
    case SPAN_ID:
      found.spanId = Id.optionalSpanId(wire)
      break
    case ATTRIBUTE:
      ValueReader.attributeOf(wire, found, '', 'filteredAttributes')
      break
    default:
  }
}
