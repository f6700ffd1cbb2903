/** The clock of the runtime. The one place in this package that touches it. */
import type { Clock } from './Clock.ts'

/** Every runtime has them; declared here since this package knows none. */
declare const setTimeout: (callback: () => void, millis: number) => Timer | number
declare const clearTimeout: (timer: Timer | number) => void

/** Node's timers are objects that can be told not to keep the process alive. */
interface Timer {
  readonly unref?: () => void
}

/** Sleeping keeps a process alive; an alarm does only if it is told to. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (millis) => () => new Promise((resolve) => setTimeout(resolve, millis)),
  setTimer: (millis, ring, keepsAlive = false) => {
    const timer = setTimeout(ring, millis)
    if (!keepsAlive && typeof timer === 'object') timer.unref?.()
    return () => clearTimeout(timer)
  },
  random: () => Math.random(),
}
