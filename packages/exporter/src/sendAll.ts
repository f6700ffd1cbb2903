/** Sends sealed envelopes, a few at a time, in their order; what fails is counted by its reason. */
import type { Transport } from '@sentry-exporter/transport/Transport'
import type * as T from '#fp-ts/Task'
import * as Counts from './Counts.ts'
import type { SealedEnvelope } from './EnvelopeDraft.ts'
import * as Outcome from './Outcome.ts'
import { sentOutcome } from './sentOutcome.ts'

/** Never rejects; the outcome covers every envelope. */
export const sendAll =
  (transport: Transport, concurrency: number) =>
  (envelopes: ReadonlyArray<SealedEnvelope>): T.Task<Outcome.Outcome> =>
  async () => {
    let next = 0
    let outcome = Outcome.empty
    const sender = async (): Promise<void> => {
      for (let sealed = envelopes[next++]; sealed !== undefined; sealed = envelopes[next++]) {
        const sent = await transport(sealed)()
        // Only now: while it was under way, other senders added to the outcome.
        outcome = Outcome.concat(outcome, sentOutcome(Counts.of(sealed))(sent))
      }
    }
    await Promise.all(Array.from({ length: Math.min(concurrency, envelopes.length) }, sender))
    return outcome
  }
