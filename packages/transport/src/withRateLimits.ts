/**
 * A policy: nothing is sent that the server said it does not take for now. Every answer is listened to, good or bad; of what
 * was announced the latest end holds. One such policy serves one DSN: limits of one project are none of another.
 */
import * as RateLimits from '@sentry-exporter/envelope/RateLimits'
import * as E from '#fp-ts/Either'
import type { Answer } from './Answer.ts'
import type { Clock } from './Clock.ts'
import type { Delivered, Policy } from './Transport.ts'
import * as TransportError from './TransportError.ts'

// combinators

export const withRateLimits =
  (clock: Pick<Clock, 'now'>): Policy =>
  (transport) => {
    let limits = RateLimits.empty
    return (sealed) => async () => {
      const untilMillis = RateLimits.heldUntil(sealed.category, clock.now())(limits)
      if (untilMillis !== undefined) {
        return E.left(TransportError.rateLimited(sealed.category, untilMillis))
      }
      const sent = await transport(sealed)()
      const answer = answerOf(sent)
      if (answer !== undefined) {
        limits = RateLimits.concat(limits, RateLimits.read(answer, clock.now()))
      }
      return sent
    }
  }

const answerOf = (sent: E.Either<TransportError.TransportError, Delivered>): Answer | undefined => {
  if (E.isRight(sent)) return sent.right.answer
  return sent.left._tag === 'Refused' ? sent.left.answer : undefined
}
