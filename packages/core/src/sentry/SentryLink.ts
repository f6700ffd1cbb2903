/**
 * A link of a span. Source: `relay-event-schema/src/protocol/span.rs` of getsentry/relay; both ids are required. Values of attributes are scalars, as
 * those of spans.
 */
import * as Json from '../model/Json.ts'
import type { SpanLink } from '../model/SpanLink.ts'

// model

export interface SentryLink {
  readonly trace_id: string
  readonly span_id: string
  readonly sampled?: boolean
  readonly attributes?: Json.JsonObject
}

// constructors

/** W3C Trace Context, "sampled flag". */
const SAMPLED = 1

export const fromLink = (link: SpanLink): SentryLink => ({
  trace_id: link.traceId,
  span_id: link.spanId,
  ...(link.flags === undefined ? {} : { sampled: (link.flags & SAMPLED) !== 0 }),
  ...(Object.keys(link.attributes).length === 0
    ? {}
    : { attributes: Json.scalars(Json.fromAttributes(link.attributes)) }),
})

// transformations

/** The first links that take at most so many bytes, as `bytesOf` counts them. The list itself if all of them fit. */
export const within = (
  links: ReadonlyArray<SentryLink>,
  maxBytes: number,
  bytesOf: (link: SentryLink) => number,
): ReadonlyArray<SentryLink> => {
  let left = maxBytes
  for (const [index, link] of links.entries()) {
    // One byte for the comma between them.
    left -= bytesOf(link) + 1
    if (left < 0) return links.slice(0, index)
  }
  return links
}
