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
import { type Clock, DEFAULT_DEADLINE_MILLIS } from './Clock.ts'
import { type AbortSignalLike, aborter, onAbort } from './internal/onAbort.ts'
import * as Range from './Range.ts'
import type { Policy, Transport } from './Transport.ts'
import * as TransportError from './TransportError.ts'

// model

export interface TimeoutOptions {
  /** From 1 to `Range.MAX_TIMER_MILLIS`; other numbers are moved into that range. */
  readonly timeoutMillis: number
  /** Ends the attempt with `Closed`: an `AbortSignal`. */
  readonly signal?: AbortSignalLike | undefined
}

// transformations

const limitMillis = Range.clamp(Range.timeLimit, DEFAULT_DEADLINE_MILLIS)

/**
 * An attempt that is given up is aborted by its signal, so that its connection is free again. If the server accepts the envelope
 * after all, it recognises the repetition by its event id. A transport that ignores the signal is not waited for.
 */
export const withTimeout = (
  clock: Pick<Clock, 'setTimer'>,
  { timeoutMillis, signal }: TimeoutOptions,
): Policy => {
  const millis = limitMillis(timeoutMillis)
  return (transport) => (sealed, outer) => () =>
    new Promise((resolve) => {
      if (signal?.aborted || outer?.aborted) return resolve(E.left(TransportError.closed))
      const attempt = aborter()
      const settle: typeof resolve = (sent) => {
        cancelTimer()
        for (const remove of removals) remove()
        resolve(sent)
      }
      const giveUp = (error: TransportError.TransportError): void => {
        settle(E.left(error))
        attempt.abort()
      }
      const cancelTimer = clock.setTimer(millis, () => giveUp(TransportError.timedOut(millis)), {
        keepAlive: true,
      })
      const close = (): void => giveUp(TransportError.closed)
      const removals = [onAbort(signal, close), onAbort(outer, close)]
      attemptOf(transport)(sealed, attempt.signal)().then(settle, () =>
        settle(E.left(TransportError.unreachable(REJECTED))),
      )
    })
}

const REJECTED = 'the transport rejected'

/** A transport must not throw. One that does must not leave a timer behind. */
const attemptOf =
  (transport: Transport): Transport =>
  (sealed, signal) =>
  async () =>
    transport(sealed, signal)()
