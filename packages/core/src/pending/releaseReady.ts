/**
 * Lets go of those segments of a trace that are ready, and keeps the rest. The one place where waiting spans are linked
 * into trees.
 */

import type { Limits } from '../model/Limits.ts'
import * as Losses from '../model/Losses.ts'
import type { SpanId } from '../model/SpanId.ts'
import type { DroppedSpan } from '../segment/DroppedSpan.ts'
import * as Forest from '../segment/Forest.ts'
import * as Node from '../segment/Node.ts'
import { reparent } from '../segment/reparent.ts'
import * as Segment from '../segment/Segment.ts'
import * as SyntheticRoot from '../segment/SyntheticRoot.ts'
import { segmentsOf } from '../segment/segmentsOf.ts'
import * as PendingTrace from './PendingTrace.ts'
import type * as SentHistory from './SentHistory.ts'

// model

export interface Release<A> {
  /** What stays. */
  readonly trace: PendingTrace.PendingTrace<A>
  readonly ready: ReadonlyArray<Segment.Segment<A>>
  /** As they stand: of those that stay, the ones whose urgent nodes waited long enough. */
  readonly early: ReadonlyArray<Segment.Segment<A>>
  readonly losses: Losses.Losses
}

// destructors

/** `nowMillis` infinite lets everything go. */
export const releaseReady =
  <A>(limits: Limits, comparePayload: (a: A, b: A) => number) =>
  (
    trace: PendingTrace.PendingTrace<A>,
    gone: SentHistory.OfTrace,
    nowMillis: number,
    sentMillis: number,
  ): Release<A> => {
    // Where everything goes, nobody asks when it came.
    const isAll = nowMillis === Number.POSITIVE_INFINITY
    const arrivals = new Map<SpanId, number>()
    const came: Array<Node.Node<A>> = []
    for (const { nodes: arrived, atMillis } of PendingTrace.chunksOf(trace)) {
      for (const node of arrived) {
        came.push(node)
        if (!isAll) arrivals.set(node.spanId, atMillis)
      }
    }
    const { nodes, droppedEntries } = withoutDropped(gone, came)
    const forest = Forest.fromNodes(comparePayload)(nodes)
    const ready: Array<Segment.Segment<A>> = []
    const early: Array<Segment.Segment<A>> = []
    const shown = new Set<SpanId>(trace.shown)
    const staying = new Set<SpanId>()
    let dropped = 0
    let timerMillis = Number.POSITIVE_INFINITY
    for (const segment of segmentsOf(forest, gone.sent)) {
      const isDropped = isBelow(segment, droppedEntries)
      const deadline = isAll || isDropped ? nowMillis : deadlineOf(limits, segment, arrivals)
      if (deadline > nowMillis) {
        const urgent = Segment.nodes(segment).filter(isUrgentAndNew(trace.shown))
        const urgentMillis = urgencyOf(limits, urgent, arrivals)
        if (urgentMillis <= nowMillis) {
          early.push(segment)
          for (const { spanId } of urgent) shown.add(spanId)
        }
        timerMillis = Math.min(
          timerMillis,
          deadline,
          urgentMillis <= nowMillis ? deadline : urgentMillis,
        )
        for (const { spanId } of Segment.nodes(segment)) staying.add(spanId)
        continue
      }
      if (shown.size > 0) for (const { spanId } of Segment.nodes(segment)) shown.delete(spanId)
      if (isDropped) dropped += Segment.nodes(segment).length
      else ready.push(segment)
    }
    // As they came: the root of a segment may show another parent than it named.
    const kept: Array<Node.Node<A>> = []
    if (staying.size > 0) {
      for (const { node } of forest.members) if (staying.has(node.spanId)) kept.push(node)
    }
    return {
      trace: {
        chunks: chunksOf(kept, arrivals),
        count: kept.length,
        bytes: kept.reduce((sum, { weight }) => sum + weight, 0),
        lastArrivalMillis: trace.lastArrivalMillis,
        // Linking costs what waits: a large trace is linked again after a while that grows with it.
        timerMillis:
          kept.length === 0
            ? undefined
            : Math.max(timerMillis, sentMillis + kept.length / LINKED_PER_MILLI),
        shown: isAll || shown.size === 0 ? undefined : shown,
      },
      ready,
      early,
      losses: Losses.concatAll([
        Losses.of('before_send', dropped),
        Losses.of('duplicate', forest.duplicates),
        Losses.of('cycle', ready.filter(isEntryBy('cycle')).length),
        Losses.of('flag_conflict', ready.filter(isEntryBy('flag-conflict')).length),
      ]),
    }
  }

/** At about half a microsecond for each node, linking a trace again and again costs a hundredth of the time at most. */
const LINKED_PER_MILLI = 20

const isUrgentAndNew =
  (shown: ReadonlySet<SpanId> | undefined) =>
  <A>(node: Node.Node<A>): boolean =>
    Node.hasException(node) && shown?.has(node.spanId) !== true

/** When the first of some urgent nodes has waited long enough. */
const urgencyOf = <A>(
  limits: Limits,
  urgent: ReadonlyArray<Node.Node<A>>,
  arrivals: ReadonlyMap<SpanId, number>,
): number =>
  urgent.reduce(
    (first, { spanId }) => Math.min(first, (arrivals.get(spanId) ?? 0) + limits.errorWaitMillis),
    Number.POSITIVE_INFINITY,
  )

const isEntryBy =
  (rule: string) =>
  <A>({ origin }: Segment.Segment<A>): boolean =>
    origin._tag === 'Entry' && origin.rule === rule

/** Nodes with their parents among those that are kept, or the dropped entries they hang on. */
const withoutDropped = <A>(
  { sent, dropped }: SentHistory.OfTrace,
  came: ReadonlyArray<Node.Node<A>>,
): ReturnType<typeof reparent<A>> => {
  if (dropped === undefined) return { nodes: came, droppedEntries: new Set() }
  const known = new Map<SpanId, Node.Node<A>>(came.map((node) => [node.spanId, node]))
  const tombstone = (id: SpanId): DroppedSpan | undefined =>
    known.has(id) ? undefined : dropped(id)
  return reparent(came, tombstone, (id) => (known.get(id) ?? tombstone(id))?.traits ?? sent?.(id))
}

/** Whether a segment hangs on an entry that was dropped: then all of it is. */
const isBelow = <A>(
  { origin, root }: Segment.Segment<A>,
  droppedEntries: ReadonlySet<SpanId>,
): boolean =>
  origin._tag === 'Continuation' &&
  root.parentSpanId !== undefined &&
  droppedEntries.has(root.parentSpanId)

/** When a segment is ready, as things stand. */
const deadlineOf = <A>(
  limits: Limits,
  segment: Segment.Segment<A>,
  arrivals: ReadonlyMap<SpanId, number>,
): number => {
  let first = Number.POSITIVE_INFINITY
  let last = 0
  for (const { spanId } of Segment.nodes(segment)) {
    const atMillis = arrivals.get(spanId) ?? 0
    if (atMillis < first) first = atMillis
    if (atMillis > last) last = atMillis
  }
  if (segment.origin._tag === 'Continuation' && segment.origin.reason === 'missing-parent') {
    return Math.min(last + limits.orphanWaitMillis, first + limits.maxOrphanWaitMillis)
  }
  const entered = SyntheticRoot.isSynthetic(segment.root)
    ? first
    : (arrivals.get(segment.root.spanId) ?? first)
  return Math.min(last + limits.settleMillis, entered + limits.maxWaitMillis)
}

/** The same nodes as chunks, one for each time of arrival. */
const chunksOf = <A>(
  nodes: ReadonlyArray<Node.Node<A>>,
  arrivals: ReadonlyMap<SpanId, number>,
): PendingTrace.Chunk<A> | undefined => {
  const byTime = new Map<number, Array<Node.Node<A>>>()
  for (const node of nodes) {
    const atMillis = arrivals.get(node.spanId) ?? 0
    const known = byTime.get(atMillis)
    if (known === undefined) byTime.set(atMillis, [node])
    else known.push(node)
  }
  return [...byTime]
    .sort(([a], [b]) => a - b)
    .reduce<PendingTrace.Chunk<A> | undefined>(
      (earlier, [atMillis, group]) => ({ nodes: group, atMillis, earlier }),
      undefined,
    )
}
