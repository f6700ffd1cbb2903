/**
 * Reads one link of a span. As in JSON, a link without both ids is left out, and its content becomes an attribute of the span.
 * Source: `opentelemetry/proto/trace/v1/trace.proto`, `Span.Link`.
 */
import type { Attributes } from '@sentry-exporter/core/Attributes'
import type { SpanId } from '@sentry-exporter/core/SpanId'
import * as SpanLink from '@sentry-exporter/core/SpanLink'
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

/** The links of a span, while it is read. */
export interface FoundLinks {
  readonly links: Array<SpanLink.SpanLink>
  /** The content of each link without ids that has content. */
  readonly withoutIds: Array<Attributes>
}

/** A link while it is read. */
interface Draft extends ValueReader.WithAttributes {
  traceId: TraceId | undefined
  spanId: SpanId | undefined
  /** The values of its ids, for a message. */
  traceIdFound: string
  spanIdFound: string
  traceState: string
  flags: number | undefined
  droppedAttributes: number
}

const draft = (): Draft => ({
  ...ValueReader.noAttributes(),
  traceId: undefined,
  spanId: undefined,
  traceIdFound: 'nothing',
  spanIdFound: 'nothing',
  traceState: '',
  flags: undefined,
  droppedAttributes: 0,
})

// decoding

/** Reads the current value into the links of a span. Whether its framing was right; else the failure is in the wire. */
export const read = (wire: Wire.Wire, path: string, span: FoundLinks): boolean => {
  const end = wire.stop
  const found = draft()
  while (Wire.next(wire, end)) {
    const { stop } = wire
    field(wire, path, found)
    wire.pbf.pos = stop
  }
  if (wire.failure !== undefined) return false
  wire.start = end
  const { traceId, spanId, traceState, attributes, flags, droppedAttributes } = found
  if (traceId !== undefined && spanId !== undefined) {
    span.links.push({ traceId, spanId, traceState, attributes, flags, droppedAttributes })
    return true
  }
  if (traceId === undefined) Wire.fail(wire, '.traceId', Id.TRACE_ID_SHAPE, found.traceIdFound)
  else Wire.fail(wire, '.spanId', Id.SPAN_ID_SHAPE, found.spanIdFound)
  Wire.skip(wire, path)
  const content = SpanLink.contentOf({ traceId, spanId, traceState, attributes })
  if (content !== undefined) span.withoutIds.push(content)
  return true
}

const field = (wire: Wire.Wire, path: string, found: Draft): void => {
  switch (wire.tag) {
    case TRACE_ID:
      found.traceId = Id.parseTraceId(wire)
      found.traceIdFound = Id.show(wire)
      break
    case SPAN_ID:
      found.spanId = Id.parseSpanId(wire)
      found.spanIdFound = Id.show(wire)
      break
    case TRACE_STATE:
      found.traceState = Text.text(wire)
      break
    case ATTRIBUTE:
      ValueReader.attributeOf(wire, found, path)
      break
    case DROPPED_ATTRIBUTES:
      found.droppedAttributes = Wire.uint32(wire)
      break
    case FLAGS:
      found.flags = Wire.fixed32(wire)
      break
    default:
  }
}
