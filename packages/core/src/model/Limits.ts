/**
 * How long spans wait for the rest of their trace, how many may wait, and how large a transaction may be. Times are in
 * milliseconds, sizes in bytes.
 *
 * @example
 * ```ts
 * import { Limits } from '@sentry-exporter/core'
 *
 * const limits = { ...Limits.gateway, maxSpans: 500 }
 *
 * console.log(limits.settleMillis, Limits.untimed(limits).settleMillis) // 7000 Infinity
 * ```
 */
import { frozen } from '../internal/frozen.ts'

// model

export interface Limits {
  /** A segment is ready when its entry has arrived and nothing was added to it for this long. */
  readonly settleMillis: number
  /** A segment is also ready this long after its entry arrived, even if spans are still added. */
  readonly maxWaitMillis: number
  /**
   * Spans whose parent was sent already are gathered until nothing was added to them for this long, and at most `maxWaitMillis`:
   * they become one continuation, and not one for each span.
   */
  readonly lateSettleMillis: number
  /** Spans without an entry wait this long after the last arrival in their group. */
  readonly orphanWaitMillis: number
  /**
   * Spans without an entry wait at most this long after the first arrival in their group. If the entry is known to be open
   * (`Tick.openTraces`), they wait exactly as long.
   */
  readonly maxOrphanWaitMillis: number
  /** An exception whose segment is not ready becomes an error event after this long, without a transaction name. */
  readonly errorWaitMillis: number
  /** Error events of one type and place in a minute. */
  readonly maxErrorsPerMinute: number
  /** The minimum time for which sent spans, and spans that a hook dropped, are remembered for late children. */
  readonly lateWindowMillis: number
  /** Traces that wait. Above it, the trace with the oldest last arrival is sent early. */
  readonly maxTraces: number
  /** Bytes of all spans that wait, with their exceptions, events and names. */
  readonly maxPendingBytes: number
  /** Spans of one trace that wait. */
  readonly maxSpansPerTrace: number
  /** Sent and dropped spans that are remembered, of all traces. Above it, the oldest quarter is forgotten. */
  readonly maxRememberedSpans: number
  /** Spans below the root of one transaction. Sentry's SDKs have the same limit. */
  readonly maxSpans: number
  /**
   * Bytes of all spans below the root of one transaction, with an allowance for the fields that the server adds. Above
   * 800 KiB the server cuts off the last spans, and still answers 200 (`relay-event-schema/src/protocol/event.rs` of
   * getsentry/relay).
   */
  readonly maxSpanBytes: number
  /** Bytes of the rest of a transaction, and of an error event. The server rejects events above 1 MiB. */
  readonly maxHeadBytes: number
  /**
   * Bytes of the context of a transaction that holds the data of its root; infinite by default. Relay before 26.4 cuts it at
   * 8 KiB: 8,192 is right for a self-hosted server of that age.
   */
  readonly maxContextBytes: number
}

// constructors

/**
 * For a process that receives the spans of other processes. Their SDKs send every five seconds, so the spans of one trace
 * arrive within seven; the root of a job that runs for ten minutes arrives long after its children.
 */
export const gateway: Limits = /* @__PURE__ */ frozen({
  settleMillis: 7_000,
  maxWaitMillis: 30_000,
  lateSettleMillis: 7_000,
  orphanWaitMillis: 600_000,
  maxOrphanWaitMillis: 3_600_000,
  errorWaitMillis: 10_000,
  maxErrorsPerMinute: 100,
  lateWindowMillis: 600_000,
  maxTraces: 100_000,
  maxPendingBytes: 256 * 1024 * 1024,
  maxSpansPerTrace: 500_000,
  maxRememberedSpans: 1_000_000,
  maxSpans: 1_000,
  maxSpanBytes: 760 * 1024,
  maxHeadBytes: 150 * 1024,
  maxContextBytes: Number.POSITIVE_INFINITY,
})

/**
 * For spans of the same process: most children end before their entry does, so a segment does not wait. Those that end after
 * it, as with streams and work in the background, are gathered.
 */
export const inProcess: Limits = /* @__PURE__ */ frozen({
  ...gateway,
  settleMillis: 0,
  lateSettleMillis: 1_000,
  maxTraces: 10_000,
  maxPendingBytes: 64 * 1024 * 1024,
  maxRememberedSpans: 100_000,
})

// transformations

/**
 * The same limits of size, for input that is complete: nothing waits. If hooks drop spans, the dropped spans are remembered
 * to the end.
 */
export const untimed = (limits: Limits, hooksDrop = false): Limits => ({
  ...limits,
  settleMillis: Number.POSITIVE_INFINITY,
  maxWaitMillis: Number.POSITIVE_INFINITY,
  lateSettleMillis: Number.POSITIVE_INFINITY,
  orphanWaitMillis: Number.POSITIVE_INFINITY,
  maxOrphanWaitMillis: Number.POSITIVE_INFINITY,
  errorWaitMillis: Number.POSITIVE_INFINITY,
  maxErrorsPerMinute: Number.POSITIVE_INFINITY,
  lateWindowMillis: hooksDrop ? Number.MAX_SAFE_INTEGER : 0,
  maxTraces: Number.POSITIVE_INFINITY,
  maxPendingBytes: Number.POSITIVE_INFINITY,
  maxSpansPerTrace: Number.POSITIVE_INFINITY,
})
