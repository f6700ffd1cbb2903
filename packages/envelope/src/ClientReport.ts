/**
 * What a client lost before the server could see it, counted by reason and category, for the server's statistics.
 * Source: `develop-docs/sdk/telemetry/client-reports.mdx` of getsentry/sentry-docs;
 * `relay-server/src/processing/client_reports/process.rs` of getsentry/relay.
 *
 * Law: a monoid by `concat`.
 */
import type { Category } from './Category.ts'
import * as Item from './Item.ts'

// model

/** Of the reasons that the server knows, those that this client has. What the server refused with 429 it counted itself. */
export type Reason =
  | 'before_send'
  | 'ignored'
  | 'network_error'
  | 'queue_overflow'
  | 'ratelimit_backoff'
  | 'sample_rate'
  | 'send_error'

export interface Discarded {
  readonly reason: Reason
  readonly category: Category
  /** A whole number, at least 1. */
  readonly quantity: number
}

/** Each reason and category once. */
export type ClientReport = ReadonlyArray<Discarded>

// constructors

export const empty: ClientReport = []

/** What the loss of something costs: a transaction counts itself, and each of its spans with its root. */
export const of = (
  reason: Reason,
  loses: ReadonlyArray<readonly [Category, number]>,
): ClientReport => summed(loses.map(([category, quantity]) => ({ reason, category, quantity })))

// guards

export const isEmpty = (report: ClientReport): boolean => report.length === 0

// combinators

/** Sums up. The entries come out in alphabetical order. */
export const concat = (a: ClientReport, b: ClientReport): ClientReport => {
  if (isEmpty(a)) return b
  return isEmpty(b) ? a : summed([...a, ...b])
}

const summed = (all: ReadonlyArray<Discarded>): ClientReport => {
  const sums = new Map<string, Discarded>()
  for (const one of all) {
    if (one.quantity <= 0) continue
    const key = `${one.reason} ${one.category}`
    sums.set(key, { ...one, quantity: (sums.get(key)?.quantity ?? 0) + one.quantity })
  }
  return [...sums].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, sum]) => sum)
}

// encoding

/** The item of an envelope. `timestamp` is in seconds; the server takes no report from the future. */
export const toItem = (report: ClientReport, nowMillis: number): Item.Item =>
  Item.json('client_report', {
    timestamp: Math.floor(nowMillis / 1000),
    discarded_events: report,
  })
