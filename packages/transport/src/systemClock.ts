/** The clock of the runtime. The one place in this package that touches it. */
import type { Clock } from './Clock.ts'

/** Every runtime has them; declared here since this package knows none. */
declare const setTimeout: (callback: () => void, millis: number) => unknown
declare const clearTimeout: (timer: unknown) => void

/** Sleeping, and an alarm that is set, keep a process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (millis) => () => new Promise((resolve) => setTimeout(resolve, millis)),
  alarm: (millis, ring) => {
    const timer = setTimeout(ring, millis)
    return () => clearTimeout(timer)
  },
  random: () => Math.random(),
}
