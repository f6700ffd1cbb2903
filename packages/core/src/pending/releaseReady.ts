/**
 * Releases the segments of a trace that are ready, and keeps the other nodes. The only place where waiting nodes are linked
 * into trees.
 */

import type { Limits } from '../model/Limits.ts'
import * as Losses from '../model/Losses.ts'
import type { SpanId } from '../model/SpanId.ts'
import { compareCopies } from '../segment/compareCopies.ts'
import type { DroppedSpan } from '../segment/DroppedSpan.ts'
import * as Forest from '../segment/Forest.ts'
import * as Node from '../segment/Node.ts'
import { type Reparented, reparent } from '../segment/reparent.ts'
import * as Segment from '../segment/Segment.ts'
import { segmentsOf } from '../segment/segmentsOf.ts'
import { moveToHalves, separatePairs } from '../segment/separateHalves.ts'
import * as PendingTrace from './PendingTrace.ts'
import { type Arrivals, earlyMillis, readyMillis } from './readyMillis.ts'
import type * as SentHistory from './SentHistory.ts'

// model

interface ReleaseRequest<A> {
  readonly trace: PendingTrace.PendingTrace<A>
  readonly history: SentHistory.TraceHistory
  /** Segments are released that are ready at this time; all segments if it is infinite. */
  readonly untilMillis: number
  readonly nowMillis: number
}

interface Release<A> {
  /** The nodes that still wait. */
  readonly trace: PendingTrace.PendingTrace<A>
  readonly ready: ReadonlyArray<Segment.Segment<A>>
  /** Segments that still wait, in their present form: a node with an exception has waited long enough. */
  readonly early: ReadonlyArray<Segment.Segment<A>>
  readonly losses: Losses.Losses
}

export type ReleaseReady<A> = (request: ReleaseRequest<A>) => Release<A>

/** A release while it is made. */
interface Draft<A> {
  readonly limits: Limits
  readonly arrivals: Arrivals
  readonly untilMillis: number
  readonly ready: Array<Segment.Segment<A>>
  readonly early: Array<Segment.Segment<A>>
  readonly shownEarly: Set<SpanId>
  /** The spans of segments that are not ready. */
  readonly waiting: Set<SpanId>
  timerMillis: number
  dropped: number
}

/** Linking takes about half a microsecond for a node, so that linking a trace repeatedly takes a hundredth of the time. */
const NODES_LINKED_PER_MILLI = 20

// transformations

/** `comparePayload` chooses between two copies of a span that are equal otherwise. */
export const releaseReady = <A>(
  limits: Limits,
  comparePayload: (a: A, b: A) => number,
): ReleaseReady<A> => {
  const toForest = linked(comparePayload)
  return ({ trace, history, untilMillis, nowMillis }) => {
    const isAll = untilMillis === Number.POSITIVE_INFINITY
    const { arrived, arrivals } = arrivedNodes(trace, isAll)
    const { forest, droppedEntries, failedEntries, duplicates } = toForest(
      arrived,
      history,
      arrivals,
    )
    const draft: Draft<A> = {
      limits,
      arrivals,
      untilMillis,
      ready: [],
      early: [],
      shownEarly: new Set(trace.shownEarly),
      waiting: new Set(),
      timerMillis: Number.POSITIVE_INFINITY,
      dropped: 0,
    }
    for (const segment of segmentsOf(forest, history.sent)) {
      const isDropped = continues(segment, droppedEntries)
      const atMillis =
        isAll || isDropped
          ? untilMillis
          : readyMillis(limits, segment, arrivals, continues(segment, failedEntries))
      if (atMillis > untilMillis) keep(draft, segment, atMillis)
      else release(draft, segment, isDropped)
    }
    return {
      trace: keptTrace(draft, forest, trace.lastArrivalMillis, nowMillis),
      ready: draft.ready,
      early: draft.early,
      losses: lossesOf(draft, duplicates),
    }
  }
}

/** The nodes of a trace by arrival. When they arrived is not needed if all are released. */
const arrivedNodes = <A>(
  trace: PendingTrace.PendingTrace<A>,
  isAll: boolean,
): { readonly arrived: ReadonlyArray<Node.Node<A>>; readonly arrivals: Map<SpanId, number> } => {
  const arrivals = new Map<SpanId, number>()
  const arrived: Array<Node.Node<A>> = []
  for (const { nodes, atMillis } of PendingTrace.chunksOf(trace)) {
    for (const node of nodes) {
      arrived.push(node)
      if (!isAll) arrivals.set(node.spanId, atMillis)
    }
  }
  return { arrived, arrivals }
}

/** Nodes of a trace, linked. */
interface LinkedNodes<A> extends Pick<Reparented<A>, 'droppedEntries' | 'failedEntries'> {
  readonly forest: Forest.Forest<A>
  readonly duplicates: number
}

const NONE: ReadonlySet<SpanId> = new Set()

/** Links nodes, after the halves of calls and the children of dropped spans have got the ids and parents that they show. */
const linked = <A>(
  comparePayload: (a: A, b: A) => number,
): ((
  arrived: ReadonlyArray<Node.Node<A>>,
  history: SentHistory.TraceHistory,
  arrivals: Map<SpanId, number>,
) => LinkedNodes<A>) => {
  const link = Forest.fromNodes(comparePayload)
  const compare = compareCopies(comparePayload)
  return (arrived, history, arrivals) => {
    const first = link(arrived)
    const separated = first.copies === undefined ? arrived : separatePairs(compare, first)
    const moved = moveToHalves(separated, history)
    if (moved.nodes === arrived && history.dropped === undefined) {
      const { duplicates } = first
      return { forest: first, droppedEntries: NONE, failedEntries: NONE, duplicates }
    }
    const { nodes, droppedEntries, failedEntries } = withoutDropped(history, moved)
    const forest = link(history.dropped === undefined ? nodes : moveToHalves(nodes, history).nodes)
    for (const { node } of forest.members) {
      if (!arrivals.has(node.spanId)) {
        arrivals.set(node.spanId, arrivals.get(Node.arrivedSpanId(node)) ?? 0)
      }
    }
    const duplicates = arrived.length - forest.members.length
    return { forest, droppedEntries, failedEntries, duplicates }
  }
}

/** Gives the children of dropped spans a kept ancestor or the dropped entry of their segment as parent. */
const withoutDropped = <A>(
  { sent, dropped }: SentHistory.TraceHistory,
  { nodes: arrived, tombstones }: ReturnType<typeof moveToHalves<A>>,
): Reparented<A> => {
  if (dropped === undefined) return { nodes: arrived, droppedEntries: NONE, failedEntries: NONE }
  const known = new Map<SpanId, Node.Node<A>>(arrived.map((node) => [node.spanId, node]))
  const droppedOnly = (id: SpanId): DroppedSpan | undefined =>
    known.has(id) ? undefined : (dropped(id) ?? tombstones.get(id))
  return reparent(
    arrived,
    droppedOnly,
    (id) => (known.get(id) ?? droppedOnly(id))?.traits ?? sent?.(id),
  )
}

/** Whether a segment continues one of some entries. */
const continues = <A>(
  { origin, root }: Segment.Segment<A>,
  entries: ReadonlySet<SpanId>,
): boolean =>
  origin._tag === 'Continuation' &&
  root.parentSpanId !== undefined &&
  entries.has(root.parentSpanId)

const release = <A>(draft: Draft<A>, segment: Segment.Segment<A>, isDropped: boolean): void => {
  const { ready, shownEarly } = draft
  if (shownEarly.size > 0) {
    for (const { spanId } of Segment.nodes(segment)) shownEarly.delete(spanId)
  }
  if (isDropped) draft.dropped += Segment.nodes(segment).length
  else ready.push(segment)
}

const keep = <A>(draft: Draft<A>, segment: Segment.Segment<A>, atMillis: number): void => {
  const { limits, arrivals, untilMillis, early, shownEarly, waiting } = draft
  const nodes = Segment.nodes(segment)
  const urgent = nodes.filter((node) => Node.hasException(node) && !shownEarly.has(node.spanId))
  const showMillis = earlyMillis(limits, urgent, arrivals)
  const isShown = showMillis <= untilMillis
  if (isShown) {
    early.push(segment)
    for (const { spanId } of urgent) shownEarly.add(spanId)
  }
  draft.timerMillis = Math.min(draft.timerMillis, atMillis, isShown ? atMillis : showMillis)
  for (const { spanId } of nodes) waiting.add(spanId)
}

/** The nodes that still wait, as they arrived: the root of a segment may show another parent than it named. */
const keptTrace = <A>(
  { arrivals, shownEarly, timerMillis, waiting }: Draft<A>,
  { members }: Forest.Forest<A>,
  lastArrivalMillis: number,
  nowMillis: number,
): PendingTrace.PendingTrace<A> => {
  const kept: Array<Node.Node<A>> = []
  let bytes = 0
  if (waiting.size > 0) {
    for (const { node } of members) {
      if (!waiting.has(node.spanId)) continue
      kept.push(node)
      bytes += node.weight
    }
  }
  return {
    chunks: PendingTrace.chunksByTime(kept, arrivals),
    count: kept.length,
    bytes,
    lastArrivalMillis,
    // Linking costs time for each waiting node: a large trace is linked again after a delay that grows with it.
    timerMillis:
      kept.length === 0
        ? undefined
        : Math.max(timerMillis, nowMillis + kept.length / NODES_LINKED_PER_MILLI),
    shownEarly: shownEarly.size === 0 ? undefined : shownEarly,
  }
}

const lossesOf = <A>({ dropped, ready }: Draft<A>, duplicates: number): Losses.Losses =>
  Losses.concatAll([
    Losses.of('before_send', dropped),
    Losses.of('duplicate', duplicates),
    Losses.of('cycle', ready.filter(isEntryBy('cycle')).length),
    Losses.of('flag_conflict', ready.filter(isEntryBy('flag-conflict')).length),
  ])

const isEntryBy =
  (rule: string) =>
  <A>({ origin }: Segment.Segment<A>): boolean =>
    origin._tag === 'Entry' && origin.rule === rule
