/**
 * Which trace has the next timer, and which has the oldest last arrival. Entries of the queues may be outdated: one counts
 * only if its trace still has the time of the entry. Entries therefore need not be found and moved. Outdated entries are
 * removed before they are many. Old versions stay valid.
 */

import { frozen } from '../internal/frozen.ts'
import * as BatchedQueue from '../internal/persistent/BatchedQueue.ts'
import * as IdMap from '../internal/persistent/IdMap.ts'
import * as PairingHeap from '../internal/persistent/PairingHeap.ts'
import type { TraceId } from '../model/TraceId.ts'
import type * as PendingTrace from './PendingTrace.ts'

// model

export interface Schedule {
  readonly timers: PairingHeap.PairingHeap<TraceId> | undefined
  /** By the last arrival. Time never goes back, so the oldest are first. */
  readonly arrivals: BatchedQueue.BatchedQueue<ScheduleEntry>
}

/** A trace with the time of its timer or of its last arrival. */
export interface ScheduleEntry {
  readonly id: TraceId
  readonly atMillis: number
}

export interface Found extends ScheduleEntry {
  /** Without the outdated entries before the one that was found. */
  readonly schedule: Schedule
}

type Traces = IdMap.IdMap<PendingTrace.PendingTrace<unknown>, TraceId>

/** Each queue keeps at most this many outdated entries, and as many more as there are traces. */
export const SLACK = 64

// constructors

export const empty: Schedule = /* @__PURE__ */ frozen({
  timers: undefined,
  arrivals: BatchedQueue.empty,
})

// transformations

/** Adds entries for the times of a trace that differ from those before. A trace that no longer waits is empty. */
export const update = (
  { timers, arrivals }: Schedule,
  id: TraceId,
  before: PendingTrace.PendingTrace<unknown>,
  trace: PendingTrace.PendingTrace<unknown>,
): Schedule => {
  const timerMillis = changedTime(timerOf, before, trace)
  const arrivalMillis = changedTime(arrivalOf, before, trace)
  return {
    timers: timerMillis === undefined ? timers : PairingHeap.push(timers, timerMillis, id),
    arrivals:
      arrivalMillis === undefined
        ? arrivals
        : BatchedQueue.push(arrivals, { id, atMillis: arrivalMillis }),
  }
}

/**
 * Removes outdated entries from the front of each queue, and everywhere if they outnumber the others. Each queue then has at
 * most two entries for each of `count` traces, and `SLACK`. Amortised O(1): each entry is removed once.
 */
export const removeOutdated = (schedule: Schedule, traces: Traces, count: number): Schedule => {
  const maxSize = 2 * count + SLACK
  const timers = fromFirstTimer(schedule.timers, traces)
  const arrivals = fromFirstArrival(schedule.arrivals, traces)
  const isKept = currentOnce(traces, arrivalOf)
  return {
    timers:
      PairingHeap.size(timers) > maxSize
        ? PairingHeap.filter(timers, currentOnce(traces, timerOf))
        : timers,
    arrivals:
      arrivals.size > maxSize
        ? BatchedQueue.filter(arrivals, ({ id, atMillis }) => isKept(id, atMillis))
        : arrivals,
  }
}

/** Whether an entry is current, and the first of its trace: a trace that left and came back at one time has two entries. */
const currentOnce = (
  traces: Traces,
  timeOf: TimeOf,
): ((id: TraceId, atMillis: number) => boolean) => {
  const seen = new Set<TraceId>()
  return (id, atMillis) => {
    if (seen.has(id) || !isCurrent(traces, timeOf, id, atMillis)) return false
    seen.add(id)
    return true
  }
}

// folds

/** The entries of both queues, outdated ones included. */
export const sizes = ({ timers, arrivals }: Schedule): readonly [number, number] => [
  PairingHeap.size(timers),
  arrivals.size,
]

/** The trace with the earliest timer. */
export const next = (schedule: Schedule, traces: Traces): Found | undefined => {
  const { arrivals } = schedule
  const timers = fromFirstTimer(schedule.timers, traces)
  return timers === undefined
    ? undefined
    : { id: timers.value, atMillis: timers.atMillis, schedule: { timers, arrivals } }
}

/** The traces whose timers are not after a time, the earliest first. */
export const dueUntil = (
  { timers }: Schedule,
  traces: Traces,
  untilMillis: number,
): ReadonlyArray<TraceId> => {
  const found: Array<TraceId> = []
  for (
    let rest = fromFirstTimer(timers, traces);
    rest !== undefined && rest.atMillis <= untilMillis;
    rest = fromFirstTimer(PairingHeap.pop(rest), traces)
  ) {
    found.push(rest.value)
  }
  return found
}

/** The trace with the oldest last arrival. */
export const oldest = (schedule: Schedule, traces: Traces): Found | undefined => {
  const { timers } = schedule
  const arrivals = fromFirstArrival(schedule.arrivals, traces)
  const entry = BatchedQueue.first(arrivals)
  return entry === undefined
    ? undefined
    : { id: entry.id, atMillis: entry.atMillis, schedule: { timers, arrivals } }
}

/** The time under which a trace is in a queue; `undefined` if it is not in it. */
type TimeOf = (trace: PendingTrace.PendingTrace<unknown>) => number | undefined

/** A timer at infinity is not scheduled. */
const timerOf: TimeOf = ({ timerMillis }) =>
  timerMillis === Number.POSITIVE_INFINITY ? undefined : timerMillis

const arrivalOf: TimeOf = ({ count, lastArrivalMillis }) =>
  count > 0 ? lastArrivalMillis : undefined

const changedTime = (
  timeOf: TimeOf,
  before: PendingTrace.PendingTrace<unknown>,
  trace: PendingTrace.PendingTrace<unknown>,
): number | undefined => {
  const atMillis = timeOf(trace)
  return atMillis === timeOf(before) ? undefined : atMillis
}

/** Without the outdated entries before the earliest current timer. */
const fromFirstTimer = (timers: Schedule['timers'], traces: Traces): Schedule['timers'] => {
  let rest = timers
  while (rest !== undefined && !isCurrent(traces, timerOf, rest.value, rest.atMillis)) {
    rest = PairingHeap.pop(rest)
  }
  return rest
}

/** Without the outdated entries before the oldest current arrival. */
const fromFirstArrival = (
  arrivals: BatchedQueue.BatchedQueue<ScheduleEntry>,
  traces: Traces,
): BatchedQueue.BatchedQueue<ScheduleEntry> => {
  let rest = arrivals
  for (
    let entry = BatchedQueue.first(rest);
    entry !== undefined;
    entry = BatchedQueue.first(rest)
  ) {
    if (isCurrent(traces, arrivalOf, entry.id, entry.atMillis)) break
    rest = BatchedQueue.pop(rest)
  }
  return rest
}

const isCurrent = (traces: Traces, timeOf: TimeOf, id: TraceId, atMillis: number): boolean => {
  const trace = IdMap.get(traces, id)
  return trace !== undefined && timeOf(trace) === atMillis
}
