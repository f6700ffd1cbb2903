/**
 * Spans that wait for the rest of their trace: a state machine without a clock. Inputs are values, and they contain the time.
 * A step returns the next state and the segments that are ready; old states stay valid. The cost of a step depends on
 * what arrived and what became ready, not on what waits.
 *
 * @example
 * ```ts
 * import { Limits, Mapping, Micros, Span, SpanId, TraceId } from '@sentry-exporter/core'
 * import { describe, Payload, Pending } from '@sentry-exporter/core/pipeline'
 *
 * const span = Span.make({
 *   traceId: TraceId.fromContent(['trace']),
 *   spanId: SpanId.fromContent(['span']),
 *   name: 'import',
 *   startMicros: Micros.fromMillis(1_700_000_000_000),
 *   endMicros: Micros.fromMillis(1_700_000_001_000),
 * })
 * const limits = Limits.gateway
 * const { nodes } = describe({ mapping: Mapping.sentry, limits, payload: Payload.json })([span])
 * const step = Pending.step(limits, Payload.json.compare)
 * const arrived = step(Pending.empty, { _tag: 'Arrived', nowMillis: 0, nodes })
 * console.log(arrived.ready.length, arrived.wakeAtMillis) // 0 7000
 * const settled = step(arrived.state, { _tag: 'Tick', nowMillis: 7_000 })
 * console.log(settled.ready.length, settled.state.nodes) // 1 0
 * ```
 */
import { frozen } from '../internal/frozen.ts'
import * as IdMap from '../internal/persistent/IdMap.ts'
import type { Limits } from '../model/Limits.ts'
import * as Losses from '../model/Losses.ts'
import type { TraceId } from '../model/TraceId.ts'
import type { DroppedSpan } from '../segment/DroppedSpan.ts'
import type { Node } from '../segment/Node.ts'
import type { PayloadMemory } from '../segment/Payload.ts'
import * as Segment from '../segment/Segment.ts'
import { arrive, recordDropped } from './arrive.ts'
import { evict } from './evict.ts'
import { expire } from './expire.ts'
import { flush, flushEntered } from './flush.ts'
import { moveSparse } from './moveSparse.ts'
import type { OpenTraces } from './OpenTraces.ts'
import type * as PendingTrace from './PendingTrace.ts'
import { takeCompleted } from './releaseArrived.ts'
import { releaseReady } from './releaseReady.ts'
import * as Schedule from './Schedule.ts'
import * as SentHistory from './SentHistory.ts'
import type { Work } from './Work.ts'

// model

export type PendingInput<A> =
  | {
      readonly _tag: 'Arrived'
      readonly nowMillis: number
      /** When the request with the nodes was accepted, in milliseconds since 1970; `nowMillis` if left out. */
      readonly acceptedMillis?: number | undefined
      readonly nodes: ReadonlyArray<Node<A>>
      /** The tombstones of spans that hooks dropped. These spans are not among the nodes. */
      readonly dropped?: ReadonlyArray<DroppedSpan>
      readonly openTraces?: OpenTraces | undefined
    }
  /** Time has passed: segments may be ready. */
  | {
      readonly _tag: 'Tick'
      readonly nowMillis: number
      readonly openTraces?: OpenTraces | undefined
    }
  /** Everything that waits is released; with `keepsOrphans`, all segments whose entry has arrived. */
  | {
      readonly _tag: 'Flush'
      readonly nowMillis: number
      readonly keepsOrphans?: boolean | undefined
      readonly openTraces?: OpenTraces | undefined
    }

export interface Pending<A> {
  /** The traces with waiting nodes. */
  readonly traces: IdMap.IdMap<PendingTrace.PendingTrace<A>, TraceId>
  /** The number of waiting nodes. */
  readonly nodes: number
  /** The number of traces with waiting nodes. */
  readonly waitingTraces: number
  /** The bytes that the waiting nodes hold. */
  readonly bytes: number
  readonly sentHistory: SentHistory.SentHistory
  /** The number of spans in the sent history. */
  readonly remembered: number
  /** The latest time of an input. Time never goes back: an earlier time counts as this one. */
  readonly nowMillis: number
  /** When each trace must be checked. */
  readonly schedule: Schedule.Schedule
}

export interface PendingStep<A> {
  readonly state: Pending<A>
  /** Segments of any size, by the start of their roots. */
  readonly ready: ReadonlyArray<Segment.Segment<A>>
  /**
   * Segments that still wait, in their present form, because a node with an exception has waited `errorWaitMillis`. Each
   * such node is returned once.
   */
  readonly early: ReadonlyArray<Segment.Segment<A>>
  /** By trace, when the requests with the spans of `ready` and `early` were accepted, in milliseconds since 1970. */
  readonly accepted: ReadonlyMap<TraceId, number>
  readonly losses: Losses.Losses
  /** When the next Tick can make a difference, in milliseconds on the clock of the inputs; `undefined` for never. */
  readonly wakeAtMillis: number | undefined
}

// constructors

export const empty: Pending<never> = frozen({
  traces: IdMap.empty,
  nodes: 0,
  waitingTraces: 0,
  bytes: 0,
  sentHistory: SentHistory.empty,
  remembered: 0,
  nowMillis: 0,
  schedule: Schedule.empty,
})

// folds

/** The ids of the traces with waiting nodes. The cost depends on what waits. */
export const waitingIds = <A>({ traces }: Pending<A>): ReadonlyArray<TraceId> =>
  IdMap.entries(traces).map(([id]) => id)

// running

/** `comparePayload` chooses between two copies of a span that are equal otherwise. `memory` is that of the payloads, if they share any. */
export const step = <A>(
  limits: Limits,
  comparePayload: (a: A, b: A) => number,
  memory?: PayloadMemory<A>,
): ((state: Pending<A>, input: PendingInput<A>) => PendingStep<A>) => {
  const parts = {
    releaseReady: releaseReady(limits, comparePayload),
    takeCompleted: takeCompleted(limits, comparePayload),
    memory,
  }
  return (before, input) => {
    const work = begin(limits, parts, before, input)
    if (input._tag === 'Arrived') {
      recordDropped(work, input.dropped ?? [])
      arrive(work, input.nodes)
    }
    if (input._tag === 'Flush') (input.keepsOrphans === true ? flushEntered : flush)(work)
    expire(work)
    evict(work)
    moveSparse(work)
    return end(work)
  }
}

/** Starts a step, without the history that has expired. */
const begin = <A>(
  limits: Limits,
  {
    releaseReady,
    takeCompleted,
    memory,
  }: Pick<Work<A>, 'memory' | 'releaseReady' | 'takeCompleted'>,
  before: Pending<A>,
  input: PendingInput<A>,
): Work<A> => {
  const { traces, nodes, waitingTraces, bytes, schedule, sentHistory } = before
  const nowMillis = Math.max(before.nowMillis, input.nowMillis)
  return {
    limits,
    releaseReady,
    takeCompleted,
    memory,
    nowMillis,
    acceptedMillis:
      (input._tag === 'Arrived' ? input.acceptedMillis : undefined) ?? input.nowMillis,
    openTraces: input.openTraces,
    traces,
    nodes,
    waitingTraces,
    bytes,
    schedule,
    sentHistory: SentHistory.expire(limits)(sentHistory, nowMillis),
    ready: [],
    early: [],
    accepted: new Map(),
    losses: Losses.empty,
  }
}

const end = <A>(work: Work<A>): PendingStep<A> => {
  const { limits, nowMillis, traces, nodes, waitingTraces, bytes, sentHistory } = work
  const schedule = Schedule.removeOutdated(work.schedule, traces, waitingTraces)
  const wakeAtMillis = Math.min(
    Schedule.next(schedule, traces)?.atMillis ?? Number.POSITIVE_INFINITY,
    SentHistory.expiryMillis(limits)(sentHistory),
  )
  return {
    state: {
      traces,
      nodes,
      waitingTraces,
      bytes,
      sentHistory,
      remembered: SentHistory.size(sentHistory),
      nowMillis,
      schedule,
    },
    ready: work.ready.sort(Segment.Ord.compare),
    early: work.early.sort(Segment.Ord.compare),
    accepted: work.accepted,
    losses: work.losses,
    wakeAtMillis: wakeAtMillis === Number.POSITIVE_INFINITY ? undefined : wakeAtMillis,
  }
}
