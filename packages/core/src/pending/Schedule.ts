/**
 * When which trace must be looked at, and which was touched longest ago. Entries may be out of date: one counts only if its
 * trace still says the same, which saves finding and moving entries. They are cleared away before there are many. Old
 * versions stay as they were.
 */

import * as BatchedQueue from '../internal/persistent/BatchedQueue.ts'
import * as IdMap from '../internal/persistent/IdMap.ts'
import * as PairingHeap from '../internal/persistent/PairingHeap.ts'
import type { TraceId } from '../model/TraceId.ts'
import type * as PendingTrace from './PendingTrace.ts'

// model

export interface Schedule {
  readonly timers: PairingHeap.PairingHeap<TraceId> | undefined
  /** By the last arrival: time never goes back, so that the oldest stand first. */
  readonly arrivals: BatchedQueue.BatchedQueue<Moment>
}

/** A trace, and when something happens or happened to it. */
export interface Moment {
  readonly id: TraceId
  readonly atMillis: number
}

export interface Found extends Moment {
  /** Without the entries before it that were out of date. */
  readonly schedule: Schedule
}

type Traces = IdMap.IdMap<PendingTrace.PendingTrace<unknown>>

// constructors

export const empty: Schedule = { timers: undefined, arrivals: BatchedQueue.empty }

// combinators

/** With what a trace says now, where that is something else than before; one that is not held any more is empty. */
export const note = (
  { timers, arrivals }: Schedule,
  id: TraceId,
  before: PendingTrace.PendingTrace<unknown>,
  trace: PendingTrace.PendingTrace<unknown>,
): Schedule => {
  const timerMillis = newKey(timerOf, before, trace)
  const arrivalMillis = newKey(arrivalOf, before, trace)
  return {
    timers: timerMillis === undefined ? timers : PairingHeap.push(timers, timerMillis, id),
    arrivals:
      arrivalMillis === undefined
        ? arrivals
        : BatchedQueue.push(arrivals, { id, atMillis: arrivalMillis }),
  }
}

/**
 * Without entries that are out of date where they stand first, or where they are more than those that count. Then each
 * queue has at most twice as many entries as there are traces, and `SLACK`. What this costs was paid by what made the
 * entries: each is cleared away once. `count` is that of the traces.
 */
export const tidy = (schedule: Schedule, traces: Traces, count: number): Schedule => {
  const most = 2 * count + SLACK
  const timers = comingTimers(schedule.timers, traces)
  const arrivals = withoutPast(schedule.arrivals, traces)
  const counts = eachOnce(traces, arrivalOf)
  return {
    timers:
      PairingHeap.size(timers) > most
        ? PairingHeap.filter(timers, eachOnce(traces, timerOf))
        : timers,
    arrivals:
      arrivals.size > most
        ? BatchedQueue.filter(arrivals, ({ id, atMillis }) => counts(id, atMillis))
        : arrivals,
  }
}

/** Entries beside those of living traces that are let be. */
export const SLACK = 64

/** Whether an entry counts: a trace that left a queue and came back at one time stands in it twice. */
const eachOnce = (traces: Traces, key: Key): ((id: TraceId, atMillis: number) => boolean) => {
  const seen = new Set<TraceId>()
  return (id, atMillis) => {
    if (seen.has(id) || !isTrue(traces, key, id, atMillis)) return false
    seen.add(id)
    return true
  }
}

// destructors

/** Entries of both queues, with those that are out of date. */
export const sizes = ({ timers, arrivals }: Schedule): readonly [number, number] => [
  PairingHeap.size(timers),
  arrivals.size,
]

/** The trace that must be looked at next: what waits may be ready. */
export const next = (schedule: Schedule, traces: Traces): Found | undefined => {
  const timers = comingTimers(schedule.timers, traces)
  return timers === undefined
    ? undefined
    : { id: timers.value, atMillis: timers.atMillis, schedule: { ...schedule, timers } }
}

/** The trace whose last arrival is the oldest. */
export const oldest = (schedule: Schedule, traces: Traces): Found | undefined => {
  const arrivals = withoutPast(schedule.arrivals, traces)
  const moment = BatchedQueue.first(arrivals)
  if (moment === undefined) return undefined
  return { id: moment.id, atMillis: moment.atMillis, schedule: { ...schedule, arrivals } }
}

/** When a trace stands in a queue; `undefined` if it does not. */
type Key = (trace: PendingTrace.PendingTrace<unknown>) => number | undefined

/** What rings never needs no bell. */
const timerOf: Key = ({ timerMillis }) =>
  timerMillis === Number.POSITIVE_INFINITY ? undefined : timerMillis

const arrivalOf: Key = ({ count, lastArrivalMillis }) => (count > 0 ? lastArrivalMillis : undefined)

const newKey = (
  key: Key,
  before: PendingTrace.PendingTrace<unknown>,
  trace: PendingTrace.PendingTrace<unknown>,
): number | undefined => {
  const atMillis = key(trace)
  return atMillis === key(before) ? undefined : atMillis
}

/** Without the earliest entries, as far as they are out of date. */
const comingTimers = (timers: Schedule['timers'], traces: Traces): Schedule['timers'] => {
  let coming = timers
  while (coming !== undefined && !isTrue(traces, timerOf, coming.value, coming.atMillis)) {
    coming = PairingHeap.pop(coming)
  }
  return coming
}

/** Without the first entries, as far as they are out of date. */
const withoutPast = (
  moments: BatchedQueue.BatchedQueue<Moment>,
  traces: Traces,
): BatchedQueue.BatchedQueue<Moment> => {
  let queue = moments
  for (
    let moment = BatchedQueue.first(queue);
    moment !== undefined;
    moment = BatchedQueue.first(queue)
  ) {
    if (isTrue(traces, arrivalOf, moment.id, moment.atMillis)) break
    queue = BatchedQueue.pop(queue)
  }
  return queue
}

const isTrue = (traces: Traces, key: Key, id: TraceId, atMillis: number): boolean => {
  const trace = IdMap.get(traces, id)
  return trace !== undefined && key(trace) === atMillis
}
