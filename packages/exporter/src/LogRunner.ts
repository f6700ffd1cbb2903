/** Sends logs in groups: when a group is full, and a few seconds after the first of those that wait came. */
import * as Losses from '@sentry-exporter/core/Losses'
import type { LogRecord } from '@sentry-exporter/core/LogRecord'
import { HookFailure, type LogItems } from '@sentry-exporter/core/pipeline'
import type { Resource } from '@sentry-exporter/core/Resource'
import type { Cancel, Clock } from '@sentry-exporter/transport/Clock'
import type { EnvelopePlan } from './EnvelopePlan.ts'
import type { EncodeLogs } from './LogEnvelope.ts'
import type { Destination } from './Routing.ts'
import * as WaitingLogs from './WaitingLogs.ts'

// model

/** The result of a step. */
export interface EmittedLogs<A> extends HookFailure.WithFailures {
  readonly plans: ReadonlyArray<EnvelopePlan<A>>
  readonly losses: Losses.Losses
}

export interface LogRunner<A> {
  /** Takes log records; gives the plans of the groups that became full. */
  readonly take: (records: ReadonlyArray<LogRecord>) => EmittedLogs<A>
  /** Gives the plans of all logs that wait. */
  readonly flush: () => EmittedLogs<A>
  /** Logs that wait. */
  readonly waiting: () => number
  /** Cancels the timer. Logs that wait stay until they are flushed. */
  readonly stop: () => void
  /** Goes on with other steps. Logs that wait keep their destination. */
  readonly change: (next: LogSteps<A>) => void
}

/** From a record to its envelope. */
export interface LogSteps<A> {
  readonly toItems: (records: ReadonlyArray<LogRecord>, nowMillis: number) => LogItems
  readonly destinationOf: (from: Resource) => Destination
  readonly encode: EncodeLogs<A>
}

export interface LogRunnerOptions<A> {
  readonly steps: LogSteps<A>
  readonly clock: Pick<Clock, 'now' | 'setTimer'>
  /** Receives the plans that became ready because time passed. */
  readonly onReady: (emitted: EmittedLogs<A>) => void
}

/** A log waits at most so long for others: as long as in Sentry's own SDKs. */
const FLUSH_MILLIS = 5_000

// running

export const make = <A>({ clock, onReady, ...options }: LogRunnerOptions<A>): LogRunner<A> => {
  let { steps } = options
  let state = WaitingLogs.empty
  let cancelTimer: Cancel | undefined

  const stop = (): void => {
    cancelTimer?.()
    cancelTimer = undefined
  }
  const flush = (): EmittedLogs<A> => {
    stop()
    const groups = WaitingLogs.groups(state)
    state = WaitingLogs.empty
    return { plans: groups.map(planOf(steps)), losses: Losses.empty }
  }
  return {
    take: (records) => {
      if (records.length === 0) return NOTHING
      const { items, losses, failures } = steps.toItems(records, clock.now())
      const added = WaitingLogs.add(steps.destinationOf)(state, items)
      state = added.state
      if (state.count === 0) stop()
      else cancelTimer ??= clock.setTimer(FLUSH_MILLIS, () => onReady(flush()))
      return {
        plans: added.full.map(planOf(steps)),
        losses: Losses.concat(losses, added.losses),
        ...HookFailure.asField(failures ?? HookFailure.none),
      }
    },
    flush,
    waiting: () => state.count,
    stop,
    change: (next) => {
      steps = next
    },
  }
}

const NOTHING: EmittedLogs<never> = { plans: [], losses: Losses.empty }

/** The plan of an envelope of logs. */
export const planOf =
  <A>({ encode }: Pick<LogSteps<A>, 'encode'>) =>
  (group: WaitingLogs.LogGroup): EnvelopePlan<A> => ({
    spans: 0,
    make: () => ({ envelope: encode(group, group.to), losses: Losses.empty }),
  })
