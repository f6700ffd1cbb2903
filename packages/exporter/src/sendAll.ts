/** Sends sealed envelopes, a few at a time, in their order; what fails is counted by its reason. */
import * as Losses from '@sentry-exporter/core/Losses'
import type { Transport } from '@sentry-exporter/transport/Transport'
import * as TransportError from '@sentry-exporter/transport/TransportError'
import * as E from '#fp-ts/Either'
import type * as T from '#fp-ts/Task'
import * as Counts from './Counts.ts'
import * as Outcome from './Outcome.ts'
import type { Parcel } from './Unsealed.ts'

/** Never rejects; the outcome covers every envelope. */
export const sendAll =
  (transport: Transport, concurrency: number) =>
  (envelopes: ReadonlyArray<Parcel>): T.Task<Outcome.Outcome> =>
  async () => {
    let next = 0
    let outcome = Outcome.empty
    const sender = async (): Promise<void> => {
      for (let sealed = envelopes[next++]; sealed !== undefined; sealed = envelopes[next++]) {
        const sent = await transport(sealed)()
        // Only now: while it was under way, other senders added to the outcome.
        outcome = Outcome.concat(outcome, outcomeOf(sealed, sent))
      }
    }
    await Promise.all(Array.from({ length: Math.min(concurrency, envelopes.length) }, sender))
    return outcome
  }

const outcomeOf = (
  sealed: Parcel,
  sent: E.Either<TransportError.TransportError, unknown>,
): Outcome.Outcome => {
  const counts = Counts.of(sealed)
  if (E.isRight(sent)) return { ...Outcome.empty, delivered: counts }
  const reason = reasonOf(sent.left)
  return {
    ...Outcome.empty,
    dropped: Losses.of(reason, counts.spans),
    droppedErrors: Losses.of(reason, counts.errors),
    problems: [TransportError.show(sent.left)],
  }
}

const reasonOf = (error: TransportError.TransportError): Losses.Reason => {
  if (error._tag !== 'Refused') return 'network_error'
  return error.answer.status === 429 ? 'rate_limited' : 'send_error'
}
