/**
 * How late a timer is called: by work of its own thread, and by waiting for a core, or for a thread, that others have. Linux counts the time
 * that a thread had a core, and the time that it waited for one (`/proc/PID/schedstat`, Documentation/scheduler/sched-stats.rst of
 * torvalds/linux). Elsewhere all of it is own work.
 */
import { closeSync, openSync, readSync } from 'node:fs'

// model

export interface LoopDelay {
  /** The delays since the last call, which are forgotten. */
  readonly take: () => LoopDelays
  readonly stop: () => void
}

/** Milliseconds. */
export interface LoopDelays {
  /** Of a timer, whatever the reason. */
  readonly maxMillis: number
  readonly p999Millis: number
  /** The part of it in which the thread had a core, at most. */
  readonly maxOwnMillis: number
  readonly p999OwnMillis: number
  /** Timers that were called. */
  readonly timers: number
}

/** So often a timer is due. */
const INTERVAL_MILLIS = 2

const SCHEDULER_FILE = '/proc/self/schedstat'

// running

export const start = (): LoopDelay => {
  const scheduler = schedulerTimes()
  let all: Array<number> = []
  let own: Array<number> = []
  let lastMillis = performance.now()
  let last = scheduler.read()
  const timer = setInterval(() => {
    const nowMillis = performance.now()
    const times = scheduler.read()
    const delay = Math.max(0, nowMillis - lastMillis - INTERVAL_MILLIS)
    all.push(delay)
    const awake = delay - (times.waitedMillis - last.waitedMillis)
    own.push(Math.max(0, Math.min(awake, times.ranMillis - last.ranMillis)))
    lastMillis = nowMillis
    last = times
  }, INTERVAL_MILLIS)
  return {
    take: () => {
      const delays = { ...summary(all, own), timers: all.length }
      all = []
      own = []
      return delays
    },
    stop: () => {
      clearInterval(timer)
      scheduler.close()
    },
  }
}

const summary = (
  all: ReadonlyArray<number>,
  own: ReadonlyArray<number>,
): Omit<LoopDelays, 'timers'> => {
  const [sorted, sortedOwn] = [[...all].sort(ascending), [...own].sort(ascending)]
  return {
    maxMillis: quantile(sorted, 1),
    p999Millis: quantile(sorted, 0.999),
    maxOwnMillis: quantile(sortedOwn, 1),
    p999OwnMillis: quantile(sortedOwn, 0.999),
  }
}

const ascending = (a: number, b: number): number => a - b

const quantile = (sorted: ReadonlyArray<number>, share: number): number => {
  const at = Math.min(sorted.length - 1, Math.floor(sorted.length * share))
  return Math.round((sorted[at] ?? 0) * 10) / 10
}

interface SchedulerTimes {
  readonly ranMillis: number
  readonly waitedMillis: number
}

/** Where the system does not count. */
const assumedTimes = (): SchedulerTimes => ({ ranMillis: performance.now(), waitedMillis: 0 })

/** Of the main thread, since it started. */
const schedulerTimes = (): {
  readonly read: () => SchedulerTimes
  readonly close: () => void
} => {
  const bytes = Buffer.alloc(100)
  const file = opened()
  if (file === undefined) return { read: assumedTimes, close: () => undefined }
  return {
    read: () => {
      const text = bytes.toString('latin1', 0, readSync(file, bytes, 0, bytes.length, 0))
      const [ranNanos, waitedNanos] = text.split(' ')
      return { ranMillis: Number(ranNanos) / 1e6, waitedMillis: Number(waitedNanos) / 1e6 }
    },
    close: () => closeSync(file),
  }
}

const opened = (): number | undefined => {
  try {
    return openSync(SCHEDULER_FILE, 'r')
  } catch {
    return undefined
  }
}
