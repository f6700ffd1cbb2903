/** What is remembered of a span that was sent: enough to put late children where they belong. */
import type { ParentEvidence } from './Entry.ts'

// model

export interface SentSpan extends ParentEvidence {
  /** The name of the transaction it is in. */
  readonly transaction: string
}

// constructors

/** Of spans that are sent in the transaction of this name. Those that are alike share one. */
export const inTransaction = (
  transaction: string,
): ((span: { readonly traits: ParentEvidence }) => SentSpan) => {
  const shared = new Map<string, SentSpan>()
  return ({ traits: { kind, service } }) => {
    const known = shared.get(kind)
    if (known?.service === service) return known
    const sent = { kind, service, transaction }
    shared.set(kind, sent)
    return sent
  }
}
