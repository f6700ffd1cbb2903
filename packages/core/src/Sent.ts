/**
 * What is remembered of the spans of one trace that were sent: enough to put late children where they belong. A list
 * of the sendings, newest first; short ones are joined, so that looking up costs the logarithm of their number.
 */
import type { ParentEvidence } from './Entry.ts'
import type { SpanId } from './SpanId.ts'

// model

export interface SentSpan extends ParentEvidence {
  /** The name of the transaction it is in. */
  readonly transaction: string
}

export interface Sent {
  readonly spans: ReadonlyMap<SpanId, SentSpan>
  readonly earlier: Sent | undefined
  /** Of this and all earlier sendings. */
  readonly count: number
}

// combinators

/** Adds the spans of a sending. The given map belongs to the memory afterwards. */
export const add = (sent: Sent | undefined, spans: ReadonlyMap<SpanId, SentSpan>): Sent => {
  let joined = spans
  let earlier = sent
  while (earlier !== undefined && earlier.spans.size <= joined.size * 2) {
    joined = new Map([...earlier.spans, ...joined])
    earlier = earlier.earlier
  }
  return { spans: joined, earlier, count: joined.size + (earlier?.count ?? 0) }
}

/** What is remembered of spans that are sent in the transaction of this name. */
export const remember = (
  nodes: ReadonlyArray<ParentEvidence & { readonly spanId: SpanId }>,
  transaction: string,
): ReadonlyMap<SpanId, SentSpan> => {
  const shared = new Map<string, SentSpan>()
  const spans = new Map<SpanId, SentSpan>()
  for (const { spanId, kind, service } of nodes) {
    let sent = shared.get(kind)
    if (sent?.service !== service) {
      sent = { kind, service, transaction }
      shared.set(kind, sent)
    }
    spans.set(spanId, sent)
  }
  return spans
}

// destructors

export const get = (sent: Sent | undefined, id: SpanId): SentSpan | undefined => {
  for (let at = sent; at !== undefined; at = at.earlier) {
    const found = at.spans.get(id)
    if (found !== undefined) return found
  }
  return undefined
}
