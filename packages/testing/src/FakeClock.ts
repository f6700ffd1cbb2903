/**
 * A clock that moves only when a test advances it.
 *
 * @example
 * ```ts
 * import { FakeClock } from '@sentry-exporter/testing'
 *
 * const clock = FakeClock.make(1_000)
 * const fired: Array<number> = []
 * clock.setTimer(300, () => fired.push(clock.now()))
 * await clock.advance(500)
 * console.log(clock.now(), fired) // 1500 [ 1300 ]
 * ```
 */
import type { Clock } from '@sentry-exporter/transport/Clock'

// model

export interface FakeClock extends Clock {
  /** Advances by this many milliseconds: fires the timers that are due, in their order, and lets promises settle. */
  readonly advance: (millis: number) => Promise<void>
  /** Sets the clock forward, or back for a negative number: no time passes, and timers fire when they would have fired. */
  readonly jump: (millis: number) => void
  /** The number of timers that have not fired. */
  readonly pending: () => number
}

interface Timer {
  readonly atMillis: number
  readonly callback: () => void
}

// constructors

/** `random` gives the same sequence at every start. */
export const make = (startMillis = 1_700_000_000_000): FakeClock => {
  let nowMillis = startMillis
  let jumpedMillis = 0
  let seed = 1
  const timers = new Set<Timer>()
  const setTimer: Clock['setTimer'] = (millis, callback) => {
    const timer = { atMillis: nowMillis + millis, callback }
    timers.add(timer)
    return () => {
      timers.delete(timer)
    }
  }
  return {
    now: () => nowMillis + jumpedMillis,
    jump: (millis) => {
      jumpedMillis += millis
    },
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
      const endMillis = nowMillis + millis
      await settle()
      for (;;) {
        const [next] = [...timers]
          .filter(({ atMillis }) => atMillis <= endMillis)
          .sort((a, b) => a.atMillis - b.atMillis)
        if (next === undefined) break
        timers.delete(next)
        nowMillis = next.atMillis
        next.callback()
        await settle()
      }
      nowMillis = endMillis
    },
  }
}

/** Waits until all promises that can settle have settled. Only Node has `setImmediate`, which is the fastest way. */
const settle = (): Promise<void> =>
  new Promise((resolve) => {
    if (typeof setImmediate === 'function') setImmediate(resolve)
    else setTimeout(resolve, 0)
  })
