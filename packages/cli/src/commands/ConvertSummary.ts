/** The summary that `convert` prints at its end: input, output and losses. */
import * as Losses from '@sentry-exporter/core/Losses'
import type { Span } from '@sentry-exporter/core/Span'
import type { EnvelopeMeta } from '@sentry-exporter/envelope/Sealed'

// model

export interface ConvertSummary {
  readonly spansIn: number
  /** Spans in transactions. Synthetic roots do not count. */
  readonly spansOut: number
  readonly traces: number
  readonly transactions: number
  readonly errors: number
  readonly logs: number
  /** Items: a point of a metric may be several. */
  readonly metrics: number
  readonly losses: Losses.Losses
}

// constructors

/** `spansIn` includes rejected spans. */
export const of = (
  spansIn: number,
  spans: ReadonlyArray<Span>,
  envelopes: ReadonlyArray<Pick<EnvelopeMeta, 'category' | 'logs' | 'metrics' | 'spans'>>,
  losses: Losses.Losses,
): ConvertSummary => ({
  spansIn,
  spansOut: envelopes.reduce((sum, { spans: count = 0 }) => sum + count, 0),
  traces: new Set(spans.map((span) => span.traceId)).size,
  transactions: envelopes.filter(({ category }) => category === 'transaction').length,
  errors: envelopes.filter(({ category }) => category === 'error').length,
  logs: envelopes.reduce((sum, { logs: count = 0 }) => sum + count, 0),
  metrics: envelopes.reduce((sum, { metrics: count = 0 }) => sum + count, 0),
  losses,
})

// encoding

/** One line of JSON, with the losses in alphabetical order. */
export const print = (summary: ConvertSummary): string =>
  JSON.stringify({ ...summary, losses: Object.fromEntries(Losses.entries(summary.losses)) })
