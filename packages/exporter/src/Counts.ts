/** How much there is of what Sentry takes. A monoid. */
import type { EnvelopeMeta } from '@sentry-exporter/envelope/Sealed'

// model

export interface Counts {
  readonly transactions: number
  /** Spans of the input, in transactions: roots that no program made do not count. */
  readonly spans: number
  readonly errors: number
}

// constructors

export const empty: Counts = { transactions: 0, spans: 0, errors: 0 }

/** What an envelope holds. */
export const of = ({ category, spans = 0 }: EnvelopeMeta): Counts => ({
  transactions: category === 'transaction' ? 1 : 0,
  spans,
  errors: category === 'error' ? 1 : 0,
})

// combinators

export const concat = (a: Counts, b: Counts): Counts => ({
  transactions: a.transactions + b.transactions,
  spans: a.spans + b.spans,
  errors: a.errors + b.errors,
})
