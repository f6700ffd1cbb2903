/**
 * The losses of a client before the server, counted by reason and category, for Sentry's statistics.
 * Source: `develop-docs/sdk/telemetry/client-reports.mdx` of getsentry/sentry-docs;
 * `relay-server/src/processing/client_reports/process.rs` of getsentry/relay.
 *
 * Law: a commutative monoid.
 *
 * @example
 * ```ts
 * import * as ClientReport from '@sentry-exporter/envelope/ClientReport'
 *
 * const one = ClientReport.of('network_error', [['transaction', 1], ['span', 3]])
 * console.log(ClientReport.Monoid.concat(one, one)[1]) // { reason: 'network_error', category: 'transaction', quantity: 2 }
 * ```
 */
import type * as monoid from '#fp-ts/Monoid'
import type { Category } from './Category.ts'
import * as Item from './Item.ts'

// model

/** The reasons of this client, a subset of those that the server knows. The server itself counts what it refuses with 429. */
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

export const empty: ClientReport = /* @__PURE__ */ Object.freeze<ClientReport>([])

/** Counts for one reason. A transaction counts as one transaction, and as one span for each of its spans and its root. */
export const of = (
  reason: Reason,
  loses: ReadonlyArray<readonly [Category, number]>,
): ClientReport => sum(loses.map(([category, quantity]) => ({ reason, category, quantity })))

const sum = (all: ReadonlyArray<Discarded>): ClientReport => {
  const sums = new Map<string, Discarded>()
  for (const one of all) {
    if (one.quantity <= 0) continue
    const key = `${one.reason} ${one.category}`
    sums.set(key, { ...one, quantity: (sums.get(key)?.quantity ?? 0) + one.quantity })
  }
  return [...sums].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, sum]) => sum)
}

// guards

export const isEmpty = (report: ClientReport): boolean => report.length === 0

// encoding

/** The envelope item. `timestamp` is in seconds; the server refuses reports from the future. */
export const toItem = (report: ClientReport, nowMillis: number): Item.Item =>
  Item.json('client_report', {
    timestamp: Math.floor(nowMillis / 1000),
    discarded_events: report,
  })

// instances

/** Adds the quantities. The entries are in alphabetical order. */
export const Monoid: monoid.Monoid<ClientReport> = /* @__PURE__ */ Object.freeze<
  monoid.Monoid<ClientReport>
>({
  empty,
  concat: (a, b) => {
    if (isEmpty(a)) return b
    return isEmpty(b) ? a : sum([...a, ...b])
  },
})
