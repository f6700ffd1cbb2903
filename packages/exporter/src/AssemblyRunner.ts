/**
 * Runs an assembly with a clock: one timer, set to the time at which the next segment may be ready. Waiting is measured with a
 * stopwatch, so that a clock that is set delays nothing. Steps are synchronous, so that overlapping calls cannot interfere.
 */
import type { LogRecord } from '@sentry-exporter/core/LogRecord'
import * as Losses from '@sentry-exporter/core/Losses'
import {
  type Assembly,
  type HookFailure,
  type Machine,
  Pending,
} from '@sentry-exporter/core/pipeline'
import type { Span } from '@sentry-exporter/core/Span'
import type { TraceId } from '@sentry-exporter/core/TraceId'
import { Range } from '@sentry-exporter/transport'
import { type Clock, stopwatch } from '@sentry-exporter/transport/Clock'
import type { Backlog } from './Backlog.ts'

// model

/** The result of a step. */
export interface Emitted<A> extends HookFailure.WithFailures {
  readonly plans: ReadonlyArray<A>
  readonly losses: Losses.Losses
  /** The change of the number of waiting spans. */
  readonly waiting: number
}

export interface AssemblyRunner<S, A> {
  /** Takes spans and log records; returns the plans that became ready. */
  readonly arrive: (spans: ReadonlyArray<Span>, records?: ReadonlyArray<LogRecord>) => Emitted<A>
  /** Releases everything that waits; with `keepsOrphans`, not the spans whose entry has not arrived. */
  readonly flush: (keepsOrphans?: boolean) => Emitted<A>
  /** Waiting spans. */
  readonly waiting: () => number
  /** Waiting spans, with their bytes and their traces. */
  readonly held: () => Pick<Backlog, 'spans' | 'spanBytes' | 'traces'>
  /** Cancels the timer. Waiting spans stay until they are flushed. */
  readonly stop: () => void
  /** Another machine goes on with the spans that wait; it must have the payload of the one before. */
  readonly change: (next: Options<S, A>['machine']) => void
  /** The ids of the traces that wait. */
  readonly waitingIds: () => ReadonlyArray<TraceId>
}

export interface Options<S, A> {
  readonly machine: Machine.Machine<Assembly.Assembly<S>, Assembly.Arrived, A>
  readonly clock: Pick<Clock, 'now' | 'monotonic' | 'setTimer'>
  /** Receives the plans that became ready because time passed. */
  readonly onReady: (emitted: Emitted<A>) => void
  /** The traces whose entry is open, if they are known. May change between steps. */
  readonly openTraces?: Machine.Timed['openTraces']
}

/** An early tick has no effect. */
const timerMillis = Range.clamp(Range.millis, Range.MAX_TIMER_MILLIS)

// running

export const make = <S, A>(options: Options<S, A>): AssemblyRunner<S, A> => {
  const { clock, onReady, openTraces } = options
  const watch = stopwatch(clock)
  const times = () => ({ nowMillis: watch(), dateMillis: clock.now(), openTraces })
  let { machine } = options
  let state = machine.initial
  let cancelTimer: (() => void) | undefined

  const take = (input: Assembly.Input): Emitted<A> => {
    const before = state.pending.nodes
    const { state: after, emitted, losses, failures, wakeAtMillis } = machine.step(state, input)
    state = after
    cancelTimer?.()
    cancelTimer =
      wakeAtMillis === undefined
        ? undefined
        : clock.setTimer(timerMillis(wakeAtMillis - watch()), tick)
    const waiting = after.pending.nodes - before
    return failures === undefined
      ? { plans: emitted, losses, waiting }
      : { plans: emitted, losses, waiting, failures }
  }
  const tick = (): void => {
    const emitted = take({ _tag: 'Tick', ...times() })
    // Spans and errors that leave without an envelope are lost, and must be counted.
    const isEmpty = emitted.plans.length === 0 && emitted.waiting === 0
    if (!isEmpty || Losses.entries(emitted.losses).length > 0) onReady(emitted)
  }
  return {
    arrive: (spans, records = []) => take({ _tag: 'Arrived', ...times(), spans, records }),
    flush: (keepsOrphans) => take({ _tag: 'Flush', ...times(), keepsOrphans }),
    waiting: () => state.pending.nodes,
    held: () => ({
      spans: state.pending.nodes,
      spanBytes: state.pending.bytes,
      traces: state.pending.waitingTraces,
    }),
    stop: () => {
      cancelTimer?.()
      cancelTimer = undefined
    },
    change: (next) => {
      machine = next
      // Smaller limits apply to what waits, also if nothing arrives any more.
      tick()
    },
    waitingIds: () => Pending.waitingIds(state.pending),
  }
}
