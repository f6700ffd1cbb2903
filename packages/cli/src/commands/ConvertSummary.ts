/** What `convert` says at its end: what went in, what came out, and what did not. */
import * as Losses from '@sentry-exporter/core/Losses'
import type { Span } from '@sentry-exporter/core/Span'
import type { EnvelopeDraft } from '@sentry-exporter/exporter/EnvelopeDraft'

// model

export interface ConvertSummary {
  readonly spansIn: number
  /** Spans in transactions, as roots or below them; roots that no program made do not count. */
  readonly spansOut: number
  readonly traces: number
  readonly transactions: number
  readonly errors: number
  readonly losses: Losses.Losses
}

// constructors

/** `spansIn` counts the rejected ones too. */
export const of = (
  spansIn: number,
  spans: ReadonlyArray<Span>,
  envelopes: ReadonlyArray<EnvelopeDraft>,
  losses: Losses.Losses,
): ConvertSummary => ({
  spansIn,
  spansOut: envelopes.reduce((sum, { spans: held }) => sum + held, 0),
  traces: new Set(spans.map((span) => span.traceId)).size,
  transactions: envelopes.filter(({ category }) => category === 'transaction').length,
  errors: envelopes.filter(({ category }) => category === 'error').length,
  losses,
})

// destructors

/** One line of JSON, with the losses in alphabetical order. */
export const print = (summary: ConvertSummary): string =>
  JSON.stringify({ ...summary, losses: Object.fromEntries(Losses.entries(summary.losses)) })
