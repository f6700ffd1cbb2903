/** Envelopes and transports for tests of policies. */
import type { Category } from '@sentry-exporter/envelope/Category'
import * as Dsn from '@sentry-exporter/envelope/Dsn'
import type { EventId } from '@sentry-exporter/envelope/EventId'
import * as Item from '@sentry-exporter/envelope/Item'
import * as Sealed from '@sentry-exporter/envelope/Sealed'
import * as E from '#fp-ts/Either'
import type { Answer } from '../src/Answer.ts'
import type { Sent, Transport } from '../src/Transport.ts'
import * as TransportError from '../src/TransportError.ts'

const parsed = Dsn.parse('https://key:hush@host/1')
if (E.isLeft(parsed)) throw new Error('a bad DSN in a test')
export const dsn: Dsn.Dsn = parsed.right

export type { Sent }

export const sealed = (
  category: Category,
  name = 'x',
  about: Partial<Sealed.Sealed> = {},
): Sealed.Sealed => ({
  ...Sealed.seal(
    {
      dsn,
      // Tests name events by anything.
      eventId: name as EventId,
      category,
      lossesIfDropped:
        category === 'transaction'
          ? [
              ['transaction', 1],
              ['span', 3],
            ]
          : [[category, 1]],
    },
    { header: {}, items: [Item.json(category, name)] },
  ),
  ...about,
})

export const answer = (status: number, rateLimits?: string, retryAfter?: string): Answer => ({
  status,
  rateLimits,
  retryAfter,
})

export const accepted = (rateLimits?: string): Sent => E.right({ answer: answer(200, rateLimits) })

export const refused = (status: number, rateLimits?: string, retryAfter?: string): Sent =>
  E.left(TransportError.refused(answer(status, rateLimits, retryAfter)))

export const unreachable: Sent = E.left(TransportError.unreachable('ECONNRESET'))

/** A transport that records its envelopes and gives the chosen results. */
export const recording = (
  answers: (sealed: Sealed.Sealed, index: number) => Sent | Promise<Sent>,
): { readonly transport: Transport; readonly sent: ReadonlyArray<Sealed.Sealed> } => {
  const sent: Array<Sealed.Sealed> = []
  return {
    sent,
    transport: (one) => async () => {
      sent.push(one)
      return answers(one, sent.length - 1)
    },
  }
}
