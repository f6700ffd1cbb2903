/**
 * Runs an assembly with a clock: one timer, set to the time at which the next segment may be ready. Steps are synchronous, so
 * that overlapping calls cannot interfere.
 */
import type { LogRecord } from '@sentry-exporter/core/LogRecord'
import type { Losses } from '@sentry-exporter/core/Losses'
import type { Assembly, Machine } from '@sentry-exporter/core/pipeline'
import type { Span } from '@sentry-exporter/core/Span'
import { Range } from '@sentry-exporter/transport'
import type { Clock } from '@sentry-exporter/transport/Clock'

// model

/** The result of a step. */
export interface Emitted<A> {
  readonly plans: ReadonlyArray<A>
  readonly losses: Losses
  /** The change of the number of waiting spans. */
  readonly waiting: number
}

export interface AssemblyRunner<A> {
  /** Takes spans and log records; returns the plans that became ready. */
  readonly arrive: (spans: ReadonlyArray<Span>, records?: ReadonlyArray<LogRecord>) => Emitted<A>
  /** Releases everything that waits. */
  readonly flush: () => Emitted<A>
  /** Waiting spans. */
  readonly waiting: () => number
  /** Cancels the timer. Waiting spans stay until they are flushed. */
  readonly stop: () => void
}

export interface Options<S, A> {
  readonly machine: Machine.Machine<Assembly.Assembly<S>, Assembly.Arrived, A>
  readonly clock: Pick<Clock, 'now' | 'setTimer'>
  /** Receives the plans that became ready because time passed. */
  readonly onReady: (emitted: Emitted<A>) => void
}

/** An early tick has no effect. */
const timerMillis = Range.clamp(Range.millis, Range.MAX_TIMER_MILLIS)

// running

export const make = <S, A>({ machine, clock, onReady }: Options<S, A>): AssemblyRunner<A> => {
  let state = machine.initial
  let cancelTimer: (() => void) | undefined

  const take = (input: Assembly.Input): Emitted<A> => {
    const before = state.pending.nodes
    const { state: after, emitted, losses, wakeAtMillis } = machine.step(state, input)
    state = after
    cancelTimer?.()
    cancelTimer =
      wakeAtMillis === undefined
        ? undefined
        : clock.setTimer(timerMillis(wakeAtMillis - clock.now()), tick)
    return { plans: emitted, losses, waiting: after.pending.nodes - before }
  }
  const tick = (): void => {
    const emitted = take({ _tag: 'Tick', nowMillis: clock.now() })
    // Spans that leave without an envelope are lost, and must be counted.
    if (emitted.plans.length > 0 || emitted.waiting !== 0) onReady(emitted)
  }
  return {
    arrive: (spans, records = []) =>
      take({ _tag: 'Arrived', nowMillis: clock.now(), spans, records }),
    flush: () => take({ _tag: 'Flush', nowMillis: clock.now() }),
    waiting: () => state.pending.nodes,
    stop: () => {
      cancelTimer?.()
      cancelTimer = undefined
    },
  }
}
