/**
 * Reads one log record of a request in protobuf. A part that cannot be read is left out, and the record stays.
 * Source: `opentelemetry/proto/logs/v1/logs.proto`.
 */
import * as Attributes from '@sentry-exporter/core/Attributes'
import * as LogRecord from '@sentry-exporter/core/LogRecord'
import * as Micros from '@sentry-exporter/core/Micros'
import type { Resource } from '@sentry-exporter/core/Resource'
import type { Scope } from '@sentry-exporter/core/Scope'
import type { SpanId } from '@sentry-exporter/core/SpanId'
import type { TraceId } from '@sentry-exporter/core/TraceId'
import * as Id from './Id.ts'
import * as Text from './Text.ts'
import * as ValueReader from './ValueReader.ts'
import * as Wire from './Wire.ts'

// model

const TIME = Wire.tag(1, Wire.FIXED64)
const SEVERITY = Wire.tag(2, Wire.VARINT)
const SEVERITY_TEXT = Wire.tag(3, Wire.BYTES)
const BODY = Wire.tag(5, Wire.BYTES)
const ATTRIBUTE = Wire.tag(6, Wire.BYTES)
const DROPPED_ATTRIBUTES = Wire.tag(7, Wire.VARINT)
const FLAGS = Wire.tag(8, Wire.FIXED32)
const TRACE_ID = Wire.tag(9, Wire.BYTES)
const SPAN_ID = Wire.tag(10, Wire.BYTES)
const OBSERVED_TIME = Wire.tag(11, Wire.FIXED64)
const EVENT_NAME = Wire.tag(12, Wire.BYTES)

/** A record while it is read. */
interface Draft extends ValueReader.WithAttributes {
  traceId: TraceId | undefined
  spanId: SpanId | undefined
  timeMicros: Micros.Micros
  timeNanos: number
  observedMicros: Micros.Micros
  observedNanos: number
  severity: number
  severityText: string
  eventName: string
  droppedAttributes: number
  flags: number
  body: Attributes.AttributeValue
}

// decoding

/** Reads the current value; `undefined` with the failure in the wire. The path of the failure starts at the record. */
export const read = (
  wire: Wire.Wire,
  resource: Resource,
  scope: Scope,
): LogRecord.LogRecord | undefined => {
  const end = wire.stop
  const found: Draft = {
    traceId: undefined,
    spanId: undefined,
    timeMicros: Micros.zero,
    timeNanos: 0,
    observedMicros: Micros.zero,
    observedNanos: 0,
    severity: 0,
    severityText: '',
    eventName: '',
    droppedAttributes: 0,
    flags: 0,
    body: null,
    attributes: {},
    attributeCount: 0,
    doubles: undefined,
  }
  while (Wire.next(wire, end)) {
    const { stop } = wire
    field(wire, found)
    wire.pbf.pos = stop
  }
  if (wire.failure !== undefined) return undefined
  const { timeMicros, observedMicros, observedNanos, severityText } = found
  return {
    traceId: found.traceId,
    spanId: found.spanId,
    timeMicros: timeMicros > 0 ? timeMicros : observedMicros,
    timeNanos: timeMicros > 0 ? found.timeNanos : observedNanos,
    observedMicros,
    observedNanos,
    severity: found.severity || LogRecord.severityOfText(severityText),
    severityText,
    eventName: found.eventName,
    body: found.body,
    // A request may hold millions of records without attributes.
    attributes: found.attributeCount === 0 ? Attributes.empty : found.attributes,
    doubles: found.doubles,
    droppedAttributes: found.droppedAttributes,
    flags: found.flags,
    resource,
    scope,
  }
}

const field = (wire: Wire.Wire, found: Draft): void => {
  // The halves of a time.
  let low: number
  let high: number
  switch (wire.tag) {
    case TIME:
      low = wire.pbf.readFixed32()
      high = wire.pbf.readFixed32()
      found.timeMicros = Micros.fromNanoWords(high, low)
      found.timeNanos = Micros.nanosAfterWords(high, low)
      break
    case OBSERVED_TIME:
      low = wire.pbf.readFixed32()
      high = wire.pbf.readFixed32()
      found.observedMicros = Micros.fromNanoWords(high, low)
      found.observedNanos = Micros.nanosAfterWords(high, low)
      break
    case SEVERITY:
      found.severity = Math.max(0, Wire.int32(wire))
      break
    case SEVERITY_TEXT:
      found.severityText = Text.text(wire)
      break
    case EVENT_NAME:
      found.eventName = Text.text(wire)
      break
    case DROPPED_ATTRIBUTES:
      found.droppedAttributes = Wire.uint32(wire)
      break
    case FLAGS:
      found.flags = Wire.fixed32(wire)
      break
    case TRACE_ID:
      found.traceId = Id.optionalTraceId(wire)
      break
    case SPAN_ID:
      found.spanId = Id.optionalSpanId(wire)
      break
    case BODY:
      found.body = ValueReader.anyValue(wire, 0, found.body)
      if (wire.failure !== undefined) Wire.skip(wire, '.body')
      break
    case ATTRIBUTE:
      ValueReader.attributeOf(wire, found)
      break
    default:
  }
}
