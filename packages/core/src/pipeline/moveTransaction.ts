/**
 * Shifts a transaction, with all that is in it, by whole days into the window of the server. Times that are outside even so are
 * put at its edge: the start of a transaction that is longer than the window, and children far from their root.
 */
import * as EventId from '../model/EventId.ts'
import type { JsonObject } from '../model/Json.ts'
import type { Payload } from '../segment/Payload.ts'
import type { SentrySpan } from '../sentry/SentrySpan.ts'
import { moveBreadcrumbs } from './moveBreadcrumbs.ts'
import * as ServerWindow from './ServerWindow.ts'
import type { Transaction } from './Transaction.ts'

export interface Shift {
  readonly days: number
  /** When the request with its spans was accepted, in milliseconds since 1970. */
  readonly acceptedMillis: number
}

/** The key of the seconds by which a transaction, or a span in it, was moved. */
const MOVED_KEY = 'sentry_exporter.moved_seconds'

const SECONDS_PER_DAY = 86_400

/** Seconds since 1970, as they are printed. */
interface Times {
  readonly start: number
  readonly end: number
}

/** Returns the transaction itself if it is in the window as it is. */
export const moveTransaction = <A>(
  payload: Payload<A>,
  { days, acceptedMillis }: Shift,
): ((transaction: Transaction<A>) => Transaction<A>) => {
  const window = ServerWindow.ofTransactions(acceptedMillis)
  const shift = shiftSeconds(days)
  const intoWindow = (seconds: number): number => ServerWindow.clamp(window, seconds * 1e6) / 1e6
  return (transaction) => {
    const { contexts, breadcrumbs } = transaction
    const { trace } = contexts
    const before = { start: transaction.start_timestamp, end: transaction.timestamp }
    const after = {
      start: intoWindow(shift(before.start)),
      end: intoWindow(shift(before.end)),
    }
    const place = placeWithin(window, after, shift)
    let isClamped = after.start !== shift(before.start) || after.end !== shift(before.end)
    const spans = transaction.spans.map((value) => {
      const span = payload.read(value)
      const { start, end, isPut } = place({ start: span.start_timestamp, end: span.timestamp })
      isClamped ||= isPut
      return start === span.start_timestamp && end === span.timestamp
        ? value
        : payload.of(timed(span, { start, end }, isPut))
    })
    if (days === 0 && !isClamped) return transaction
    const by = Math.round(after.end - before.end)
    return {
      ...transaction,
      event_id: movedId(transaction.event_id, days, isClamped ? acceptedMillis : undefined),
      start_timestamp: after.start,
      timestamp: after.end,
      contexts: { ...contexts, trace: { ...trace, data: withMoved(trace.data, by) } },
      ...(breadcrumbs === undefined
        ? {}
        : {
            breadcrumbs: moveBreadcrumbs(breadcrumbs, (seconds) => intoWindow(shift(seconds))),
          }),
      spans,
    }
  }
}

/** A time in seconds so many days later. */
export const shiftSeconds =
  (days: number) =>
  (seconds: number): number =>
    // Rounded to microseconds, as all times are.
    days === 0 ? seconds : Math.round((seconds + days * SECONDS_PER_DAY) * 1e6) / 1e6

/** Other times are other content, and the server drops an event whose id it knows. */
const movedId = (
  id: EventId.EventId,
  days: number,
  acceptedMillis: number | undefined,
): EventId.EventId =>
  EventId.fromContent([
    'moved',
    id,
    String(days),
    acceptedMillis === undefined ? '' : String(acceptedMillis),
  ])

/** The times of a span: shifted or, if that is outside of the window, within those of the root, as long as before if possible. */
const placeWithin =
  (window: ServerWindow.ServerWindow, root: Times, shift: (seconds: number) => number) =>
  (span: Times): Times & { readonly isPut: boolean } => {
    const start = shift(span.start)
    const end = shift(span.end)
    if (ServerWindow.contains(window, start * 1e6, end * 1e6)) return { start, end, isPut: false }
    const length = Math.min(end - start, root.end - root.start)
    const from = Math.min(Math.max(start, root.start), root.end - length)
    return { start: from, end: Math.round((from + length) * 1e6) / 1e6, isPut: true }
  }

const timed = (span: SentrySpan, { start, end }: Times, isPut: boolean): SentrySpan => ({
  ...span,
  start_timestamp: start,
  timestamp: end,
  ...(isPut ? { data: withMoved(span.data, Math.round(start - span.start_timestamp)) } : {}),
})

const withMoved = (data: JsonObject | undefined, seconds: number): JsonObject => ({
  ...data,
  [MOVED_KEY]: seconds,
})
