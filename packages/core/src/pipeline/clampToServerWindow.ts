/**
 * Moves transactions that lie outside of the time that the server takes: it would drop them without a word. What is too old
 * ends at the oldest time that it takes, what is of the future ends now, and all of its spans move with it.
 *
 * Source: `relay-event-normalization/src/validation.rs` of getsentry/relay: five days of the past and a minute of the
 * future by default; that of Sentry's own service is not known.
 */
import * as EventId from '../model/EventId.ts'
import type { Payload } from '../segment/Payload.ts'
import type { SentrySpan } from '../sentry/SentrySpan.ts'
import type { Transaction } from './Transaction.ts'

/** The transaction itself if it is within the range. */
export const clampToServerWindow = <A>(
  payload: Payload<A>,
  nowMillis: number,
): ((transaction: Transaction<A>) => Transaction<A>) => {
  const least = nowMillis / 1_000 - MAX_SECONDS_PAST
  const most = nowMillis / 1_000 + MAX_SECONDS_FUTURE
  const isInside = (seconds: number): boolean => seconds >= least && seconds <= most
  return (transaction) => {
    const { start_timestamp, timestamp, contexts } = transaction
    if (isInside(start_timestamp) && isInside(timestamp)) return transaction
    const by = isInside(timestamp)
      ? 0
      : (timestamp < least ? least + (timestamp - start_timestamp) : nowMillis / 1_000) - timestamp
    // To the microsecond, as all times are; and not before what the server takes.
    const move = (seconds: number): number =>
      Math.min(most, Math.max(least, Math.round((seconds + by) * 1e6) / 1e6))
    const moveSpan = (span: SentrySpan): SentrySpan => ({
      ...span,
      start_timestamp: move(span.start_timestamp),
      timestamp: move(span.timestamp),
    })
    const { trace } = contexts
    return {
      ...transaction,
      // Other times are other content, and the server drops an id that it knows.
      event_id: EventId.fromContent([transaction.event_id, String(by), String(least)]),
      start_timestamp: move(start_timestamp),
      timestamp: move(timestamp),
      contexts: {
        ...contexts,
        trace: { ...trace, data: { ...trace.data, [SHIFTED]: Math.round(by) } },
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

const SHIFTED = 'sentry_exporter.moved_seconds'

/** With an hour for the way. */
const MAX_SECONDS_PAST = 5 * 24 * 60 * 60 - 60 * 60

const MAX_SECONDS_FUTURE = 30
