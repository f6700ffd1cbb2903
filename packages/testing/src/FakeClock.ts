/** A clock that a test moves. */
import type { Clock } from '@sentry-exporter/transport/Clock'

// model

export interface FakeClock extends Clock {
  /** Moves the time forward; calls the callbacks of due timers in order of time, and lets promises settle after each. */
  readonly advance: (millis: number) => Promise<void>
  /** The number of timers that are set. */
  readonly pending: () => number
}

interface Timer {
  readonly atMillis: number
  readonly callback: () => void
}

// constructors

/** `random` gives the same sequence for every clock. */
export const make = (startMillis = 1_700_000_000_000): FakeClock => {
  let nowMillis = startMillis
  let seed = 1
  const timers = new Set<Timer>()
  const setTimer: Clock['setTimer'] = (millis, callback) => {
    const timer = { atMillis: nowMillis + millis, callback }
    timers.add(timer)
    return () => {
      timers.delete(timer)
    }
  }
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
  return {
    now: () => nowMillis,
    setTimer,
    sleep: (millis) => () =>
      new Promise((resolve) => {
        setTimer(millis, resolve)
      }),
    random: () => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
      return seed / 2 ** 32
    },
    pending: () => timers.size,
    advance: async (millis) => {
      const end = nowMillis + millis
      await settle()
      for (;;) {
        const [next] = [...timers]
          .filter(({ atMillis }) => atMillis <= end)
          .sort((a, b) => a.atMillis - b.atMillis)
        if (next === undefined) break
        timers.delete(next)
        nowMillis = next.atMillis
        next.callback()
        await settle()
      }
      nowMillis = end
    },
  }
}
