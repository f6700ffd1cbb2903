/** A policy: what may be taken at another time is tried again. What is sent again is the same bytes, with another time of sending. */
import * as E from '#fp-ts/Either'
import type { Clock } from './Clock.ts'
import * as Closing from './Closing.ts'
import * as RetryPlan from './RetryPlan.ts'
import type { Policy } from './Transport.ts'
import * as TransportError from './TransportError.ts'

// model

export interface Options {
  readonly plan: RetryPlan.RetryPlan
  /** Ends all waiting: what waited is given up. */
  readonly closing?: Closing.Closing
}

// combinators

export const withRetry = (
  clock: Pick<Clock, 'now' | 'setTimer' | 'random'>,
  { plan, closing = Closing.never }: Options,
): Policy => {
  const decide = RetryPlan.waitMillis(plan)
  return (transport) => (sealed) => async () => {
    const startMillis = clock.now()
    for (let attempts = 1; ; attempts++) {
      const sent = await transport(sealed)()
      const retries = attempts - 1
      if (E.isRight(sent)) return retries === 0 ? sent : E.right({ ...sent.right, retries })
      const nowMillis = clock.now()
      const wait = decide({
        error: sent.left,
        attempts,
        elapsedMillis: nowMillis - startMillis,
        nowMillis,
        random: clock.random(),
      })
      const isOver = wait === undefined || !(await pause(clock, closing, wait))
      if (isOver) return E.left(TransportError.gaveUp(retries, sent.left))
    }
  }
}

/** Whether the time went by; not if it was closed before. */
const pause = (
  clock: Pick<Clock, 'setTimer'>,
  closing: Closing.Closing,
  millis: number,
): Promise<boolean> =>
  new Promise((resolve) => {
    if (closing.isClosed()) return resolve(false)
    const callOffAlarm = clock.setTimer(
      millis,
      () => {
        callOffClosing()
        resolve(true)
      },
      true,
    )
    const callOffClosing = closing.onClose(() => {
      callOffAlarm()
      resolve(false)
    })
  })
