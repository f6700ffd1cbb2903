/** Sends logs in groups: when a group is full, and a few seconds after the first of those that wait came. */

import type { LogRecord } from '@sentry-exporter/core/LogRecord'
import * as Losses from '@sentry-exporter/core/Losses'
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
  /** Whether log records are sent as logs. */
  readonly isOn: () => boolean
  /** Takes log records; gives the plans of the groups that became full. */
  readonly take: (records: ReadonlyArray<LogRecord>) => EmittedLogs<A>
  /** Gives the plans of all logs that wait. */
  readonly flush: () => EmittedLogs<A>
  /** Logs that wait. */
  readonly waiting: () => number
  /** Cancels the timer. Logs that wait stay until they are flushed. */
  readonly stop: () => void
  /** Goes on with other steps, or turns logs off. Logs that wait leave at once, for their former destination. */
  readonly change: (next: LogSteps<A> | undefined) => void
}

/** From a record to its envelope. */
export interface LogSteps<A> {
  readonly toItems: (records: ReadonlyArray<LogRecord>, nowMillis: number) => LogItems
  readonly destinationOf: (from: Resource) => Destination
  readonly encode: EncodeLogs<A>
}

export interface LogRunnerOptions<A> {
  /** `undefined`: logs are off. */
  readonly steps: LogSteps<A> | undefined
  readonly clock: Pick<Clock, 'now' | 'setTimer'>
  /** Receives the plans that became ready because time passed. */
  readonly onReady: (emitted: EmittedLogs<A>) => void
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
  const flush = (): EmittedLogs<A> => {
    stop()
    const groups = WaitingLogs.groups(state)
    state = WaitingLogs.empty
    return current === undefined ? NOTHING : { ...NOTHING, plans: groups.map(planOf(current)) }
  }
  const tick = (): void => onReady(flush())
  return {
    isOn: () => current !== undefined,
    take: (records) => {
      if (records.length === 0 || current === undefined) return NOTHING
      const { items, losses, failures } = current.toItems(records, clock.now())
      const added = WaitingLogs.add(current.destinationOf)(state, items)
      state = added.state
      if (state.count === 0) stop()
      else cancelTimer ??= clock.setTimer(FLUSH_MILLIS, tick)
      return {
        plans: added.full.map(planOf(current)),
        losses: Losses.concat(losses, added.losses),
        ...HookFailure.asField(failures ?? HookFailure.none),
      }
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

const NOTHING: EmittedLogs<never> = { plans: [], losses: Losses.empty }

/** The plan of an envelope of logs. */
export const planOf =
  <A>({ encode }: Pick<LogSteps<A>, 'encode'>) =>
  (group: WaitingLogs.LogGroup): EnvelopePlan<A> => ({
    spans: 0,
    make: () => ({ envelope: encode(group, group.to), losses: Losses.empty }),
  })
