/** What is remembered of a span that was sent: enough to put late children where they belong. */
import type { ParentEvidence } from './Entry.ts'
import type { SpanId } from './SpanId.ts'

// model

export interface SentSpan extends ParentEvidence {
  /** The name of the transaction it is in. */
  readonly transaction: string
}

// constructors

/** Of spans that are sent in the transaction of this name. */
export const ofNodes = (
  nodes: ReadonlyArray<{ readonly spanId: SpanId; readonly traits: ParentEvidence }>,
  transaction: string,
): ReadonlyMap<SpanId, SentSpan> => {
  const shared = new Map<string, SentSpan>()
  const spans = new Map<SpanId, SentSpan>()
  for (const { spanId, traits } of nodes) {
    const { kind, service } = traits
    let sent = shared.get(kind)
    if (sent?.service !== service) {
      sent = { kind, service, transaction }
      shared.set(kind, sent)
    }
    spans.set(spanId, sent)
  }
  return spans
}
