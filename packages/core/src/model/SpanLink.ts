/**
 * A reference from a span to another span, of the same trace or of another one.
 *
 * OpenTelemetry's specification lets a span record a link without valid ids, for its attributes or its trace state ("Specifying
 * links" in `specification/trace/api.md`). Sentry needs both ids, so decoders leave the link out, and its content becomes an
 * attribute of the span.
 *
 * @example
 * ```ts
 * import { SpanLink } from '@sentry-exporter/core'
 *
 * const link = { traceId: undefined, spanId: undefined, traceState: '', attributes: { queue: 'mail' } }
 * const content = SpanLink.contentOf(link)
 *
 * const attributes = SpanLink.withUnresolved({}, content === undefined ? [] : [content])
 *
 * console.log(JSON.stringify(attributes)) // {"otel.links_without_ids":[{"attributes":{"queue":"mail"}}]}
 * ```
 */
import type { Attributes, AttributeValue } from './Attributes.ts'
import * as Json from './Json.ts'
import type { SpanId } from './SpanId.ts'
import type { TraceId } from './TraceId.ts'

// model

export interface SpanLink {
  readonly traceId: TraceId
  readonly spanId: SpanId
  readonly traceState: string
  readonly attributes: Attributes
  /** W3C trace flags and OTLP's own bits; `undefined` if they were not sent. */
  readonly flags: number | undefined
  readonly droppedAttributes: number
}

/** A link that lacks one of its ids, or both. */
export interface UnresolvedLink extends Pick<SpanLink, 'traceState' | 'attributes'> {
  readonly traceId: SpanLink['traceId'] | undefined
  readonly spanId: SpanLink['spanId'] | undefined
}

/** The attribute of a span that lists its links without valid ids. */
const UNRESOLVED = 'otel.links_without_ids'

// constructors

/** The content of a link without both ids; `undefined` if it has none. */
export const contentOf = ({
  traceId,
  spanId,
  traceState,
  attributes,
}: UnresolvedLink): Attributes | undefined => {
  const content: Attributes = {
    ...(traceId === undefined ? {} : { trace_id: traceId }),
    ...(spanId === undefined ? {} : { span_id: spanId }),
    ...(traceState === '' ? {} : { trace_state: traceState }),
    ...(Object.keys(attributes).length === 0 ? {} : { attributes }),
  }
  return Object.keys(content).length === 0 ? undefined : content
}

/** The attributes of a span, and the content of its links without valid ids. */
export const withUnresolved = (
  attributes: Attributes,
  withoutIds: ReadonlyArray<Attributes>,
): Attributes => {
  const all = { ...attributes }
  Json.set<AttributeValue>(all, UNRESOLVED, withoutIds)
  return all
}
