/** A clock that goes only when it is told to. */
import type { Clock } from '@sentry-exporter/transport/Clock'

// model

export interface FakeClock extends Clock {
  /** Goes on by this many milliseconds; rings what is due on the way, in order, and lets promises settle. */
  readonly advance: (millis: number) => Promise<void>
  /** Alarms that are set. */
  readonly pending: () => number
}

interface Alarm {
  readonly atMillis: number
  readonly ring: () => void
}

// constructors

/** `random` gives the same sequence at every start. */
export const make = (startMillis = 1_700_000_000_000): FakeClock => {
  let nowMillis = startMillis
  let seed = 1
  const alarms = new Set<Alarm>()
  const alarm: Clock['setTimer'] = (millis, ring) => {
    const set = { atMillis: nowMillis + millis, ring }
    alarms.add(set)
    return () => {
      alarms.delete(set)
    }
  }
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
  return {
    now: () => nowMillis,
    setTimer: alarm,
    sleep: (millis) => () =>
      new Promise((resolve) => {
        alarm(millis, resolve)
      }),
    random: () => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
      return seed / 2 ** 32
    },
    pending: () => alarms.size,
    advance: async (millis) => {
      const end = nowMillis + millis
      await settle()
      for (;;) {
        const [next] = [...alarms]
          .filter(({ atMillis }) => atMillis <= end)
          .sort((a, b) => a.atMillis - b.atMillis)
        if (next === undefined) break
        alarms.delete(next)
        nowMillis = next.atMillis
        next.ring()
        await settle()
      }
      nowMillis = end
    },
  }
}
