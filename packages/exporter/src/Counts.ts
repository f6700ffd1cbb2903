/**
 * Numbers of transactions, spans, errors, logs and metrics.
 *
 * @example
 * ```ts
 * import { Counts } from '@sentry-exporter/exporter'
 *
 * const one = { transactions: 1, spans: 3, errors: 0, logs: 0, metrics: 0 }
 * console.log(Counts.Monoid.concat(one, one).spans) // 6
 * ```
 */
import type { EnvelopeMeta } from '@sentry-exporter/envelope/Sealed'
import type * as M from '#fp-ts/Monoid'

// model

export interface Counts {
  readonly transactions: number
  /** Spans of the input, in transactions: synthetic roots do not count. */
  readonly spans: number
  readonly errors: number
  readonly logs: number
  /** Items: a point of a metric may be several. */
  readonly metrics: number
}

// constructors

/** The contents of an envelope. */
export const of = ({
  category,
  spans = 0,
  logs = 0,
  metrics = 0,
}: Pick<EnvelopeMeta, 'category' | 'logs' | 'metrics' | 'spans'>): Counts => ({
  transactions: category === 'transaction' ? 1 : 0,
  spans,
  errors: category === 'error' ? 1 : 0,
  logs,
  metrics,
})

// instances

export const Monoid: M.Monoid<Counts> = {
  empty: { transactions: 0, spans: 0, errors: 0, logs: 0, metrics: 0 },
  concat: (a, b) => ({
    transactions: a.transactions + b.transactions,
    spans: a.spans + b.spans,
    errors: a.errors + b.errors,
    logs: a.logs + b.logs,
    metrics: a.metrics + b.metrics,
  }),
}
