/**
 * When which trace must be looked at, and which was touched longest ago. Entries may be out of date: one counts only if its
 * trace still says the same, which saves finding and moving entries. Old versions stay as they were.
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

export const empty: Schedule = { timers: undefined, arrivals: Queue.empty, sendings: Queue.empty }

// combinators

/** With what a trace says now, where that is something else than before. */
export const note = (
  { timers, arrivals, sendings }: Schedule,
  id: TraceId,
  before: Trace.Trace<unknown>,
  trace: Trace.Trace<unknown>,
): Schedule => {
  const timerMillis = newKey(KEYS.timers, before, trace)
  return {
    timers: timerMillis === undefined ? timers : Heap.push(timers, timerMillis, id),
    arrivals: pushed(arrivals, id, newKey(KEYS.arrivals, before, trace)),
    sendings: pushed(sendings, id, newKey(KEYS.sendings, before, trace)),
  }
}

// destructors

/** The trace that must be looked at next. */
export const nextTimer = (schedule: Schedule, traces: Traces): Found | undefined => {
  let timers = schedule.timers
  while (timers !== undefined) {
    const moment = { id: timers.value, atMillis: timers.atMillis }
    if (isTrue(traces, KEYS.timers, moment)) return { ...moment, schedule: { ...schedule, timers } }
    timers = Heap.pop(timers)
  }
  return undefined
}

/** The trace whose last arrival, or whose last sending, is the oldest. */
export const oldest = (
  schedule: Schedule,
  of: 'arrivals' | 'sendings',
  traces: Traces,
): Found | undefined => {
  let queue = schedule[of]
  for (let moment = Queue.first(queue); moment !== undefined; moment = Queue.first(queue)) {
    if (isTrue(traces, KEYS[of], moment)) {
      return { ...moment, schedule: { ...schedule, [of]: queue } }
    }
    queue = Queue.pop(queue)
  }
  return undefined
}

/** When a trace stands in a queue; `undefined` if it does not. */
type Key = (trace: Trace.Trace<unknown>) => number | undefined

const KEYS: { readonly [of in keyof Schedule]: Key } = {
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

const pushed = (
  queue: Queue.Queue<Moment>,
  id: TraceId,
  atMillis: number | undefined,
): Queue.Queue<Moment> => (atMillis === undefined ? queue : Queue.push(queue, { id, atMillis }))

const isTrue = (traces: Traces, key: Key, { id, atMillis }: Moment): boolean => {
  const trace = Trie.get(traces, id)
  return trace !== undefined && key(trace) === atMillis
}
