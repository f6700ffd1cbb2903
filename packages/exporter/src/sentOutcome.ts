/** What became of one envelope, as an outcome. */
import * as Losses from '@sentry-exporter/core/Losses'
import type { Delivered } from '@sentry-exporter/transport/Transport'
import * as TransportError from '@sentry-exporter/transport/TransportError'
import * as E from '#fp-ts/Either'
import type * as Counts from './Counts.ts'
import * as Outcome from './Outcome.ts'

/** `counts` is what the envelope held. */
export const sentOutcome =
  (counts: Counts.Counts) =>
  (sent: E.Either<TransportError.TransportError, Delivered>): Outcome.Outcome => {
    if (E.isRight(sent)) {
      return { ...Outcome.empty, delivered: counts, retried: sent.right.retries ?? 0 }
    }
    const reason = reasonOf(sent.left)
    return {
      ...Outcome.empty,
      dropped: Losses.of(reason, counts.spans),
      droppedErrors: Losses.of(reason, counts.errors),
      retried: TransportError.retriesOf(sent.left),
      problems: [TransportError.show(sent.left)],
    }
  }

/** The server counts by the same words, but for what it refused itself and for what nobody is left to report. */
const reasonOf = (error: TransportError.TransportError): Losses.Reason =>
  TransportError.discardReason(error) ??
  (TransportError.lastOf(error)._tag === 'Abandoned' ? 'shutdown' : 'rate_limited')
