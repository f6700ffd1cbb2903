/**
 * Decodes one span of a request. Only a span without valid ids is lost; any other part that cannot be read is left out.
 * Source: `opentelemetry/proto/trace/v1/trace.proto`.
 */
import { ScannedSpan } from '@sentry-exporter/core/pipeline'
import type { Resource } from '@sentry-exporter/core/Resource'
import type { Scope } from '@sentry-exporter/core/Scope'
import type { Span } from '@sentry-exporter/core/Span'
import type { SpanEvent } from '@sentry-exporter/core/SpanEvent'
import * as SpanId from '@sentry-exporter/core/SpanId'
import * as SpanKind from '@sentry-exporter/core/SpanKind'
import * as SpanLink from '@sentry-exporter/core/SpanLink'
import * as SpanStatus from '@sentry-exporter/core/SpanStatus'
import type { TraceId } from '@sentry-exporter/core/TraceId'
import * as AnyValue from './AnyValue.ts'
import * as Cursor from './Cursor.ts'
import * as Identifier from './Identifier.ts'
import * as LinkDecoder from './LinkDecoder.ts'
import * as Scalar from './Scalar.ts'

// decoding

/** Gives a span, or `undefined` with the failure in the cursor. Paths start at the span. `parts` is used again for each span. */
export const decoding =
  (parts: ScannedSpan.ScannedFields = ScannedSpan.noFields()) =>
  (cursor: Cursor.Cursor, value: unknown, resource: Resource, scope: Scope): Span | undefined => {
    if (!Scalar.isFields(value)) {
      Cursor.fail(cursor, '', 'a span', value)
      return undefined
    }
    if (!readIds(cursor, value, parts)) return undefined
    const attributes = AnyValue.attributes(cursor, value['attributes'], '.attributes')
    const { doubles } = cursor
    const links = LinkDecoder.decodeAll(cursor, value['links'])
    readParts(cursor, value, parts)
    // hot: once for each span, in one literal
    return {
      traceId: parts.traceId,
      spanId: parts.spanId,
      parentSpanId: parts.parentSpanId,
      name: parts.name,
      kind: parts.kind,
      startMicros: parts.startMicros,
      endMicros: parts.endMicros,
      status: parts.status,
      attributes:
        links.withoutIds.length === 0
          ? attributes
          : SpanLink.withUnresolved(attributes, links.withoutIds),
      doubles,
      events: parts.events,
      links: links.links,
      flags: parts.flags,
      traceState: parts.traceState,
      droppedAttributes: parts.droppedAttributes,
      droppedEvents: parts.droppedEvents,
      droppedLinks: parts.droppedLinks,
      scope,
      resource,
    }
  }

/** Reads the ids of a span; false with the failure in the cursor. */
export const readIds = (
  cursor: Cursor.Cursor,
  value: Scalar.JsonFields,
  into: ScannedSpan.ScannedFields,
): boolean => {
  // Protobuf's JSON has names in camel case; its parsers also accept the original names.
  const traceId = ownTraceId(cursor, value['traceId'] ?? value['trace_id'])
  if (traceId === undefined) return false
  const spanId = ownSpanId(cursor, value['spanId'] ?? value['span_id'])
  if (spanId === undefined) return false
  into.traceId = traceId
  into.spanId = spanId
  return true
}

/** Reads the parts of a span that are neither its ids nor lists of attributes or links. */
export const readParts = (
  cursor: Cursor.Cursor,
  value: Scalar.JsonFields,
  into: ScannedSpan.ScannedFields,
): void => {
  into.parentSpanId = parentSpanId(cursor, value['parentSpanId'] ?? value['parent_span_id'])
  into.name = Scalar.text(cursor, value['name'], '.name')
  into.kind = kind(cursor, value['kind'])
  into.startMicros = Scalar.time(
    cursor,
    value['startTimeUnixNano'] ?? value['start_time_unix_nano'],
    '.startTimeUnixNano',
  )
  into.endMicros = Scalar.time(
    cursor,
    value['endTimeUnixNano'] ?? value['end_time_unix_nano'],
    '.endTimeUnixNano',
  )
  into.status = status(cursor, value['status'])
  into.events = eventsOf(cursor, value['events'])
  into.flags = Scalar.uint32(cursor, value['flags'], '.flags')
  into.traceState = Scalar.text(cursor, value['traceState'] ?? value['trace_state'], '.traceState')
  into.droppedAttributes = Scalar.droppedAttributes(cursor, value)
  into.droppedEvents =
    Scalar.uint32(
      cursor,
      value['droppedEventsCount'] ?? value['dropped_events_count'],
      '.droppedEventsCount',
    ) ?? 0
  into.droppedLinks =
    Scalar.uint32(
      cursor,
      value['droppedLinksCount'] ?? value['dropped_links_count'],
      '.droppedLinksCount',
    ) ?? 0
}

const ownTraceId = (cursor: Cursor.Cursor, value: unknown): TraceId | undefined => {
  const id = Identifier.traceId(cursor, value)
  if (id === undefined) Cursor.fail(cursor, '.traceId', '32 hex characters, not all zero', value)
  return id
}

const ownSpanId = (cursor: Cursor.Cursor, value: unknown): SpanId.SpanId | undefined => {
  const id = Identifier.spanId(cursor, value)
  if (id === undefined) Cursor.fail(cursor, '.spanId', '16 hex characters, not all zero', value)
  return id
}

/** An absent, empty or all-zero id means that there is no parent. An id that cannot be read is left out. */
const parentSpanId = (cursor: Cursor.Cursor, value: unknown): SpanId.SpanId | undefined => {
  // hot: nearly all ids are 16 hexadecimal digits, not all zero
  const digits = typeof value === 'string' ? SpanId.parse(value) : undefined
  if (digits !== undefined || Identifier.isNone(value)) return digits
  const id = Identifier.spanId(cursor, value)
  if (id === undefined)
    Cursor.skip(cursor, '.parentSpanId', '16 hex characters, not all zero', value)
  return id
}

const kind = (cursor: Cursor.Cursor, value: unknown): SpanKind.SpanKind => {
  // hot: nearly all kinds are numbers
  if (typeof value === 'number' && Number.isInteger(value))
    return SpanKind.all[value] ?? 'UNSPECIFIED'
  if (Scalar.isAbsent(value)) return 'UNSPECIFIED'
  const number = Scalar.enumNumber(value, 'SPAN_KIND_', SpanKind.all)
  if (number === undefined) Cursor.skip(cursor, '.kind', 'the number or name of a span kind', value)
  return SpanKind.all[number ?? 0] ?? 'UNSPECIFIED'
}

const status = (cursor: Cursor.Cursor, value: unknown): SpanStatus.SpanStatus => {
  if (Scalar.isAbsent(value)) return SpanStatus.unset
  if (!Scalar.isFields(value)) {
    Cursor.skip(cursor, '.status', 'an object', value)
    return SpanStatus.unset
  }
  const code = statusCode(cursor, value['code'])
  const message = Scalar.text(cursor, value['message'], '.status.message')
  return code === 'UNSET' && message === '' ? SpanStatus.unset : { code, message }
}

const STATUS_CODES = ['UNSET', 'OK', 'ERROR'] as const

const statusCode = (cursor: Cursor.Cursor, value: unknown): SpanStatus.SpanStatus['code'] => {
  if (Scalar.isAbsent(value)) return 'UNSET'
  const number = Scalar.enumNumber(value, 'STATUS_CODE_', STATUS_CODES)
  if (number === undefined) {
    Cursor.skip(cursor, '.status.code', 'the number or name of a status code', value)
    return 'UNSET'
  }
  return STATUS_CODES[number] ?? number
}

const eventsOf = (cursor: Cursor.Cursor, value: unknown): Array<SpanEvent> => {
  const values = Scalar.list(cursor, value, '.events')
  if (values.length === 0) return []
  const found: Array<SpanEvent> = []
  let known = cursor.places.length
  for (let i = 0; i < values.length; i++) {
    const one = values[i]
    if (Scalar.isFields(one)) found.push(event(cursor, one))
    else Cursor.skip(cursor, '', 'an object', one)
    if (cursor.places.length > known) {
      Cursor.inside(cursor, known, `.events[${i}]`)
      known = cursor.places.length
    }
  }
  return found
}

const event = (cursor: Cursor.Cursor, value: Scalar.JsonFields): SpanEvent => ({
  name: Scalar.text(cursor, value['name'], '.name'),
  timeMicros: Scalar.time(
    cursor,
    value['timeUnixNano'] ?? value['time_unix_nano'],
    '.timeUnixNano',
  ),
  attributes: AnyValue.attributes(cursor, value['attributes'], '.attributes'),
  droppedAttributes: Scalar.droppedAttributes(cursor, value),
})
