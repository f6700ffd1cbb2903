/**
 * A policy: an attempt that failed for a temporary reason is repeated. The bytes stay the same but for the time of sending.
 *
 * @example
 * ```ts
 * import * as Dsn from '@sentry-exporter/envelope/Dsn'
 * import * as Sealed from '@sentry-exporter/envelope/Sealed'
 * import { systemClock } from '@sentry-exporter/transport/Clock'
 * import * as RetryPlan from '@sentry-exporter/transport/RetryPlan'
 * import type { Sent } from '@sentry-exporter/transport/Transport'
 * import * as TransportError from '@sentry-exporter/transport/TransportError'
 * import { withRetry } from '@sentry-exporter/transport/withRetry'
 *
 * const plan = { ...RetryPlan.defaults, maxAttempts: 3, firstWaitMillis: 1 }
 * const offline: Sent = { _tag: 'Left', left: TransportError.unreachable('ECONNREFUSED') }
 * const transport = withRetry(systemClock, { plan })(() => () => Promise.resolve(offline))
 *
 * const dsn = Dsn.parse('https://key@host/1')
 * if (dsn._tag === 'Right') {
 *   const sent = await transport(Sealed.bare(dsn.right))()
 *   if (sent._tag === 'Left') console.log(TransportError.show(sent.left)) // could not reach Sentry: ECONNREFUSED, after 2 retries
 * }
 * ```
 */
import type { Category } from '@sentry-exporter/envelope/Category'
import * as E from '#fp-ts/Either'
import { type Clock, stopwatch } from './Clock.ts'
import { type AbortSignalLike, onAbort } from './internal/onAbort.ts'
import * as RetryPlan from './RetryPlan.ts'
import type { Policy } from './Transport.ts'
import * as TransportError from './TransportError.ts'

// model

export interface RetryOptions {
  readonly plan: RetryPlan.RetryPlan
  /** Ends every wait: the last error is then the result. An `AbortSignal`. */
  readonly signal?: AbortSignalLike | undefined
}

/** The server gives their contents new ids each time: it does not recognise a copy. */
const WITHOUT_IDS: ReadonlySet<Category> = new Set<Category>(['log_item', 'trace_metric'])

// transformations

export const withRetry = (
  clock: Pick<Clock, 'now' | 'monotonic' | 'setTimer' | 'random'>,
  { plan, signal }: RetryOptions,
): Policy => {
  const decide = RetryPlan.waitMillis(plan)
  const watch = stopwatch(clock)
  return (transport) => (sealed, outer) => async () => {
    const startMillis = watch()
    for (let attempts = 1; ; attempts++) {
      const sent = await transport(sealed, outer)()
      const retries = attempts - 1
      if (E.isRight(sent)) return retries === 0 ? sent : E.right({ ...sent.right, retries })
      const wait = decide({
        error: sent.left,
        attempts,
        elapsedMillis: watch() - startMillis,
        nowMillis: clock.now(),
        random: clock.random(),
        isRecognised: !WITHOUT_IDS.has(sealed.category),
      })
      const isOver = wait === undefined || !(await pause(clock, signal, wait))
      if (isOver) return E.left(TransportError.gaveUp(retries, sent.left))
    }
  }
}

/** Resolves with true after `millis`, or with false as soon as the signal aborts. */
const pause = (
  clock: Pick<Clock, 'setTimer'>,
  signal: AbortSignalLike | undefined,
  millis: number,
): Promise<boolean> =>
  new Promise((resolve) => {
    if (signal?.aborted) return resolve(false)
    const callback = (): void => {
      removeListener()
      resolve(true)
    }
    const cancelTimer = clock.setTimer(millis, callback, { keepAlive: true })
    const removeListener = onAbort(signal, () => {
      cancelTimer()
      resolve(false)
    })
  })
