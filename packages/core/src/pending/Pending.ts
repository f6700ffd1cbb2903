/**
 * What waits for the rest of its trace: a state machine without a clock. Inputs are values, time among them; a step gives
 * the next state and what is ready, and old states stay usable. A step costs what arrived and what became ready.
 */
import { groupByTrace } from '../internal/groupByTrace.ts'
import * as IdMap from '../internal/persistent/IdMap.ts'
import type { Limits } from '../model/Limits.ts'
import * as Losses from '../model/Losses.ts'
import type { TraceId } from '../model/TraceId.ts'
import type { DroppedSpan } from '../segment/DroppedSpan.ts'
import type { Node } from '../segment/Node.ts'
import * as Segment from '../segment/Segment.ts'
import * as PendingTrace from './PendingTrace.ts'
import { releaseReady } from './releaseReady.ts'
import * as Schedule from './Schedule.ts'
import * as SentHistory from './SentHistory.ts'

// model

export type Input<A> =
  | {
      readonly _tag: 'Arrived'
      readonly nowMillis: number
      readonly nodes: ReadonlyArray<Node<A>>
      /** The places of spans that hooks dropped, which are not among the nodes. */
      readonly dropped?: ReadonlyArray<DroppedSpan>
    }
  /** Time has passed: segments may be ready. */
  | { readonly _tag: 'Tick'; readonly nowMillis: number }
  /** Everything that waits is let go. */
  | { readonly _tag: 'Flush'; readonly nowMillis: number }

export interface Pending<A> {
  /** Those of which something waits. */
  readonly traces: IdMap.IdMap<PendingTrace.PendingTrace<A>, TraceId>
  /** Nodes that wait, in how many traces, and their weight. */
  readonly nodes: number
  readonly waitingTraces: number
  readonly bytes: number
  /** What is remembered of spans that do not wait any more, and of how many. */
  readonly history: SentHistory.SentHistory
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
  traces: IdMap.empty,
  nodes: 0,
  waitingTraces: 0,
  bytes: 0,
  history: SentHistory.empty,
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
  const release = releaseReady(limits, comparePayload)
  const addNodes = PendingTrace.arrive(limits)
  const settle = PendingTrace.settle(limits)
  const send = SentHistory.send(limits)
  const drop = SentHistory.drop(limits)
  const forget = SentHistory.forget(limits)
  const expiryMillis = SentHistory.expiryMillis(limits)

  /** Lets go what is ready at a time, of one trace as it is now. */
  const look = (
    work: Work<A>,
    id: TraceId,
    trace: PendingTrace.PendingTrace<A>,
    gone: SentHistory.OfTrace,
    untilMillis: number,
  ): void => {
    const { nowMillis } = work.state
    const released = release(trace, gone, untilMillis, nowMillis)
    for (const segment of released.ready) {
      work.ready.push(segment)
      work.gone = send(work.gone, segment, nowMillis)
    }
    for (const segment of released.early) work.early.push(segment)
    work.losses = Losses.concat(work.losses, released.losses)
    work.state = put(work.state, id, released.trace)
  }

  const lookUp = (work: Work<A>, id: TraceId, untilMillis: number): void => {
    const trace = IdMap.get(work.state.traces, id)
    if (trace !== undefined) look(work, id, trace, SentHistory.ofTrace(work.gone, id), untilMillis)
  }

  const arrive = (work: Work<A>, nodes: ReadonlyArray<Node<A>>): void => {
    const { nowMillis } = work.state
    for (const [id, all] of groupByTrace(nodes)) {
      const gone = SentHistory.ofTrace(work.gone, id)
      const { sent } = gone
      const fresh =
        sent === undefined ? all : all.filter(({ spanId }) => sent(spanId) === undefined)
      work.losses = Losses.concat(work.losses, Losses.of('duplicate', all.length - fresh.length))
      if (fresh.length === 0) continue
      const grown = addNodes(
        IdMap.get(work.state.traces, id) ?? PendingTrace.empty,
        fresh,
        gone,
        nowMillis,
      )
      if (grown.count > limits.maxSpansPerTrace)
        look(work, id, grown, gone, Number.POSITIVE_INFINITY)
      // What is due at once needs no timer.
      else if (isDue(grown, nowMillis)) look(work, id, grown, gone, nowMillis)
      else work.state = put(work.state, id, grown)
    }
  }

  const bury = (work: Work<A>, tombstones: ReadonlyArray<DroppedSpan>): void => {
    if (tombstones.length === 0) return
    const { nowMillis } = work.state
    work.losses = Losses.concat(work.losses, Losses.of('before_send', tombstones.length))
    for (const [id, all] of groupByTrace(tombstones)) {
      work.gone = drop(work.gone, id, all, nowMillis)
      const trace = IdMap.get(work.state.traces, id)
      if (trace !== undefined) work.state = put(work.state, id, settle(trace, nowMillis))
    }
  }

  const keepWithin = (work: Work<A>): void => {
    for (;;) {
      const { state } = work
      const isOver = state.waitingTraces > limits.maxTraces || state.bytes > limits.maxPendingBytes
      const oldest = isOver ? Schedule.oldest(state.schedule, state.traces) : undefined
      if (oldest === undefined) break
      work.state = { ...state, schedule: oldest.schedule }
      lookUp(work, oldest.id, Number.POSITIVE_INFINITY)
    }
  }

  const fire = (work: Work<A>): void => {
    for (;;) {
      const next = Schedule.next(work.state.schedule, work.state.traces)
      if (next === undefined || next.atMillis > work.state.nowMillis) break
      work.state = { ...work.state, schedule: next.schedule }
      lookUp(work, next.id, work.state.nowMillis)
    }
  }

  return (before, input) => {
    const nowMillis = Math.max(before.nowMillis, input.nowMillis)
    const work: Work<A> = {
      state: { ...before, nowMillis },
      gone: forget(before.history, nowMillis),
      ready: [],
      early: [],
      losses: Losses.empty,
    }
    if (input._tag === 'Arrived') {
      bury(work, input.dropped ?? [])
      arrive(work, input.nodes)
    }
    if (input._tag === 'Flush') {
      for (const [id] of IdMap.entries(work.state.traces)) {
        lookUp(work, id, Number.POSITIVE_INFINITY)
      }
    }
    fire(work)
    keepWithin(work)
    const { gone, state } = work
    const { traces } = state
    const schedule = Schedule.tidy(state.schedule, traces, state.waitingTraces)
    const timerMillis = Schedule.next(schedule, traces)?.atMillis ?? Number.POSITIVE_INFINITY
    const wakeAtMillis = Math.min(timerMillis, expiryMillis(gone))
    return {
      state: { ...state, history: gone, remembered: SentHistory.size(gone), schedule },
      ready: work.ready.sort(Segment.Ord.compare),
      early: work.early.sort(Segment.Ord.compare),
      losses: work.losses,
      wakeAtMillis: wakeAtMillis === Number.POSITIVE_INFINITY ? undefined : wakeAtMillis,
    }
  }
}

const isDue = <A>({ timerMillis }: PendingTrace.PendingTrace<A>, nowMillis: number): boolean =>
  timerMillis !== undefined && timerMillis <= nowMillis

/** A step while it is made. */
interface Work<A> {
  state: Pending<A>
  gone: SentHistory.SentHistory
  readonly ready: Array<Segment.Segment<A>>
  readonly early: Array<Segment.Segment<A>>
  losses: Losses.Losses
}

/** Replaces a trace, or removes one of which nothing waits; sums and queues follow. */
const put = <A>(
  state: Pending<A>,
  id: TraceId,
  trace: PendingTrace.PendingTrace<A>,
): Pending<A> => {
  const before: PendingTrace.PendingTrace<A> = IdMap.get(state.traces, id) ?? PendingTrace.empty
  // Most leave as they come: nothing of them waited before, and nothing does after.
  if (trace.count === 0 && before.count === 0) return state
  const held = trace.count === 0 ? undefined : trace
  return {
    ...state,
    schedule: Schedule.note(state.schedule, id, before, held ?? PendingTrace.empty),
    traces: IdMap.set(state.traces, id, held),
    nodes: state.nodes + trace.count - before.count,
    waitingTraces: state.waitingTraces + Number(trace.count > 0) - Number(before.count > 0),
    bytes: state.bytes + trace.bytes - before.bytes,
  }
}
