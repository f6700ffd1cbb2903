/** The outcome of one envelope. */
import * as Losses from '@sentry-exporter/core/Losses'
import type { Delivered } from '@sentry-exporter/transport/Transport'
import * as TransportError from '@sentry-exporter/transport/TransportError'
import * as E from '#fp-ts/Either'
import type * as Counts from './Counts.ts'
import * as Outcome from './Outcome.ts'

/** `counts` counts the contents of the envelope. */
export const sentOutcome =
  (counts: Counts.Counts) =>
  (sent: E.Either<TransportError.TransportError, Delivered>): Outcome.Outcome => {
    if (E.isRight(sent)) {
      return { ...Outcome.Monoid.empty, delivered: counts, retried: sent.right.retries ?? 0 }
    }
    const reason = reasonOf(sent.left)
    return {
      ...Outcome.Monoid.empty,
      dropped: Losses.of(reason, counts.spans),
      droppedErrors: Losses.of(reason, counts.errors),
      droppedLogs: Losses.of(reason, counts.logs),
      droppedMetrics: Losses.of(reason, counts.metrics),
      retried: TransportError.retriesOf(sent.left),
      problems: [TransportError.show(sent.left)],
    }
  }

/** The reason of the client report, for those that have one. */
const reasonOf = (error: TransportError.TransportError): Losses.LossReason => {
  const reason = TransportError.discardReason(error)
  if (reason !== undefined) return reason
  switch (TransportError.lastOf(error)._tag) {
    case 'Abandoned':
      return 'shutdown'
    case 'NoProject':
      return 'unknown_project'
    default:
      // The server counts it itself.
      return 'rate_limited'
  }
}
