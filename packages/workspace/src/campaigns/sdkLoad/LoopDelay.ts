/**
 * How late a timer is called: by work of its own thread, and by waiting for a core that other threads and processes have. Linux counts
 * the second (`/proc/PID/schedstat`, Documentation/scheduler/sched-stats.rst of torvalds/linux); elsewhere all of it is own work.
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
  /** The same without the time in which the thread was ready to run and had no core. */
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
  const waited = coreWaiting()
  let all: Array<number> = []
  let own: Array<number> = []
  let lastMillis = performance.now()
  let lastWaited = waited.millis()
  const timer = setInterval(() => {
    const nowMillis = performance.now()
    const nowWaited = waited.millis()
    const delay = Math.max(0, nowMillis - lastMillis - INTERVAL_MILLIS)
    all.push(delay)
    own.push(Math.max(0, delay - (nowWaited - lastWaited)))
    lastMillis = nowMillis
    lastWaited = nowWaited
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
      waited.close()
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

/** The time that this thread waited for a core since it started; always 0 where the system does not count it. */
const coreWaiting = (): { readonly millis: () => number; readonly close: () => void } => {
  const bytes = Buffer.alloc(100)
  const file = opened()
  if (file === undefined) return { millis: () => 0, close: () => undefined }
  return {
    millis: () => {
      const text = bytes.toString('latin1', 0, readSync(file, bytes, 0, bytes.length, 0))
      const [, waitedNanos] = text.split(' ')
      return Number(waitedNanos) / 1e6
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
