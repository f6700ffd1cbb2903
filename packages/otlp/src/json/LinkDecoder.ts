/** Decodes the links of a span. A link without valid ids is left out, and its content becomes an attribute of the span. */
import type * as Attributes from '@sentry-exporter/core/Attributes'
import * as SpanLink from '@sentry-exporter/core/SpanLink'
import * as AnyValue from './AnyValue.ts'
import * as Cursor from './Cursor.ts'
import * as Identifier from './Identifier.ts'
import * as Scalar from './Scalar.ts'

// model

export interface DecodedLinks {
  readonly links: Array<SpanLink.SpanLink>
  /** The content of each link without valid ids that has content. */
  readonly withoutIds: ReadonlyArray<Attributes.Attributes>
}

// decoding

export const decodeAll = (cursor: Cursor.Cursor, value: unknown): DecodedLinks => {
  const values = Scalar.list(cursor, value, '.links')
  if (values.length === 0) return { links: [], withoutIds: [] }
  const links: Array<SpanLink.SpanLink> = []
  const withoutIds: Array<Attributes.Attributes> = []
  let known = cursor.places.length
  for (let i = 0; i < values.length; i++) {
    const one = values[i]
    if (Scalar.isFields(one)) decode(cursor, one, links, withoutIds)
    else Cursor.skip(cursor, '', 'an object', one)
    if (cursor.places.length > known) {
      Cursor.inside(cursor, known, `.links[${i}]`)
      known = cursor.places.length
    }
  }
  return { links, withoutIds }
}

const decode = (
  cursor: Cursor.Cursor,
  value: Scalar.JsonFields,
  links: Array<SpanLink.SpanLink>,
  withoutIds: Array<Attributes.Attributes>,
): void => {
  const rawTraceId = value['traceId'] ?? value['trace_id']
  const rawSpanId = value['spanId'] ?? value['span_id']
  const traceId = Identifier.traceId(cursor, rawTraceId)
  const spanId = Identifier.spanId(cursor, rawSpanId)
  if (traceId === undefined) {
    Cursor.skip(cursor, '.traceId', '32 hex characters, not all zero', rawTraceId)
  } else if (spanId === undefined) {
    Cursor.skip(cursor, '.spanId', '16 hex characters, not all zero', rawSpanId)
  }
  const attributes = AnyValue.attributes(cursor, value['attributes'], '.attributes')
  const traceState = Scalar.text(cursor, value['traceState'] ?? value['trace_state'], '.traceState')
  const flags = Scalar.uint32(cursor, value['flags'], '.flags')
  const droppedAttributes = Scalar.droppedAttributes(cursor, value)
  if (traceId !== undefined && spanId !== undefined) {
    links.push({ traceId, spanId, traceState, attributes, flags, droppedAttributes })
    return
  }
  const content = SpanLink.contentOf({ traceId, spanId, traceState, attributes })
  if (content !== undefined) withoutIds.push(content)
}
