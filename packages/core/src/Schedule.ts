/**
 * When which trace must be looked at, and which was touched longest ago. Entries may be out of date: one counts only if its
 * trace still says the same, which saves finding and moving entries. They are cleared away before there are many. Old
 * versions stay as they were.
 */
import * as Heap from './Heap.ts'
import * as Queue from './Queue.ts'
import * as Trace from './Trace.ts'
import type { TraceId } from './TraceId.ts'
import * as Trie from './Trie.ts'

// model

export interface Schedule {
  readonly timers: Heap.Heap<TraceId> | undefined
  /** By the last arrival, and by the last sending: time never goes back, so that the oldest stand first. */
  readonly arrivals: Queue.Queue<Moment>
  readonly sendings: Queue.Queue<Moment>
  /** How many traces stand in each: what else is in it is out of date. */
  readonly traces: Sizes
}

/** Of each queue. */
export interface Sizes {
  readonly timers: number
  readonly arrivals: number
  readonly sendings: number
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
  sendings: Queue.empty,
  traces: { timers: 0, arrivals: 0, sendings: 0 },
}

// combinators

/** With what a trace says now, where that is something else than before; one that is not held any more is empty. */
export const note = (
  { timers, arrivals, sendings, traces }: Schedule,
  id: TraceId,
  before: Trace.Trace<unknown>,
  trace: Trace.Trace<unknown>,
): Schedule => {
  const timerMillis = newKey(KEYS.timers, before, trace)
  return {
    timers: timerMillis === undefined ? timers : Heap.push(timers, timerMillis, id),
    arrivals: pushed(arrivals, id, newKey(KEYS.arrivals, before, trace)),
    sendings: pushed(sendings, id, newKey(KEYS.sendings, before, trace)),
    traces: {
      timers: traces.timers + change(KEYS.timers, before, trace),
      arrivals: traces.arrivals + change(KEYS.arrivals, before, trace),
      sendings: traces.sendings + change(KEYS.sendings, before, trace),
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
    arrivals: tidied('arrivals', schedule, traces),
    sendings: tidied('sendings', schedule, traces),
    traces: schedule.traces,
  }
}

/** Entries beside those of living traces that are let be. */
export const SLACK = 64

const isCrowded = (entries: number, traces: number): boolean => entries > 2 * traces + SLACK

const tidied = (
  of: 'arrivals' | 'sendings',
  schedule: Schedule,
  traces: Traces,
): Queue.Queue<Moment> => {
  const queue = withoutPast(schedule[of], KEYS[of], traces)
  if (!isCrowded(queue.size, schedule.traces[of])) return queue
  const counts = eachOnce(traces, KEYS[of])
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
export const sizes = ({ timers, arrivals, sendings }: Schedule): Sizes => ({
  timers: Heap.size(timers),
  arrivals: arrivals.size,
  sendings: sendings.size,
})

/** The trace that must be looked at next: what waits may be ready, or what was sent was remembered for long enough. */
export const next = (
  schedule: Schedule,
  traces: Traces,
  lateWindowMillis: number,
): Found | undefined => {
  const timers = comingTimers(schedule.timers, traces)
  const expiring = oldest(schedule, 'sendings', traces)
  const expiryMillis =
    expiring === undefined ? Number.POSITIVE_INFINITY : expiring.atMillis + lateWindowMillis
  if (timers !== undefined && timers.atMillis <= expiryMillis) {
    return { id: timers.value, atMillis: timers.atMillis, schedule: { ...schedule, timers } }
  }
  return expiring === undefined || expiryMillis === Number.POSITIVE_INFINITY
    ? undefined
    : { id: expiring.id, atMillis: expiryMillis, schedule: expiring.schedule }
}

/** The trace whose last arrival, or whose last sending, is the oldest. */
export const oldest = (
  schedule: Schedule,
  of: 'arrivals' | 'sendings',
  traces: Traces,
): Found | undefined => {
  const queue = withoutPast(schedule[of], KEYS[of], traces)
  const moment = Queue.first(queue)
  if (moment === undefined) return undefined
  const { id, atMillis } = moment
  return {
    id,
    atMillis,
    schedule: queue === schedule[of] ? schedule : { ...schedule, [of]: queue },
  }
}

/** When a trace stands in a queue; `undefined` if it does not. */
type Key = (trace: Trace.Trace<unknown>) => number | undefined

const KEYS: { readonly [of in keyof Sizes]: Key } = {
  // What rings never needs no bell.
  timers: ({ timerMillis }) => (timerMillis === Number.POSITIVE_INFINITY ? undefined : timerMillis),
  arrivals: ({ count, lastArrivalMillis }) => (count > 0 ? lastArrivalMillis : undefined),
  sendings: (trace) => (Trace.remembered(trace) > 0 ? trace.lastSentMillis : undefined),
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
const withoutPast = (
  moments: Queue.Queue<Moment>,
  key: Key,
  traces: Traces,
): Queue.Queue<Moment> => {
  let queue = moments
  for (let moment = Queue.first(queue); moment !== undefined; moment = Queue.first(queue)) {
    if (isTrue(traces, key, moment.id, moment.atMillis)) break
    queue = Queue.pop(queue)
  }
  return queue
}

const isTrue = (traces: Traces, key: Key, id: TraceId, atMillis: number): boolean => {
  const trace = Trie.get(traces, id)
  return trace !== undefined && key(trace) === atMillis
}
