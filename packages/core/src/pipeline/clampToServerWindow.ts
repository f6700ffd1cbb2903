/**
 * Moves transactions into the time window that the server accepts: it drops others without an answer. A transaction that is too
 * old then ends at the oldest time that is accepted, one of the future ends now; all of its spans move with it.
 *
 * Source: `relay-event-normalization/src/validation.rs` of getsentry/relay: five days of the past and a minute of the
 * future by default; the window of Sentry's own service is not known.
 */
import * as EventId from '../model/EventId.ts'
import type { Payload } from '../segment/Payload.ts'
import type { SentrySpan } from '../sentry/SentrySpan.ts'
import type { Transaction } from './Transaction.ts'

const MOVED_KEY = 'sentry_exporter.moved_seconds'

/** An hour less than the server accepts, for the time of delivery. */
const MAX_SECONDS_PAST = 5 * 24 * 60 * 60 - 60 * 60

const MAX_SECONDS_FUTURE = 30

/** Returns the transaction itself if it is within the window. */
export const clampToServerWindow = <A>(
  payload: Payload<A>,
  nowMillis: number,
): ((transaction: Transaction<A>) => Transaction<A>) => {
  const minSeconds = nowMillis / 1_000 - MAX_SECONDS_PAST
  const maxSeconds = nowMillis / 1_000 + MAX_SECONDS_FUTURE
  const isInside = (seconds: number): boolean => seconds >= minSeconds && seconds <= maxSeconds
  return (transaction) => {
    const { start_timestamp, timestamp, contexts } = transaction
    if (isInside(start_timestamp) && isInside(timestamp)) return transaction
    const by = isInside(timestamp)
      ? 0
      : (timestamp < minSeconds ? minSeconds + (timestamp - start_timestamp) : nowMillis / 1_000) -
        timestamp
    // Rounded to microseconds as all times are, and within the window.
    const move = (seconds: number): number =>
      Math.min(maxSeconds, Math.max(minSeconds, Math.round((seconds + by) * 1e6) / 1e6))
    const moveSpan = (span: SentrySpan): SentrySpan => ({
      ...span,
      start_timestamp: move(span.start_timestamp),
      timestamp: move(span.timestamp),
    })
    const { trace } = contexts
    return {
      ...transaction,
      // Other times are other content: the server drops an event whose id it knows.
      event_id: EventId.fromContent([transaction.event_id, String(by), String(minSeconds)]),
      start_timestamp: move(start_timestamp),
      timestamp: move(timestamp),
      contexts: {
        ...contexts,
        trace: { ...trace, data: { ...trace.data, [MOVED_KEY]: Math.round(by) } },
      },
      ...(transaction.breadcrumbs === undefined
        ? {}
        : {
            breadcrumbs: {
              values: transaction.breadcrumbs.values.map((one) => ({
                ...one,
                timestamp: move(one.timestamp),
              })),
            },
          }),
      spans: transaction.spans.map((span) => payload.of(moveSpan(payload.read(span)))),
    }
  }
}
