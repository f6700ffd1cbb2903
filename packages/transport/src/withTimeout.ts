/**
 * A policy: a time limit for one attempt, with any transport.
 *
 * @example
 * ```ts
 * import * as Dsn from '@sentry-exporter/envelope/Dsn'
 * import * as Sealed from '@sentry-exporter/envelope/Sealed'
 * import { systemClock } from '@sentry-exporter/transport/Clock'
 * import { withTimeout } from '@sentry-exporter/transport/withTimeout'
 *
 * const silent = withTimeout(systemClock, { timeoutMillis: 10 })(() => () => new Promise(() => {}))
 * const dsn = Dsn.parse('https://key@host/1')
 * if (dsn._tag === 'Right') {
 *   console.log(await silent(Sealed.bare(dsn.right))()) // { _tag: 'Left', left: { _tag: 'TimedOut', afterMillis: 10 } }
 * }
 * ```
 */
import * as E from '#fp-ts/Either'
import type { Clock } from './Clock.ts'
import { type AbortSignalLike, onAbort } from './internal/onAbort.ts'
import type { Policy } from './Transport.ts'
import * as TransportError from './TransportError.ts'

// model

export interface TimeoutOptions {
  readonly timeoutMillis: number
  /** Ends the attempt with `Closed`: an `AbortSignal`. */
  readonly signal?: AbortSignalLike
}

// transformations

/**
 * The wrapped transport is not cancelled after the time limit. If the server accepts the envelope after all, it recognises
 * the repetition by its event id.
 */
export const withTimeout =
  (clock: Pick<Clock, 'setTimer'>, { timeoutMillis, signal }: TimeoutOptions): Policy =>
  (transport) =>
  (sealed) =>
  () =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve(E.left(TransportError.closed))
      const fail = (error: TransportError.TransportError): void => settle(E.left(error))
      const cancelTimer = clock.setTimer(
        timeoutMillis,
        () => fail(TransportError.timedOut(timeoutMillis)),
        { keepAlive: true },
      )
      const removeListener = onAbort(signal, () => fail(TransportError.closed))
      const settle: typeof resolve = (sent) => {
        cancelTimer()
        removeListener()
        resolve(sent)
      }
      transport(sealed)().then(settle, () =>
        fail(TransportError.unreachable('the transport rejected')),
      )
    })
