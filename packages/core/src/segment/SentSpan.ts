/** The part of a sent span that is remembered, so that late children become continuations of its transaction. */
import type { ParentEvidence } from './Entry.ts'

// model

export interface SentSpan extends ParentEvidence {
  /** The name of the transaction that contains it. */
  readonly transaction: string
}

// constructors

/** A constructor for spans that are sent in the transaction of a name. Consecutive equal values are shared. */
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
