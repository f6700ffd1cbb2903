/** Decodes one span of a request. Source: `opentelemetry/proto/trace/v1/trace.proto`. */
import type { Resource } from '@sentry-exporter/core/Resource'
import type { Scope } from '@sentry-exporter/core/Scope'
import type { Span } from '@sentry-exporter/core/Span'
import type { SpanEvent } from '@sentry-exporter/core/SpanEvent'
import * as SpanKind from '@sentry-exporter/core/SpanKind'
import type { SpanLink } from '@sentry-exporter/core/SpanLink'
import * as SpanStatus from '@sentry-exporter/core/SpanStatus'
import * as AnyValue from './AnyValue.ts'
import * as Cursor from './Cursor.ts'
import * as Scalar from './Scalar.ts'

// decoding

/** A span, or `undefined` with the failure in the cursor. The path of the failure starts at the span. */
export const decode = (
  cursor: Cursor.Cursor,
  value: unknown,
  resource: Resource,
  scope: Scope,
): Span | undefined => {
  if (!Scalar.isFields(value)) {
    Cursor.fail(cursor, '', 'a span', value)
    return undefined
  }
  const traceId = Scalar.traceId(cursor, value['traceId'], '.traceId')
  if (traceId === undefined) return undefined
  const spanId = Scalar.spanId(cursor, value['spanId'], '.spanId')
  if (spanId === undefined) return undefined
  const span: Span = {
    traceId,
    spanId,
    parentSpanId: Scalar.parentSpanId(cursor, value['parentSpanId'], '.parentSpanId'),
    name: Scalar.text(cursor, value['name'], '.name'),
    kind: kind(cursor, value['kind']),
    startMicros: Scalar.time(cursor, value['startTimeUnixNano'], '.startTimeUnixNano'),
    endMicros: Scalar.time(cursor, value['endTimeUnixNano'], '.endTimeUnixNano'),
    status: status(cursor, value['status']),
    attributes: AnyValue.attributes(cursor, value['attributes'], '.attributes'),
    doubles: cursor.doubles,
    events: each(cursor, value['events'], '.events', event),
    links: each(cursor, value['links'], '.links', link),
    flags: Scalar.uint32(cursor, value['flags'], '.flags'),
    traceState: Scalar.text(cursor, value['traceState'], '.traceState'),
    droppedAttributes: dropped(cursor, value['droppedAttributesCount'], '.droppedAttributesCount'),
    droppedEvents: dropped(cursor, value['droppedEventsCount'], '.droppedEventsCount'),
    droppedLinks: dropped(cursor, value['droppedLinksCount'], '.droppedLinksCount'),
    scope,
    resource,
  }
  return cursor.failure === undefined ? span : undefined
}

const kind = (cursor: Cursor.Cursor, value: unknown): SpanKind.SpanKind => {
  if (typeof value === 'number') return SpanKind.all[value] ?? 'UNSPECIFIED'
  if (Scalar.isAbsent(value)) return 'UNSPECIFIED'
  const named = SpanKind.all.find((name) => value === `SPAN_KIND_${name}`)
  if (named === undefined) Cursor.fail(cursor, '.kind', 'the number or name of a span kind', value)
  return named ?? 'UNSPECIFIED'
}

const status = (cursor: Cursor.Cursor, value: unknown): SpanStatus.SpanStatus => {
  if (Scalar.isAbsent(value)) return SpanStatus.unset
  if (!Scalar.isFields(value)) {
    Cursor.fail(cursor, '.status', 'an object', value)
    return SpanStatus.unset
  }
  const code = statusCode(cursor, value['code'])
  const message = Scalar.text(cursor, value['message'], '.status.message')
  return code === 'UNSET' && message === '' ? SpanStatus.unset : { code, message }
}

const STATUS_CODES = ['UNSET', 'OK', 'ERROR'] as const

const statusCode = (cursor: Cursor.Cursor, value: unknown): SpanStatus.SpanStatus['code'] => {
  if (Scalar.isAbsent(value)) return 'UNSET'
  if (typeof value === 'number' && Number.isInteger(value)) return STATUS_CODES[value] ?? value
  const named = STATUS_CODES.find((name) => value === `STATUS_CODE_${name}`)
  if (named === undefined) {
    Cursor.fail(cursor, '.status.code', 'the number or name of a status code', value)
  }
  return named ?? 'UNSET'
}

const event = (cursor: Cursor.Cursor, value: Scalar.JsonFields): SpanEvent => ({
  name: Scalar.text(cursor, value['name'], '.name'),
  timeMicros: Scalar.time(cursor, value['timeUnixNano'], '.timeUnixNano'),
  attributes: AnyValue.attributes(cursor, value['attributes'], '.attributes'),
  droppedAttributes: dropped(cursor, value['droppedAttributesCount'], '.droppedAttributesCount'),
})

const link = (cursor: Cursor.Cursor, value: Scalar.JsonFields): SpanLink | undefined => {
  const traceId = Scalar.traceId(cursor, value['traceId'], '.traceId')
  if (traceId === undefined) return undefined
  const spanId = Scalar.spanId(cursor, value['spanId'], '.spanId')
  if (spanId === undefined) return undefined
  return {
    traceId,
    spanId,
    traceState: Scalar.text(cursor, value['traceState'], '.traceState'),
    attributes: AnyValue.attributes(cursor, value['attributes'], '.attributes'),
    flags: Scalar.uint32(cursor, value['flags'], '.flags'),
    droppedAttributes: dropped(cursor, value['droppedAttributesCount'], '.droppedAttributesCount'),
  }
}

const each = <A>(
  cursor: Cursor.Cursor,
  value: unknown,
  path: string,
  decodeOne: (cursor: Cursor.Cursor, value: Scalar.JsonFields) => A | undefined,
): ReadonlyArray<A> => {
  const values = Scalar.list(cursor, value, path)
  if (values.length === 0 || cursor.failure !== undefined) return []
  const found: Array<A> = []
  for (let i = 0; i < values.length; i++) {
    const one = values[i]
    if (!Scalar.isFields(one)) {
      Cursor.fail(cursor, `${path}[${i}]`, 'an object', one)
      return found
    }
    const decoded = decodeOne(cursor, one)
    if (cursor.failure !== undefined) {
      Cursor.inside(cursor, `${path}[${i}]`)
      return found
    }
    if (decoded !== undefined) found.push(decoded)
  }
  return found
}

const dropped = (cursor: Cursor.Cursor, value: unknown, path: string): number =>
  Scalar.uint32(cursor, value, path) ?? 0
