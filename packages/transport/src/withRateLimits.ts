/**
 * A policy: envelopes of a rate-limited category are not sent. Limits are read from every response, successful or not; the
 * latest expiry wins. One such policy serves one DSN: rate limits apply to one project.
 *
 * @example
 * ```ts
 * import * as Dsn from '@sentry-exporter/envelope/Dsn'
 * import * as Sealed from '@sentry-exporter/envelope/Sealed'
 * import { systemClock } from '@sentry-exporter/transport/Clock'
 * import type { Sent } from '@sentry-exporter/transport/Transport'
 * import { withRateLimits } from '@sentry-exporter/transport/withRateLimits'
 *
 * const answer = { status: 200, rateLimits: '60::key', retryAfter: undefined }
 * const accepted: Sent = { _tag: 'Right', right: { answer } }
 * const transport = withRateLimits(systemClock)(() => () => Promise.resolve(accepted))
 * const dsn = Dsn.parse('https://key@host/1')
 * if (dsn._tag === 'Right') {
 *   await transport(Sealed.bare(dsn.right))()
 *   const second = await transport(Sealed.bare(dsn.right))()
 *   console.log(second._tag === 'Left' && second.left._tag) // RateLimited
 * }
 * ```
 */
import * as RateLimits from '@sentry-exporter/envelope/RateLimits'
import * as E from '#fp-ts/Either'
import type { Answer } from './Answer.ts'
import { type Clock, stopwatch } from './Clock.ts'
import type { Policy, Sent } from './Transport.ts'
import * as TransportError from './TransportError.ts'

// transformations

export const withRateLimits =
  (clock: Pick<Clock, 'now' | 'monotonic'>): Policy =>
  (transport) => {
    // A limit that the server announced for a minute ends after a minute, also if the clock is set.
    const watch = stopwatch(clock)
    let limits = RateLimits.empty
    return (sealed, signal) => async () => {
      const nowMillis = watch()
      const untilMillis = RateLimits.heldUntil(sealed.category, nowMillis)(limits)
      if (untilMillis !== undefined) {
        const date = clock.now() + untilMillis - nowMillis
        return E.left(TransportError.rateLimited(sealed.category, date))
      }
      const sent = await transport(sealed, signal)()
      const answer = answerOf(sent)
      if (answer !== undefined) {
        limits = RateLimits.Monoid.concat(limits, RateLimits.read(answer, watch(), clock.now()))
      }
      return sent
    }
  }

const answerOf = (sent: Sent): Answer | undefined => {
  if (E.isRight(sent)) return sent.right.answer
  return sent.left._tag === 'Refused' ? sent.left.answer : undefined
}
