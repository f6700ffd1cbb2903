/**
 * Gives an assembly its clock: one alarm, set to when the next segment may be ready. Steps are synchronous, so that calls
 * that overlap cannot get in each other's way.
 */
import type { Limits } from '@sentry-exporter/core/Limits'
import type { LogRecord } from '@sentry-exporter/core/LogRecord'
import type { Mapping } from '@sentry-exporter/core/Mapping'
import type { Span } from '@sentry-exporter/core/Span'
import type { Cancel, Clock } from '@sentry-exporter/transport/Clock'
import * as Assembly from './Assembly.ts'

// model

/** What a step gave, and how many spans wait more, or fewer, than before it. */
export interface Emitted extends Pick<Assembly.Step, 'ready' | 'losses'> {
  readonly waiting: number
}

export interface AssemblyRunner {
  /** Takes spans, and log records; gives what became ready by them. */
  readonly arrive: (spans: ReadonlyArray<Span>, records?: ReadonlyArray<LogRecord>) => Emitted
  /** Lets everything go that waits. */
  readonly flush: () => Emitted
  /** Spans that wait. */
  readonly waiting: () => number
  /** Cancels the timer. Pending spans stay until they are flushed. */
  readonly stop: () => void
}

export interface Options {
  readonly mapping: Mapping
  readonly limits: Limits
  readonly rules?: Assembly.Rules
  readonly clock: Pick<Clock, 'now' | 'setTimer'>
  /** What became ready because time passed. */
  readonly onReady: (driven: Emitted) => void
}

// constructors

export const make = ({ mapping, limits, rules, clock, onReady }: Options): AssemblyRunner => {
  const next = Assembly.step(mapping, limits, rules)
  let state = Assembly.empty
  let cancelTimer: Cancel | undefined

  const give = (input: Assembly.Input): Emitted => {
    const before = state.pending.nodes
    const { state: after, ready, losses, wakeAtMillis } = next(state, input)
    state = after
    cancelTimer?.()
    cancelTimer =
      wakeAtMillis === undefined
        ? undefined
        : clock.setTimer(Math.max(0, Math.min(wakeAtMillis - clock.now(), MAX_TIMER_MILLIS)), tick)
    return { ready, losses, waiting: after.pending.nodes - before }
  }
  const tick = (): void => {
    const driven = give({ _tag: 'Tick', nowMillis: clock.now() })
    // What is not sent is lost, and counted.
    if (driven.ready.length > 0 || driven.waiting !== 0) onReady(driven)
  }
  return {
    arrive: (spans, records = []) =>
      give({ _tag: 'Arrived', nowMillis: clock.now(), spans, records }),
    flush: () => give({ _tag: 'Flush', nowMillis: clock.now() }),
    waiting: () => state.pending.nodes,
    stop: () => {
      cancelTimer?.()
      cancelTimer = undefined
    },
  }
}

/** Timers of many runtimes count in 31 bits; an earlier look does no harm. */
const MAX_TIMER_MILLIS = 86_400_000
