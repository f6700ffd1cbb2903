/** Reads one link of a span. Source: `opentelemetry/proto/trace/v1/trace.proto`, `Span.Link`. */
import type { SpanId } from '@sentry-exporter/core/SpanId'
import type { SpanLink } from '@sentry-exporter/core/SpanLink'
import type { TraceId } from '@sentry-exporter/core/TraceId'
import * as Id from './Id.ts'
import * as Text from './Text.ts'
import * as ValueReader from './ValueReader.ts'
import * as Wire from './Wire.ts'

// model

const TRACE_ID = Wire.tag(1, Wire.BYTES)
const SPAN_ID = Wire.tag(2, Wire.BYTES)
const TRACE_STATE = Wire.tag(3, Wire.BYTES)
const ATTRIBUTE = Wire.tag(4, Wire.BYTES)
const DROPPED_ATTRIBUTES = Wire.tag(5, Wire.VARINT)
const FLAGS = Wire.tag(6, Wire.FIXED32)

// decoding

/** Reads the current value; `undefined` with the failure in the wire. Attributes that are left out are below `path`. */
export const read = (wire: Wire.Wire, path: string): SpanLink | undefined => {
  const end = wire.stop
  const found = ValueReader.noAttributes()
  let traceId: TraceId | undefined
  let spanId: SpanId | undefined
  let traceState = ''
  let flags: number | undefined
  let droppedAttributes = 0
  while (Wire.next(wire, end)) {
    const { stop } = wire
    if (wire.tag === TRACE_ID) traceId = Id.traceId(wire, '.traceId')
    else if (wire.tag === SPAN_ID) spanId = Id.spanId(wire, '.spanId')
    else if (wire.tag === TRACE_STATE) traceState = Text.text(wire)
    else if (wire.tag === ATTRIBUTE) ValueReader.attributeOf(wire, found, path)
    else if (wire.tag === DROPPED_ATTRIBUTES) droppedAttributes = Wire.uint32(wire)
    else if (wire.tag === FLAGS) flags = Wire.fixed32(wire)
    wire.pbf.pos = stop
  }
  wire.start = end
  if (traceId === undefined) Wire.fail(wire, '.traceId', Id.TRACE_ID_SHAPE, 'nothing')
  if (spanId === undefined) Wire.fail(wire, '.spanId', Id.SPAN_ID_SHAPE, 'nothing')
  if (wire.failure !== undefined || traceId === undefined || spanId === undefined) return undefined
  const { attributes } = found
  return { traceId, spanId, traceState, attributes, flags, droppedAttributes }
}
