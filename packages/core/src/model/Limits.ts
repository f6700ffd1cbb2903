/**
 * How long spans wait for one another, how many may wait, and how large a transaction may be. Times in milliseconds,
 * sizes in bytes.
 */

// model

export interface Limits {
  /** A segment is ready when its entry is there and nothing was added to it for this long. */
  readonly settleMillis: number
  /** ... or this long after its entry came, whatever is still added. */
  readonly maxWaitMillis: number
  /** Spans without an entry wait this long since the last of their group came. */
  readonly orphanWaitMillis: number
  /** ... but never longer than this since the first of them came. */
  readonly maxOrphanWaitMillis: number
  /** An exception that waits for its segment is told after this long, without the name of a transaction. */
  readonly errorWaitMillis: number
  /** Errors of one type and place that are told in a minute. */
  readonly maxErrorsPerMinute: number
  /** So long at least is it remembered which spans were sent or dropped by a hook, for children that come late. */
  readonly lateWindowMillis: number
  /** Traces that wait. Beyond it the trace whose last arrival is the oldest is sent early. */
  readonly maxTraces: number
  /** Bytes of all spans that wait. */
  readonly maxPendingBytes: number
  /** Spans of one trace that wait. */
  readonly maxSpansPerTrace: number
  /** Spans that are remembered so, of all traces. Beyond it the oldest quarter is forgotten. */
  readonly maxRememberedSpans: number
  /** Spans below the root of one transaction. What Sentry's SDKs hold themselves to. */
  readonly maxSpans: number
  /**
   * Bytes of all spans below the root of one transaction, with what the server adds. The server cuts the tail above
   * 800 KiB and answers 200 all the same (`relay-event-schema/src/protocol/event.rs` of getsentry/relay).
   */
  readonly maxSpanBytes: number
  /** Bytes of the rest of a transaction, and of an error. The server refuses more than 1 MiB for the whole. */
  readonly maxHeadBytes: number
}

// constructors

/**
 * For a process that receives the spans of many: their SDKs send every five seconds, so that the spans of one trace
 * come within those and some slack; the root of a job of ten minutes comes long after its children.
 */
export const gateway: Limits = {
  settleMillis: 7_000,
  maxWaitMillis: 30_000,
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
}

/** For spans of the own process: children end before their entry does, so that nothing has to be waited for. */
export const inProcess: Limits = {
  ...gateway,
  settleMillis: 0,
  maxWaitMillis: 0,
  maxTraces: 10_000,
  maxPendingBytes: 64 * 1024 * 1024,
  maxRememberedSpans: 100_000,
}

// combinators

/**
 * The same limits of size where all spans are there and nothing waits. Where hooks drop spans, their places must be
 * remembered until the end.
 */
export const untimed = (limits: Limits, hooksDrop = false): Limits => ({
  ...limits,
  settleMillis: Number.POSITIVE_INFINITY,
  maxWaitMillis: Number.POSITIVE_INFINITY,
  orphanWaitMillis: Number.POSITIVE_INFINITY,
  maxOrphanWaitMillis: Number.POSITIVE_INFINITY,
  errorWaitMillis: Number.POSITIVE_INFINITY,
  maxErrorsPerMinute: Number.POSITIVE_INFINITY,
  lateWindowMillis: hooksDrop ? Number.MAX_SAFE_INTEGER : 0,
  maxTraces: Number.POSITIVE_INFINITY,
  maxPendingBytes: Number.POSITIVE_INFINITY,
  maxSpansPerTrace: Number.POSITIVE_INFINITY,
})
