/**
 * What waits for the rest of its trace: a state machine without a clock. Inputs are values, time among them; a step gives
 * the next state and what is ready, and old states stay usable. A step costs what arrived and what became ready.
 */
import { byTrace } from './byTrace.ts'
import type { Limits } from './Limits.ts'
import * as Losses from './Losses.ts'
import { letGo } from './letGo.ts'
import * as Memory from './Memory.ts'
import type { Node } from './Node.ts'
import * as Schedule from './Schedule.ts'
import * as Segment from './Segment.ts'
import type { Tombstone } from './Tombstone.ts'
import * as Trace from './Trace.ts'
import type { TraceId } from './TraceId.ts'
import * as Trie from './Trie.ts'

// model

export type Input<A> =
  | {
      readonly _tag: 'Arrived'
      readonly nowMillis: number
      readonly nodes: ReadonlyArray<Node<A>>
      /** The places of spans that hooks dropped, which are not among the nodes. */
      readonly dropped?: ReadonlyArray<Tombstone>
    }
  /** Time has passed: segments may be ready. */
  | { readonly _tag: 'Tick'; readonly nowMillis: number }
  /** Everything that waits is let go. */
  | { readonly _tag: 'Flush'; readonly nowMillis: number }

export interface Pending<A> {
  readonly traces: Trie.Trie<Trace.Trace<A>>
  /** Nodes that wait, in how many traces, and their weight. */
  readonly nodes: number
  readonly waitingTraces: number
  readonly bytes: number
  /** Sent spans that are remembered. */
  readonly remembered: number
  /** Time never goes back: an earlier one counts as this one. */
  readonly nowMillis: number
  /** When which trace must be looked at. */
  readonly schedule: Schedule.Schedule
}

export interface Step<A> {
  readonly state: Pending<A>
  /** Of any size, by the start of their roots. */
  readonly ready: ReadonlyArray<Segment.Segment<A>>
  /** Some that go on waiting, as they stand: what is urgent in them has waited long enough. Each urgent node once. */
  readonly early: ReadonlyArray<Segment.Segment<A>>
  readonly losses: Losses.Losses
  /** When the next Tick can make a difference; `undefined` for never. Milliseconds, as they came in. */
  readonly wakeAtMillis: number | undefined
}

// constructors

export const empty: Pending<never> = {
  traces: Trie.empty,
  nodes: 0,
  waitingTraces: 0,
  bytes: 0,
  remembered: 0,
  nowMillis: 0,
  schedule: Schedule.empty,
}

// combinators

/** `comparePayload` chooses between two copies of a span that are alike in all else. */
export const step = <A>(
  limits: Limits,
  comparePayload: (a: A, b: A) => number,
): ((state: Pending<A>, input: Input<A>) => Step<A>) => {
  const release = letGo(limits, comparePayload)
  const addNodes = Trace.arrive(limits)
  const addTombstones = Trace.bury(limits)

  /** Lets go what is ready at a time, of one trace as it is now. */
  const look = (work: Work<A>, id: TraceId, trace: Trace.Trace<A>, untilMillis: number): void => {
    const { nowMillis } = work.state
    const isStale =
      Trace.remembered(trace) > 0 && nowMillis >= trace.lastSentMillis + limits.lateWindowMillis
    const current = isStale ? Trace.forget(trace) : trace
    if (current.count === 0) {
      work.state = put(work.state, id, current)
      return
    }
    const released = release(current, untilMillis, nowMillis)
    for (const segment of released.ready) work.ready.push(segment)
    for (const segment of released.early) work.early.push(segment)
    work.losses = Losses.concat(work.losses, released.losses)
    work.state = put(work.state, id, released.trace)
  }

  const lookUp = (work: Work<A>, id: TraceId, untilMillis: number): void => {
    const trace = Trie.get(work.state.traces, id)
    if (trace !== undefined) look(work, id, trace, untilMillis)
  }

  const arrive = (work: Work<A>, nodes: ReadonlyArray<Node<A>>): void => {
    for (const [id, all] of byTrace(nodes)) {
      const trace = Trie.get(work.state.traces, id) ?? Trace.empty
      const fresh =
        trace.sent === undefined
          ? all
          : all.filter(({ spanId }) => Memory.get(trace.sent, spanId) === undefined)
      work.losses = Losses.concat(work.losses, Losses.of('duplicate', all.length - fresh.length))
      if (fresh.length === 0) continue
      const { nowMillis } = work.state
      const grown = addNodes(trace, fresh, nowMillis)
      if (grown.count > limits.maxSpansPerTrace) look(work, id, grown, Number.POSITIVE_INFINITY)
      // What is due at once needs no timer.
      else if (isDue(grown, nowMillis)) look(work, id, grown, nowMillis)
      else work.state = put(work.state, id, grown)
    }
  }

  const bury = (work: Work<A>, tombstones: ReadonlyArray<Tombstone>): void => {
    if (tombstones.length === 0) return
    work.losses = Losses.concat(work.losses, Losses.of('before_send', tombstones.length))
    for (const [id, all] of byTrace(tombstones)) {
      const trace = Trie.get(work.state.traces, id) ?? Trace.empty
      work.state = put(work.state, id, addTombstones(trace, all, work.state.nowMillis))
    }
  }

  const keepWithin = (work: Work<A>): void => {
    for (;;) {
      const { state } = work
      const isOver = state.waitingTraces > limits.maxTraces || state.bytes > limits.maxPendingBytes
      const oldest = isOver ? Schedule.oldest(state.schedule, 'arrivals', state.traces) : undefined
      if (oldest === undefined) break
      work.state = { ...state, schedule: oldest.schedule }
      lookUp(work, oldest.id, Number.POSITIVE_INFINITY)
    }
    while (work.state.remembered > limits.maxRememberedSpans) {
      const { state } = work
      const oldest = Schedule.oldest(state.schedule, 'sendings', state.traces)
      if (oldest === undefined) break
      const trace = Trie.get(state.traces, oldest.id)
      const after = { ...state, schedule: oldest.schedule }
      work.state = trace === undefined ? after : put(after, oldest.id, Trace.forget(trace))
    }
  }

  const fire = (work: Work<A>): void => {
    for (;;) {
      const next = Schedule.next(work.state.schedule, work.state.traces, limits.lateWindowMillis)
      if (next === undefined || next.atMillis > work.state.nowMillis) break
      work.state = { ...work.state, schedule: next.schedule }
      lookUp(work, next.id, work.state.nowMillis)
    }
  }

  return (before, input) => {
    const nowMillis = Math.max(before.nowMillis, input.nowMillis)
    const work: Work<A> = {
      state: { ...before, nowMillis },
      ready: [],
      early: [],
      losses: Losses.empty,
    }
    if (input._tag === 'Arrived') {
      bury(work, input.dropped ?? [])
      arrive(work, input.nodes)
    }
    if (input._tag === 'Flush') {
      for (const [id, trace] of Trie.entries(work.state.traces)) {
        look(work, id, trace, Number.POSITIVE_INFINITY)
      }
    }
    fire(work)
    keepWithin(work)
    const { traces } = work.state
    const schedule = Schedule.tidy(work.state.schedule, traces)
    return {
      state: { ...work.state, schedule },
      ready: work.ready.sort(Segment.compare),
      early: work.early.sort(Segment.compare),
      losses: work.losses,
      wakeAtMillis: Schedule.next(schedule, traces, limits.lateWindowMillis)?.atMillis,
    }
  }
}

const isDue = <A>({ timerMillis }: Trace.Trace<A>, nowMillis: number): boolean =>
  timerMillis !== undefined && timerMillis <= nowMillis

/** A step while it is made. */
interface Work<A> {
  state: Pending<A>
  readonly ready: Array<Segment.Segment<A>>
  readonly early: Array<Segment.Segment<A>>
  losses: Losses.Losses
}

/** Replaces a trace, or removes one that is over; sums and queues follow. */
const put = <A>(state: Pending<A>, id: TraceId, trace: Trace.Trace<A>): Pending<A> => {
  const before: Trace.Trace<A> = Trie.get(state.traces, id) ?? Trace.empty
  const held = Trace.isOver(trace) ? undefined : trace
  return {
    ...state,
    schedule: Schedule.note(state.schedule, id, before, held ?? Trace.empty),
    traces: Trie.set(state.traces, id, held),
    nodes: state.nodes + trace.count - before.count,
    waitingTraces: state.waitingTraces + Number(trace.count > 0) - Number(before.count > 0),
    bytes: state.bytes + trace.bytes - before.bytes,
    remembered: state.remembered + Trace.remembered(trace) - Trace.remembered(before),
  }
}
