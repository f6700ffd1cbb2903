/** A step while it is made: the next state, which the parts of the step change in place, and what the step returns. */

import * as IdMap from '../internal/persistent/IdMap.ts'
import type { Limits } from '../model/Limits.ts'
import * as Losses from '../model/Losses.ts'
import type { TraceId } from '../model/TraceId.ts'
import type { Node } from '../segment/Node.ts'
import type { PayloadMemory } from '../segment/Payload.ts'
import type { Segment } from '../segment/Segment.ts'
import type { OpenTraces } from './OpenTraces.ts'
import * as PendingTrace from './PendingTrace.ts'
import type { Completed, TakeCompleted } from './releaseArrived.ts'
import type { ReleaseReady } from './releaseReady.ts'
import * as Schedule from './Schedule.ts'
import * as SentHistory from './SentHistory.ts'

// model

export interface Work<A> {
  readonly limits: Limits
  readonly releaseReady: ReleaseReady<A>
  readonly takeCompleted: TakeCompleted<A>
  readonly memory: PayloadMemory<A> | undefined
  readonly nowMillis: number
  /** When the request of this step was accepted. */
  readonly acceptedMillis: number
  readonly openTraces: OpenTraces | undefined
  traces: IdMap.IdMap<PendingTrace.PendingTrace<A>, TraceId>
  nodes: number
  waitingTraces: number
  bytes: number
  schedule: Schedule.Schedule
  sentHistory: SentHistory.SentHistory
  readonly ready: Array<Segment<A>>
  readonly early: Array<Segment<A>>
  /** By trace, when the requests with the spans of `ready` and `early` were accepted. */
  readonly accepted: Map<TraceId, number>
  losses: Losses.Losses
}

/** A trace, its history, and the time until which its segments are released. */
export interface Subject<A> {
  readonly id: TraceId
  readonly trace: PendingTrace.PendingTrace<A>
  readonly history: SentHistory.TraceHistory
  readonly untilMillis: number
  /** Whether segments are released before that time if their entry has arrived. */
  readonly releasesEntered?: boolean | undefined
}

// transformations

/** Nodes begin to wait. */
export const beginWait = <A>({ memory }: Work<A>, nodes: ReadonlyArray<Node<A>>): void => {
  if (memory !== undefined) for (const node of nodes) memory.add(node)
}

/** Nodes do not wait any more. */
const endWait = <A>({ memory }: Work<A>, nodes: ReadonlyArray<Node<A>>): void => {
  if (memory !== undefined) for (const node of nodes) memory.remove(node)
}

/** Replaces a trace, or removes it if none of its nodes waits; the sums and the schedule follow. */
export const put = <A>(work: Work<A>, id: TraceId, trace: PendingTrace.PendingTrace<A>): void => {
  const before: PendingTrace.PendingTrace<A> = IdMap.get(work.traces, id) ?? PendingTrace.empty
  // Most traces leave when they arrive: none of their nodes waited before, and none waits now.
  if (trace.count === 0 && before.count === 0) return
  const kept = trace.count === 0 ? undefined : trace
  work.schedule = Schedule.update(work.schedule, id, before, kept ?? PendingTrace.empty)
  work.traces = IdMap.set(work.traces, id, kept)
  work.nodes += trace.count - before.count
  work.waitingTraces += Number(trace.count > 0) - Number(before.count > 0)
  work.bytes += trace.bytes - before.bytes
}

/** Releases the segments of a trace that are ready at `untilMillis`. */
export const release = <A>(
  work: Work<A>,
  { id, trace, history, untilMillis, releasesEntered }: Subject<A>,
): void => {
  const { nowMillis } = work
  work.accepted.set(id, trace.acceptedMillis)
  const before = IdMap.get(work.traces, id)
  const isOpen = work.openTraces?.has(id) === true
  const after = releaseNow(work, {
    trace,
    history,
    untilMillis,
    nowMillis,
    isOpen,
    releasesEntered,
  })
  if (before !== undefined) endWait(work, PendingTrace.nodesOf(before))
  beginWait(work, PendingTrace.nodesOf(after))
  put(work, id, after)
}

/** Releases segments; returns the nodes that still wait. */
const releaseNow = <A>(
  work: Work<A>,
  request: Parameters<ReleaseReady<A>>[0],
): PendingTrace.PendingTrace<A> => {
  const { nowMillis } = work
  const released = work.releaseReady(request)
  const recordSent = SentHistory.recordSent(work.limits)
  for (const segment of released.ready) {
    work.ready.push(segment)
    work.sentHistory = recordSent(work.sentHistory, segment, nowMillis)
  }
  for (const segment of released.early) work.early.push(segment)
  work.losses = Losses.concat(work.losses, released.losses)
  return released.trace
}

/** Releases what an arrival completed, in the order of the steps; the rest of the trace still waits. The arrived nodes have begun to wait. */
export const releaseCompleted = <A>(
  work: Work<A>,
  id: TraceId,
  { completed, rest, copies }: Completed<A>,
  history: SentHistory.TraceHistory,
): void => {
  work.losses = Losses.concat(work.losses, Losses.of('duplicate', copies.length))
  endWait(work, copies)
  endWait(work, PendingTrace.nodesOf(completed))
  work.accepted.set(id, completed.acceptedMillis)
  const { nowMillis } = work
  const kept =
    completed.count === 0
      ? PendingTrace.empty
      : releaseNow(work, {
          trace: completed,
          history,
          untilMillis: nowMillis,
          nowMillis,
          beside: rest.index,
        })
  beginWait(work, PendingTrace.nodesOf(kept))
  put(work, id, PendingTrace.join(rest, kept))
}

/** Releases the segments of a waiting trace that are ready at `untilMillis`. */
export const releaseWaiting = <A>(
  work: Work<A>,
  id: TraceId,
  untilMillis: number,
  releasesEntered = false,
): void => {
  const trace = IdMap.get(work.traces, id)
  if (trace === undefined) return
  const history = SentHistory.ofTrace(work.sentHistory, id)
  release(work, { id, trace, history, untilMillis, releasesEntered })
}
