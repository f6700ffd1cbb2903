/**
 * Decodes the links of a span. OpenTelemetry's specification lets a span record a link without valid ids, for its attributes
 * or its trace state ("Specifying links" in `specification/trace/api.md`). Sentry needs both ids, so the link is left out, and its
 * content becomes an attribute of the span.
 */
import type * as Attributes from '@sentry-exporter/core/Attributes'
import * as Json from '@sentry-exporter/core/Json'
import type { SpanLink } from '@sentry-exporter/core/SpanLink'
import * as AnyValue from './AnyValue.ts'
import * as Cursor from './Cursor.ts'
import * as Identifier from './Identifier.ts'
import * as Scalar from './Scalar.ts'

// model

export interface DecodedLinks {
  readonly links: ReadonlyArray<SpanLink>
  /** The content of each link without valid ids that has content. */
  readonly withoutIds: ReadonlyArray<Attributes.Attributes>
}

/** A link that lacks one of its ids, or both. */
export interface UnresolvedLink extends Pick<SpanLink, 'traceState' | 'attributes'> {
  readonly traceId: SpanLink['traceId'] | undefined
  readonly spanId: SpanLink['spanId'] | undefined
}

/** The attribute of a span that lists its links without valid ids. */
const UNRESOLVED = 'otel.links_without_ids'

// constructors

const NO_LINKS: DecodedLinks = { links: [], withoutIds: [] }

/** The attributes of a span, and the content of its links without valid ids. */
export const withUnresolved = (
  attributes: Attributes.Attributes,
  withoutIds: DecodedLinks['withoutIds'],
): Attributes.Attributes => {
  const all = { ...attributes }
  Json.set<Attributes.AttributeValue>(all, UNRESOLVED, withoutIds)
  return all
}

/** The content of a link without both ids; `undefined` if it has none. */
export const contentOf = ({
  traceId,
  spanId,
  traceState,
  attributes,
}: UnresolvedLink): Attributes.Attributes | undefined => {
  const content: Attributes.Attributes = {
    ...(traceId === undefined ? {} : { trace_id: traceId }),
    ...(spanId === undefined ? {} : { span_id: spanId }),
    ...(traceState === '' ? {} : { trace_state: traceState }),
    ...(Object.keys(attributes).length === 0 ? {} : { attributes }),
  }
  return Object.keys(content).length === 0 ? undefined : content
}

// decoding

export const decodeAll = (cursor: Cursor.Cursor, value: unknown): DecodedLinks => {
  const values = Scalar.list(cursor, value, '.links')
  if (values.length === 0) return NO_LINKS
  const links: Array<SpanLink> = []
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
  links: Array<SpanLink>,
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
  const droppedAttributes =
    Scalar.uint32(
      cursor,
      value['droppedAttributesCount'] ?? value['dropped_attributes_count'],
      '.droppedAttributesCount',
    ) ?? 0
  if (traceId !== undefined && spanId !== undefined) {
    links.push({ traceId, spanId, traceState, attributes, flags, droppedAttributes })
    return
  }
  const content = contentOf({ traceId, spanId, traceState, attributes })
  if (content !== undefined) withoutIds.push(content)
}
