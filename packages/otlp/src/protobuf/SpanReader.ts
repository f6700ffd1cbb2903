/**
 * Reads one span of a request in protobuf. A part that cannot be read is left out, and the span stays.
 * Source: `opentelemetry/proto/trace/v1/trace.proto`.
 */
import * as Micros from '@sentry-exporter/core/Micros'
import type { Resource } from '@sentry-exporter/core/Resource'
import type { Scope } from '@sentry-exporter/core/Scope'
import type { Span } from '@sentry-exporter/core/Span'
import type { SpanEvent } from '@sentry-exporter/core/SpanEvent'
import type { SpanId } from '@sentry-exporter/core/SpanId'
import * as SpanKind from '@sentry-exporter/core/SpanKind'
import * as SpanLink from '@sentry-exporter/core/SpanLink'
import * as SpanStatus from '@sentry-exporter/core/SpanStatus'
import type { TraceId } from '@sentry-exporter/core/TraceId'
import * as EventReader from './EventReader.ts'
import * as Id from './Id.ts'
import * as LinkReader from './LinkReader.ts'
import * as Text from './Text.ts'
import * as Time from './Time.ts'
import * as ValueReader from './ValueReader.ts'
import * as Wire from './Wire.ts'

// model

const TRACE_ID = Wire.tag(1, Wire.BYTES)
const SPAN_ID = Wire.tag(2, Wire.BYTES)
const TRACE_STATE = Wire.tag(3, Wire.BYTES)
const PARENT_SPAN_ID = Wire.tag(4, Wire.BYTES)
const NAME = Wire.tag(5, Wire.BYTES)
const KIND = Wire.tag(6, Wire.VARINT)
const START_TIME = Wire.tag(7, Wire.FIXED64)
const END_TIME = Wire.tag(8, Wire.FIXED64)
const ATTRIBUTE = Wire.tag(9, Wire.BYTES)
const DROPPED_ATTRIBUTES = Wire.tag(10, Wire.VARINT)
const EVENT = Wire.tag(11, Wire.BYTES)
const DROPPED_EVENTS = Wire.tag(12, Wire.VARINT)
const LINK = Wire.tag(13, Wire.BYTES)
const DROPPED_LINKS = Wire.tag(14, Wire.VARINT)
const STATUS = Wire.tag(15, Wire.BYTES)
const FLAGS = Wire.tag(16, Wire.FIXED32)

const STATUS_MESSAGE = Wire.tag(2, Wire.BYTES)
const STATUS_CODE = Wire.tag(3, Wire.VARINT)

const STATUS_CODES = ['UNSET', 'OK', 'ERROR'] as const

/** A span while it is read. */
interface Draft extends ValueReader.WithAttributes, LinkReader.FoundLinks {
  traceId: TraceId | undefined
  spanId: SpanId | undefined
  parentSpanId: SpanId | undefined
  name: string
  kind: SpanKind.SpanKind
  startMicros: Micros.Micros
  endMicros: Micros.Micros
  status: SpanStatus.SpanStatus
  events: Array<SpanEvent>
  /** The numbers of events and links so far, also of those that are left out. */
  eventCount: number
  linkCount: number
  flags: number | undefined
  traceState: string
  droppedAttributes: number
  droppedEvents: number
  droppedLinks: number
}

const draft = (): Draft => ({
  traceId: undefined,
  spanId: undefined,
  parentSpanId: undefined,
  name: '',
  kind: 'UNSPECIFIED',
  startMicros: Micros.zero,
  endMicros: Micros.zero,
  status: SpanStatus.unset,
  attributes: {},
  attributeCount: 0,
  doubles: undefined,
  events: [],
  eventCount: 0,
  links: [],
  withoutIds: [],
  linkCount: 0,
  flags: undefined,
  traceState: '',
  droppedAttributes: 0,
  droppedEvents: 0,
  droppedLinks: 0,
})

// decoding

/** Reads the current value; `undefined` with the failure in the wire. The path of the failure starts at the span. */
export const read = (wire: Wire.Wire, resource: Resource, scope: Scope): Span | undefined => {
  const end = wire.stop
  const found = draft()
  while (Wire.next(wire, end)) {
    const { stop } = wire
    field(wire, found)
    wire.pbf.pos = stop
  }
  const { traceId, spanId } = found
  wire.start = end
  if (traceId === undefined) Wire.fail(wire, '.traceId', Id.TRACE_ID_SHAPE, 'nothing else')
  if (spanId === undefined) Wire.fail(wire, '.spanId', Id.SPAN_ID_SHAPE, 'nothing else')
  if (wire.failure !== undefined || traceId === undefined || spanId === undefined) return undefined
  return {
    traceId,
    spanId,
    parentSpanId: found.parentSpanId,
    name: found.name,
    kind: found.kind,
    startMicros: found.startMicros,
    endMicros: found.endMicros,
    status: found.status,
    attributes:
      found.withoutIds.length === 0
        ? found.attributes
        : SpanLink.withUnresolved(found.attributes, found.withoutIds),
    doubles: found.doubles,
    events: found.events,
    links: found.links,
    flags: found.flags,
    traceState: found.traceState,
    droppedAttributes: found.droppedAttributes,
    droppedEvents: found.droppedEvents,
    droppedLinks: found.droppedLinks,
    scope,
    resource,
  }
}

const field = (wire: Wire.Wire, found: Draft): void => {
  switch (wire.tag) {
    case TRACE_ID:
      found.traceId = Id.traceId(wire, '.traceId')
      break
    case SPAN_ID:
      found.spanId = Id.spanId(wire, '.spanId')
      break
    case PARENT_SPAN_ID:
      found.parentSpanId = parentSpanId(wire)
      break
    case NAME:
      found.name = Text.key(wire)
      break
    case KIND:
      found.kind = SpanKind.all[Wire.int32(wire)] ?? 'UNSPECIFIED'
      break
    case START_TIME:
      found.startMicros = Time.micros(wire)
      break
    case END_TIME:
      found.endMicros = Time.micros(wire)
      break
    case ATTRIBUTE:
      ValueReader.attributeOf(wire, found)
      break
    case EVENT:
      event(wire, found)
      break
    case LINK:
      link(wire, found)
      break
    case STATUS:
      found.status = status(wire, found.status)
      break
    default:
      counts(wire, found)
  }
}

/** The fields that most spans leave out. */
const counts = (wire: Wire.Wire, found: Draft): void => {
  if (wire.tag === FLAGS) found.flags = Wire.fixed32(wire)
  else if (wire.tag === TRACE_STATE) found.traceState = Text.text(wire)
  else if (wire.tag === DROPPED_ATTRIBUTES) found.droppedAttributes = Wire.uint32(wire)
  else if (wire.tag === DROPPED_EVENTS) found.droppedEvents = Wire.uint32(wire)
  else if (wire.tag === DROPPED_LINKS) found.droppedLinks = Wire.uint32(wire)
}

/** An id that cannot be read is left out. */
const parentSpanId = (wire: Wire.Wire): SpanId | undefined => {
  if (Id.isAbsent(wire)) return undefined
  const id = Id.spanId(wire, '.parentSpanId')
  if (id === undefined) Wire.skip(wire, '')
  return id
}

const event = (wire: Wire.Wire, found: Draft): void => {
  const path = `.events[${found.eventCount++}]`
  const one = EventReader.read(wire, path)
  if (one === undefined) Wire.skip(wire, path)
  else found.events.push(one)
}

const link = (wire: Wire.Wire, found: Draft): void => {
  const path = `.links[${found.linkCount++}]`
  if (!LinkReader.read(wire, path, found)) Wire.skip(wire, path)
}

/** A status that is sent in parts is merged with `before`. */
export const status = (wire: Wire.Wire, before: SpanStatus.SpanStatus): SpanStatus.SpanStatus => {
  const end = wire.stop
  let { code, message } = before
  while (Wire.next(wire, end)) {
    const { stop } = wire
    if (wire.tag === STATUS_MESSAGE) message = Text.text(wire)
    else if (wire.tag === STATUS_CODE) {
      const number = Wire.int32(wire)
      code = STATUS_CODES[number] ?? number
    }
    wire.pbf.pos = stop
  }
  if (wire.failure !== undefined) {
    Wire.skip(wire, '.status')
    return before
  }
  return code === 'UNSET' && message === '' ? SpanStatus.unset : { code, message }
}
