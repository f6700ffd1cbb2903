/** How much there is of what Sentry takes. A monoid. */
import type { Sealed } from '@sentry-exporter/envelope/Sealed'

// model

export interface Counts {
  readonly transactions: number
  /** Spans in transactions, their roots included. */
  readonly spans: number
  readonly errors: number
}

// constructors

export const empty: Counts = { transactions: 0, spans: 0, errors: 0 }

/** What an envelope holds. */
export const of = (sealed: Sealed): Counts => {
  const count = (category: string): number =>
    sealed.losesIfDropped.find(([name]) => name === category)?.[1] ?? 0
  return { transactions: count('transaction'), spans: count('span'), errors: count('error') }
}

// combinators

export const concat = (a: Counts, b: Counts): Counts => ({
  transactions: a.transactions + b.transactions,
  spans: a.spans + b.spans,
  errors: a.errors + b.errors,
})
