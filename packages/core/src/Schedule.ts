/**
 * When which trace must be looked at, and which was touched longest ago. Entries may be out of date: one counts only if its
 * trace still says the same, which saves finding and moving entries. They are cleared away before there are many. Old
 * versions stay as they were.
 */
import * as Heap from './Heap.ts'
import * as Queue from './Queue.ts'
import type * as Trace from './Trace.ts'
import type { TraceId } from './TraceId.ts'
import * as Trie from './Trie.ts'

// model

export interface Schedule {
  readonly timers: Heap.Heap<TraceId> | undefined
  /** By the last arrival: time never goes back, so that the oldest stand first. */
  readonly arrivals: Queue.Queue<Moment>
  /** How many traces stand in each: what else is in it is out of date. */
  readonly traces: Sizes
}

/** Of each queue. */
export interface Sizes {
  readonly timers: number
  readonly arrivals: number
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

type Traces = Trie.Trie<Trace.Trace<unknown>>

// constructors

export const empty: Schedule = {
  timers: undefined,
  arrivals: Queue.empty,
  traces: { timers: 0, arrivals: 0 },
}

// combinators

/** With what a trace says now, where that is something else than before; one that is not held any more is empty. */
export const note = (
  { timers, arrivals, traces }: Schedule,
  id: TraceId,
  before: Trace.Trace<unknown>,
  trace: Trace.Trace<unknown>,
): Schedule => {
  const timerMillis = newKey(KEYS.timers, before, trace)
  return {
    timers: timerMillis === undefined ? timers : Heap.push(timers, timerMillis, id),
    arrivals: pushed(arrivals, id, newKey(KEYS.arrivals, before, trace)),
    traces: {
      timers: traces.timers + change(KEYS.timers, before, trace),
      arrivals: traces.arrivals + change(KEYS.arrivals, before, trace),
    },
  }
}

/**
 * Without entries that are out of date where they stand first, or where they are more than those that count. Then each
 * queue has at most twice as many entries as traces stand in it, and `SLACK`. What this costs was paid by what made the
 * entries: each is cleared away once.
 */
export const tidy = (schedule: Schedule, traces: Traces): Schedule => {
  const timers = comingTimers(schedule.timers, traces)
  return {
    timers: isCrowded(Heap.size(timers), schedule.traces.timers)
      ? Heap.filter(timers, eachOnce(traces, KEYS.timers))
      : timers,
    arrivals: tidied(schedule, traces),
    traces: schedule.traces,
  }
}

/** Entries beside those of living traces that are let be. */
export const SLACK = 64

const isCrowded = (entries: number, traces: number): boolean => entries > 2 * traces + SLACK

const tidied = (schedule: Schedule, traces: Traces): Queue.Queue<Moment> => {
  const queue = withoutPast(schedule.arrivals, traces)
  if (!isCrowded(queue.size, schedule.traces.arrivals)) return queue
  const counts = eachOnce(traces, KEYS.arrivals)
  return Queue.filter(queue, ({ id, atMillis }) => counts(id, atMillis))
}

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

/** Entries, those among them that are out of date. */
export const sizes = ({ timers, arrivals }: Schedule): Sizes => ({
  timers: Heap.size(timers),
  arrivals: arrivals.size,
})

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
  const moment = Queue.first(arrivals)
  if (moment === undefined) return undefined
  return { id: moment.id, atMillis: moment.atMillis, schedule: { ...schedule, arrivals } }
}

/** When a trace stands in a queue; `undefined` if it does not. */
type Key = (trace: Trace.Trace<unknown>) => number | undefined

const KEYS: { readonly [of in keyof Sizes]: Key } = {
  // What rings never needs no bell.
  timers: ({ timerMillis }) => (timerMillis === Number.POSITIVE_INFINITY ? undefined : timerMillis),
  arrivals: ({ count, lastArrivalMillis }) => (count > 0 ? lastArrivalMillis : undefined),
}

const newKey = (
  key: Key,
  before: Trace.Trace<unknown>,
  trace: Trace.Trace<unknown>,
): number | undefined => {
  const atMillis = key(trace)
  return atMillis === key(before) ? undefined : atMillis
}

const change = (key: Key, before: Trace.Trace<unknown>, trace: Trace.Trace<unknown>): number =>
  Number(key(trace) !== undefined) - Number(key(before) !== undefined)

const pushed = (
  queue: Queue.Queue<Moment>,
  id: TraceId,
  atMillis: number | undefined,
): Queue.Queue<Moment> => (atMillis === undefined ? queue : Queue.push(queue, { id, atMillis }))

/** Without the earliest entries, as far as they are out of date. */
const comingTimers = (timers: Schedule['timers'], traces: Traces): Schedule['timers'] => {
  let coming = timers
  while (coming !== undefined && !isTrue(traces, KEYS.timers, coming.value, coming.atMillis)) {
    coming = Heap.pop(coming)
  }
  return coming
}

/** Without the first entries, as far as they are out of date. */
const withoutPast = (moments: Queue.Queue<Moment>, traces: Traces): Queue.Queue<Moment> => {
  let queue = moments
  for (let moment = Queue.first(queue); moment !== undefined; moment = Queue.first(queue)) {
    if (isTrue(traces, KEYS.arrivals, moment.id, moment.atMillis)) break
    queue = Queue.pop(queue)
  }
  return queue
}

const isTrue = (traces: Traces, key: Key, id: TraceId, atMillis: number): boolean => {
  const trace = Trie.get(traces, id)
  return trace !== undefined && key(trace) === atMillis
}
