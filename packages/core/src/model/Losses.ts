/**
 * Data that was lost, merged or changed, counted by reason. Loss is not an error: counts form a monoid, are returned beside
 * the results, and end in the outcome. `docs/losses.md` explains each reason.
 *
 * @example
 * ```ts
 * import { Losses } from '@sentry-exporter/core'
 *
 * const losses = Losses.concat(Losses.of('invalid', 2), Losses.ofCounts({ field: 1, error_copy: 3 }))
 *
 * console.log(Losses.spans(losses), Losses.show(losses)) // 2 lost or repaired: field 1, invalid 2, merged: error_copy 3
 * ```
 */

import type * as M from '#fp-ts/Monoid'
import { concatAll as fold } from '../internal/concatAll.ts'
import { frozen } from '../internal/frozen.ts'

// model

/** All reasons. `docs/losses.md` states the cost and the remedy of each. */
export const reasons = [
  /** A span, or a part of a request that should contain spans, could not be decoded. Costs the span. */
  'invalid',
  /** A log record, or a part of a request that should contain log records, could not be decoded. Costs the record. */
  'invalid_record',
  /** A part of a span, scope, resource or record (a link, an event, an attribute) could not be read. Costs the part. */
  'invalid_part',
  /** A body, a line of a file or an element of a list could not be read as OTLP. Costs its content, which is not known. */
  'invalid_request',
  /** An id was not sent as hexadecimal digits: in base64, as bytes, or with `0x`. Costs nothing. */
  'id_encoding',
  /** A point of a metric, or a part of a request that should contain metrics, could not be decoded. Costs the point. */
  'invalid_metric',
  /** Metrics are off. Costs the metric. */
  'metric',
  /** A point without a value, or with one that is no finite number. Costs the point. */
  'metric_no_value',
  /** The first point of a cumulative series, whose increase is not known. Costs the increase before it. */
  'metric_baseline',
  /** A cumulative point that is not later than the one before it. Costs the point. */
  'metric_order',
  /** A point of a series beyond the limit of series. Costs the point. */
  'metric_series',
  /** The options leave this metric out. Costs the point. */
  'metric_filtered',
  /** The same span arrived again. Costs the copy. */
  'duplicate',
  /** A span was its own ancestor: the cycle was broken at its earliest span. Costs the reference to the parent. */
  'cycle',
  /** The flags of a span state that its parent is local, and it is missing or of another service. Costs nothing. */
  'flag_conflict',
  /** A value was nested too deeply. Costs the value below that depth. */
  'nested',
  /** A 64-bit integer was sent as a JSON number beyond 2^53. Costs its last digits. */
  'rounded',
  /** A text of a request was not valid UTF-8: each invalid part of it became U+FFFD. Costs these bytes. */
  'utf8',
  /** A span ended before it started, or had no end: its end became its start. Costs the original time. */
  'time',
  /** A transaction had more breadcrumbs than it may have. Costs the oldest. */
  'event',
  /** An ancestor, a sibling or a log record recorded the same exception. Costs the copy. */
  'error_copy',
  /** An exception did not fail its span, or errors are disabled: it is a breadcrumb. Costs the error event. */
  'error_breadcrumb',
  /** The ignore list matches an exception. Costs the exception. */
  'error_ignored',
  /** More errors of one kind than the limit per minute. Costs the error. */
  'error_limit',
  /** Logs are off, and a log record has no exception, or one that failed nothing. Costs the record. */
  'log_record',
  /** A span, an error, or the head of a transaction was too large. Costs its largest values. */
  'trimmed',
  /** The server would reject a field: its characters or its length were repaired. Costs the characters. */
  'field',
  /** A transaction or an error was outside of the times that the server accepts: it was moved. Costs its original time. */
  'moved',
  /** A transaction was outside of these times, and such transactions are dropped. Costs the span. */
  'old_trace',
  /** The same for an error. Costs the error. */
  'old_error',
  /** A hook dropped the span, its transaction, or the entry span of its segment. Costs the span. */
  'before_send',
  /** A hook dropped an error. Costs the error. */
  'before_send_error',
  /** A hook dropped a log. Costs the log. */
  'before_send_log',
  /** A hook dropped a metric. Costs the metric. */
  'before_send_metric',
  /** A hook, or a function of the mapping, threw or returned an invalid value. Costs the span that it was given, or its transaction. */
  'hook_failed',
  /** A hook for errors, or `fingerprint`, threw or returned an invalid value. Costs the error. */
  'hook_failed_error',
  /** The same for a log: the hook threw or returned an invalid value. Costs the log. */
  'hook_failed_log',
  /** The same for a metric. Costs the metric. */
  'hook_failed_metric',
  /** The trace of the span was not sampled. Costs the span. */
  'sampled',
  /** Sentry could not be reached, or did not answer in time. Costs the content of the envelope. */
  'network_error',
  /** Sentry answered and rejected an envelope. Costs the content of the envelope. */
  'send_error',
  /** Sentry answered with a rate limit. Costs the content of the envelope. */
  'rate_limited',
  /** Transactions are disabled. Costs the span. */
  'transactions_off',
  /** Not sent, because a rate limit for its category was active. Costs the content of the envelope. */
  'ratelimit_backoff',
  /** Not sent, because the queue was full. Costs the content of the envelope. */
  'queue_overflow',
  /** Given to an exporter after its shutdown, or still queued when the shutdown ended. Costs the span. */
  'shutdown',
  /** No route matched its resource, or the route that did drops it. Costs the span. */
  'unrouted',
  /** The same for an error. Costs the error. */
  'unrouted_error',
  /** The same for a log. Costs the log. */
  'unrouted_log',
  /** The same for a metric. Costs the metric. */
  'unrouted_metric',
  /** The organization has no project of this name, or it was not found in time. Costs the content of the envelope. */
  'unknown_project',
] as const

Object.freeze(reasons)

export type LossReason = (typeof reasons)[number]

export type Losses = { readonly [reason in LossReason]?: number }

const SORTED_REASONS: ReadonlyArray<LossReason> = [...reasons].sort()

const SPAN_REASONS: ReadonlySet<LossReason> = new Set<LossReason>([
  'before_send',
  'duplicate',
  'hook_failed',
  'invalid',
  'network_error',
  'old_trace',
  'queue_overflow',
  'rate_limited',
  'ratelimit_backoff',
  'sampled',
  'send_error',
  'shutdown',
  'transactions_off',
  'unknown_project',
  'unrouted',
])

const MERGE_REASONS: ReadonlySet<LossReason> = new Set<LossReason>([
  'duplicate',
  'error_breadcrumb',
  'error_copy',
])

// constructors

export const empty: Losses = /* @__PURE__ */ frozen({})

export const of = (reason: LossReason, count = 1): Losses =>
  count === 0 ? empty : { [reason]: count }

/** Several reasons at once; counts of zero are left out. */
export const ofCounts = (counts: { readonly [reason in LossReason]?: number }): Losses => {
  // hot: once for each transaction; for most of them all counts are zero
  for (const reason in counts) {
    // The type has no other keys.
    if (counts[reason as LossReason] !== 0) {
      return Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0))
    }
  }
  return empty
}

// guards

/** Whether a loss for this reason costs a whole span. */
export const costsSpan = (reason: LossReason): boolean => SPAN_REASONS.has(reason)

/** Whether the counted data is part of another span or event, so that nothing is missing. */
export const isMerged = (reason: LossReason): boolean => MERGE_REASONS.has(reason)

// encoding

/** The reasons that were counted, in alphabetical order. */
export const entries = (losses: Losses): ReadonlyArray<readonly [LossReason, number]> =>
  SORTED_REASONS.flatMap((reason) => {
    const count = losses[reason]
    return count === undefined ? [] : [[reason, count] as const]
  })

/** `nothing lost`, or the counts of the losses and repairs; then those of the merges. */
export const show = (losses: Losses): string => {
  const counts = (merged: boolean): string =>
    entries(losses)
      .filter(([reason]) => isMerged(reason) === merged)
      .map(([reason, count]) => `${reason} ${count}`)
      .join(', ')
  const [lost, merged] = [counts(false), counts(true)]
  return `${lost === '' ? 'nothing lost' : `lost or repaired: ${lost}`}${merged === '' ? '' : `, merged: ${merged}`}`
}

// folds

/** The sum. Its reasons are in alphabetical order. */
export const concat = (a: Losses, b: Losses): Losses => {
  if (a === empty) return b
  if (b === empty) return a
  const sum: { [reason in LossReason]?: number } = {}
  for (const reason of SORTED_REASONS) {
    const count = (a[reason] ?? 0) + (b[reason] ?? 0)
    if (count > 0) sum[reason] = count
  }
  return sum
}

/** The losses for other reasons. */
export const without = (reason: LossReason, losses: Losses): Losses =>
  losses[reason] === undefined
    ? losses
    : Object.fromEntries(Object.entries(losses).filter(([other]) => other !== reason))

/** The number of whole spans that were lost. */
export const spans = (losses: Losses): number =>
  entries(losses).reduce((sum, [reason, count]) => (costsSpan(reason) ? sum + count : sum), 0)

// instances

/** A commutative monoid: the sum by reason. */
export const Monoid: M.Monoid<Losses> = /* @__PURE__ */ frozen({ empty, concat })

export const concatAll: (all: ReadonlyArray<Losses>) => Losses = fold(Monoid)
