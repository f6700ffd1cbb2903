/** Waits for something, but no longer than a time. */
import type { Clock } from './Clock.ts'

/** Whether it settled in time. What it settled to, or that it failed, is not looked at. */
export const within =
  (clock: Pick<Clock, 'setTimer'>, millis: number) =>
  (work: Promise<unknown>): Promise<boolean> =>
    new Promise((resolve) => {
      const callOff = clock.setTimer(millis, () => resolve(false))
      const settle = (): void => {
        callOff()
        resolve(true)
      }
      work.then(settle, settle)
    })
