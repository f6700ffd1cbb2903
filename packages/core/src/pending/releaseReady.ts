/** Releases the segments of a trace that are ready, and keeps the other nodes. */

import type { Limits } from '../model/Limits.ts'
import * as Losses from '../model/Losses.ts'
import type { SpanId } from '../model/SpanId.ts'
import type { ParentEvidence } from '../segment/Entry.ts'
import type * as Forest from '../segment/Forest.ts'
import * as Node from '../segment/Node.ts'
import * as Segment from '../segment/Segment.ts'
import { segmentsOf } from '../segment/segmentsOf.ts'
import * as Arrivals from './Arrivals.ts'
import { linkNodes } from './linkNodes.ts'
import * as PendingTrace from './PendingTrace.ts'
import { earlyMillis, readyMillis, waitsForEntry } from './readyMillis.ts'
import type * as SentHistory from './SentHistory.ts'
import * as TraceIndex from './TraceIndex.ts'

// model

interface ReleaseRequest<A> {
  readonly trace: PendingTrace.PendingTrace<A>
  readonly history: SentHistory.TraceHistory
  /** Segments are released that are ready at this time; all segments if it is infinite. */
  readonly untilMillis: number
  readonly nowMillis: number
  /** Whether the entry of the trace is known to be open: the nodes below it wait as long as they may. */
  readonly isOpen?: boolean | undefined
  /** Whether segments are released before that time if their entry has arrived, or their parent was sent. */
  readonly releasesEntered?: boolean | undefined
  /** Finds nodes that wait beside those of the trace; `undefined` if there are none. */
  readonly beside?: TraceIndex.TraceIndex<A> | undefined
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
  readonly arrivals: Arrivals.Arrivals
  readonly untilMillis: number
  readonly ready: Array<Segment.Segment<A>>
  readonly early: Array<Segment.Segment<A>>
  /** Segments that are not ready. */
  readonly kept: Array<Segment.Segment<A>>
  shownEarly: Set<SpanId> | undefined
  timerMillis: number
  dropped: number
}

// transformations

/** `comparePayload` chooses between two copies of a span that are equal otherwise. */
export const releaseReady = <A>(
  limits: Limits,
  comparePayload: (a: A, b: A) => number,
): ReleaseReady<A> => {
  const toForest = linkNodes(comparePayload)
  return (request) => {
    const { trace, history, untilMillis, nowMillis, beside } = request
    const isAll = untilMillis === Number.POSITIVE_INFINITY
    const { arrived, arrivals: asArrived } = arrivedNodes(trace, isAll)
    const linked = toForest(arrived, history, asArrived)
    const { forest, arrivals, droppedEntries, failedEntries, duplicates } = linked
    const draft: Draft<A> = {
      limits,
      arrivals,
      untilMillis,
      ready: [],
      early: [],
      kept: [],
      shownEarly: trace.shownEarly && new Set(trace.shownEarly),
      timerMillis: Number.POSITIVE_INFINITY,
      dropped: 0,
    }
    for (const segment of segmentsOf(forest, history.sent, evidenceIn(beside))) {
      const isDropped = continues(segment, droppedEntries)
      const isLost = continues(segment, failedEntries)
      const isReleased =
        isAll || isDropped || (request.releasesEntered === true && !waitsForEntry(segment, isLost))
      const atMillis = isReleased
        ? untilMillis
        : readyMillis(limits, segment, { arrivals, isLost, isOpen: request.isOpen === true })
      if (atMillis > untilMillis) keep(draft, segment, atMillis)
      else release(draft, segment, isDropped)
    }
    return {
      trace: keptTrace(draft, forest, trace, nowMillis),
      ready: draft.ready,
      early: draft.early,
      losses: lossesOf(draft, duplicates),
    }
  }
}

const evidenceIn = <A>(
  beside: TraceIndex.TraceIndex<A> | undefined,
): ((id: SpanId) => ParentEvidence | undefined) | undefined =>
  beside && ((id) => TraceIndex.get(beside, id)?.node.traits)

/** The nodes of a trace by arrival. When they arrived is not needed if all are released. */
const arrivedNodes = <A>(
  trace: PendingTrace.PendingTrace<A>,
  isAll: boolean,
): { readonly arrived: ReadonlyArray<Node.Node<A>>; readonly arrivals: Arrivals.Arrivals } => {
  const { chunks, index } = trace
  const lastMillis = chunks?.atMillis ?? 0
  // hot: most traces arrive in one piece
  if (index === undefined && chunks !== undefined && chunks.earlier === undefined) {
    return { arrived: chunks.nodes, arrivals: { others: NO_OTHERS, lastMillis } }
  }
  const others = new Map<SpanId, number>()
  const arrived: Array<Node.Node<A>> = []
  const take = (node: Node.Node<A>, atMillis: number): void => {
    arrived.push(node)
    if (isAll) return
    if (atMillis === lastMillis) others.delete(node.spanId)
    else others.set(node.spanId, atMillis)
  }
  if (index !== undefined) {
    for (const { node, atMillis } of TraceIndex.nodesOf(index)) take(node, atMillis)
  }
  for (const { nodes, atMillis } of PendingTrace.chunksOf(trace)) {
    for (const node of nodes) take(node, atMillis)
  }
  return { arrived, arrivals: { others, lastMillis } }
}

const NO_OTHERS: ReadonlyMap<SpanId, number> = new Map()

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
  if (shownEarly !== undefined) {
    for (const { spanId } of Segment.nodes(segment)) shownEarly.delete(spanId)
  }
  if (isDropped) draft.dropped += Segment.nodes(segment).length
  else ready.push(segment)
}

const keep = <A>(draft: Draft<A>, segment: Segment.Segment<A>, atMillis: number): void => {
  const { limits, arrivals, untilMillis, early, kept } = draft
  const { shownEarly } = draft
  const urgent = Segment.nodes(segment).filter(
    (node) => Node.hasException(node) && shownEarly?.has(node.spanId) !== true,
  )
  const showMillis = earlyMillis(limits, urgent, arrivals)
  const isShown = showMillis <= untilMillis
  if (isShown) {
    early.push(segment)
    const shown = draft.shownEarly ?? new Set()
    for (const { spanId } of urgent) shown.add(spanId)
    draft.shownEarly = shown
  }
  draft.timerMillis = Math.min(draft.timerMillis, atMillis, isShown ? atMillis : showMillis)
  kept.push(segment)
}

/** The nodes that still wait, as they arrived: the root of a segment may show another parent than it named. */
const keptTrace = <A>(
  { arrivals, kept: segments, shownEarly, timerMillis }: Draft<A>,
  { members }: Forest.Forest<A>,
  { lastArrivalMillis, acceptedMillis }: PendingTrace.PendingTrace<A>,
  nowMillis: number,
): PendingTrace.PendingTrace<A> => {
  const kept: Array<Node.Node<A>> = []
  let hasHalves = false
  if (segments.length > 0) {
    const waiting = new Set<SpanId>()
    for (const segment of segments) {
      for (const { spanId } of Segment.nodes(segment)) waiting.add(spanId)
    }
    for (const { node } of members) {
      if (!waiting.has(node.spanId)) continue
      kept.push(node)
      hasHalves ||= node.half !== undefined
    }
  }
  const chunks = PendingTrace.chunksByTime(kept, (id) => Arrivals.of(arrivals, id))
  return {
    chunks,
    index: undefined,
    linked: kept.length,
    hasHalves,
    count: kept.length,
    bytes: PendingTrace.heldBytes(chunks),
    lastArrivalMillis,
    acceptedMillis,
    // Linking costs time for each waiting node: a large trace is linked again after a delay that grows with it.
    timerMillis:
      kept.length === 0
        ? undefined
        : Math.max(timerMillis, nowMillis + PendingTrace.linkDelayMillis(kept.length)),
    shownEarly: shownEarly?.size === 0 ? undefined : shownEarly,
  }
}

const lossesOf = <A>({ dropped, ready }: Draft<A>, duplicates: number): Losses.Losses => {
  // hot: once for each trace of a step
  let cycle = 0
  let flagConflict = 0
  for (const { origin } of ready) {
    if (origin._tag !== 'Entry') continue
    if (origin.rule === 'cycle') cycle++
    else if (origin.rule === 'flag-conflict') flagConflict++
  }
  return Losses.ofCounts({
    before_send: dropped,
    duplicate: duplicates,
    cycle,
    flag_conflict: flagConflict,
  })
}
