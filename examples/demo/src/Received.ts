/** The content of the sink, counted from the bytes that arrived over HTTP. */
import * as Transaction from '@sentry-exporter/core/Transaction'
import type { Envelope } from '@sentry-exporter/envelope/Envelope'
import * as Utf8 from '@sentry-exporter/envelope/Utf8'

// model

export interface Received {
  readonly envelopes: number
  readonly transactions: number
  readonly errors: number
  /** Spans in transactions, roots included, but for roots that no program made. */
  readonly spans: number
  readonly eventIds: ReadonlySet<string>
  /** To be drawn: the transaction whose tree has about a screen's lines. */
  readonly example: Transaction.Transaction | undefined
}

// constructors

export const empty: Received = {
  envelopes: 0,
  transactions: 0,
  errors: 0,
  spans: 0,
  eventIds: new Set(),
  example: undefined,
}

// transformations

export const add = (received: Received, envelope: Envelope): Received => {
  const transactions = envelope.items
    .filter(({ header }) => header.type === 'transaction')
    // An item of this type holds a transaction; the example only reads what it shows.
    .map(({ payload }) => JSON.parse(Utf8.decode(payload)) as Transaction.Transaction)
  return {
    envelopes: received.envelopes + 1,
    transactions: received.transactions + transactions.length,
    errors: received.errors + envelope.items.filter(({ header }) => header.type === 'event').length,
    spans: transactions.reduce((sum, one) => sum + Transaction.spanCount(one), received.spans),
    eventIds: new Set([...received.eventIds, envelope.header.event_id ?? '']),
    example: [received.example, ...transactions].reduce(better),
  }
}

/** Wide enough to show a tree, small enough for a screen. */
const better = (
  a: Transaction.Transaction | undefined,
  b: Transaction.Transaction | undefined,
): Transaction.Transaction | undefined => {
  if (a === undefined || b === undefined) return a ?? b
  const distance = (transaction: Transaction.Transaction): number =>
    Math.abs(transaction.spans.length - 11)
  return distance(b) < distance(a) ? b : a
}
