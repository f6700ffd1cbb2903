/** Sends logs in groups: when a group is full, and a few seconds after the first of those that wait came. */
import type { LogRecord } from '@sentry-exporter/core/LogRecord'
import type { Cancel, Clock } from '@sentry-exporter/transport/Clock'
import * as LogSteps from './LogSteps.ts'
import * as WaitingLogs from './WaitingLogs.ts'

// model

/** The result of a step. */
export interface WaitedLogs<A> extends LogSteps.EmittedLogs<A> {
  /** The change of the number of waiting logs. */
  readonly waiting: number
}

export interface LogRunner<A> {
  /** Whether log records are sent as logs. */
  readonly isOn: () => boolean
  /** Takes log records; gives the plans of the groups that became full. */
  readonly take: (records: ReadonlyArray<LogRecord>) => WaitedLogs<A>
  /** Gives the plans of all logs that wait. */
  readonly flush: () => WaitedLogs<A>
  /** Logs that wait. */
  readonly waiting: () => number
  /** Cancels the timer. Logs that wait stay until they are flushed. */
  readonly stop: () => void
  /** Goes on with other steps, or turns logs off. Logs that wait leave at once, for their former destination. */
  readonly change: (next: LogSteps.LogSteps<A> | undefined) => void
}

export interface LogRunnerOptions<A> {
  /** `undefined`: logs are off. */
  readonly steps: LogSteps.LogSteps<A> | undefined
  readonly clock: Pick<Clock, 'now' | 'setTimer'>
  /** Receives the plans that became ready because time passed. */
  readonly onReady: (emitted: WaitedLogs<A>) => void
}

/** A log waits at most so long for others: as long as in Sentry's own SDKs. */
const FLUSH_MILLIS = 5_000

// running

export const make = <A>({ clock, onReady, steps }: LogRunnerOptions<A>): LogRunner<A> => {
  let current = steps
  let state = WaitingLogs.empty
  let cancelTimer: Cancel | undefined

  const stop = (): void => {
    cancelTimer?.()
    cancelTimer = undefined
  }
  const flush = (): WaitedLogs<A> => {
    stop()
    if (current === undefined || state.count === 0) return NOTHING
    const plans = WaitingLogs.groups(state).map(current.planOf)
    const waiting = -state.count
    state = WaitingLogs.empty
    return { ...NOTHING, plans, waiting }
  }
  const tick = (): void => onReady(flush())
  return {
    isOn: () => current !== undefined,
    take: (records) => {
      if (records.length === 0 || current === undefined) return NOTHING
      const before = state.count
      const taken = LogSteps.take(current)(state, records, clock.now())
      state = taken.state
      if (state.count === 0) stop()
      else cancelTimer ??= clock.setTimer(FLUSH_MILLIS, tick)
      return { ...taken.emitted, waiting: state.count - before }
    },
    flush,
    waiting: () => state.count,
    stop,
    change: (next) => {
      // The next steps may have another default project, or be none.
      if (state.count > 0) tick()
      current = next
    },
  }
}

const NOTHING: WaitedLogs<never> = { ...LogSteps.nothing, waiting: 0 }
