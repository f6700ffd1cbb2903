/** The links of a span. One without valid ids is left out, and its content becomes an attribute of the span. */
import type { Attributes } from '@sentry-exporter/core/Attributes'
import * as SpanId from '@sentry-exporter/core/SpanId'
import * as SpanLink from '@sentry-exporter/core/SpanLink'
import * as TraceId from '@sentry-exporter/core/TraceId'
import * as AttributeReader from './AttributeReader.ts'
import * as Findings from './Findings.ts'
import type { LinkLike } from './ReadableSpan.ts'
import * as SpanFlags from './SpanFlags.ts'
import { text } from './text.ts'

// model

interface ReadLinks {
  readonly links: ReadonlyArray<SpanLink.SpanLink>
  /** The content of each link without valid ids that has content. */
  readonly withoutIds: ReadonlyArray<Attributes>
}

const NO_LINKS: ReadLinks = { links: [], withoutIds: [] }

// decoding

export const read = (
  findings: Findings.Findings,
  sources: ReadonlyArray<LinkLike> = [],
): ReadLinks => {
  if (sources.length === 0) return NO_LINKS
  const links: Array<SpanLink.SpanLink> = []
  const withoutIds: Array<Attributes> = []
  for (const [i, source] of sources.entries()) {
    const known = findings.places.length
    const link = readLink(findings, source)
    if (link.traceId !== undefined && link.spanId !== undefined) {
      links.push({ ...link, traceId: link.traceId, spanId: link.spanId })
    } else {
      const content = SpanLink.contentOf(link)
      if (content !== undefined) withoutIds.push(content)
    }
    Findings.inside(findings, known, '.links', i)
  }
  return { links, withoutIds }
}

type ReadLink = SpanLink.UnresolvedLink & Pick<SpanLink.SpanLink, 'flags' | 'droppedAttributes'>

const readLink = (
  findings: Findings.Findings,
  { context, attributes, droppedAttributesCount = 0 }: LinkLike,
): ReadLink => {
  const traceId = TraceId.parse(context.traceId)
  const spanId = SpanId.parse(context.spanId)
  if (traceId === undefined) {
    Findings.skip(findings, '.traceId', '32 hex characters, not all zero', context.traceId)
  } else if (spanId === undefined) {
    Findings.skip(findings, '.spanId', '16 hex characters, not all zero', context.spanId)
  }
  return {
    traceId,
    spanId,
    traceState: text(findings, context.traceState?.serialize(), '.traceState'),
    attributes: AttributeReader.attributes(findings, attributes, '.attributes'),
    flags: SpanFlags.of(context.traceFlags, context.isRemote),
    droppedAttributes: droppedAttributesCount,
  }
}
