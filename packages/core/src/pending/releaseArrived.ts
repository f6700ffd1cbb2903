/**
 * Releases the segments that nodes complete by their arrival, in a large trace. Only the segments that the nodes are in are
 * linked: the cost depends on the nodes that arrived and on those that leave, not on those that wait beside them.
 */
import type { Limits } from '../model/Limits.ts'
import type { SpanId } from '../model/SpanId.ts'
import { compareCopies } from '../segment/compareCopies.ts'
import * as Entry from '../segment/Entry.ts'
import * as Halves from '../segment/Halves.ts'
import * as Node from '../segment/Node.ts'
import * as PendingTrace from './PendingTrace.ts'
import type * as SentHistory from './SentHistory.ts'
import * as TraceIndex from './TraceIndex.ts'

// model

/** The nodes that can be ready, as a trace of their own, and the trace without them. */
export interface Completed<A> {
  readonly rest: PendingTrace.PendingTrace<A>
  readonly completed: PendingTrace.PendingTrace<A>
  /** The copies that were left out. */
  readonly copies: ReadonlyArray<Node.Node<A>>
}

export type TakeCompleted<A> = (
  before: PendingTrace.PendingTrace<A>,
  arrival: PendingTrace.Arrival<A>,
) => Completed<A> | undefined

/** The index while nodes are added to it. */
interface Draft<A> {
  readonly compare: (a: Node.Node<A>, b: Node.Node<A>) => number
  index: TraceIndex.TraceIndex<A>
  bytes: number
  readonly copies: Array<Node.Node<A>>
  /** The nodes that were not in the index, and copies that are greater than those in it. */
  readonly added: Set<SpanId>
}

// transformations

/**
 * Takes the nodes out of a trace whose segments may be ready after an arrival; `undefined` if the whole trace must be linked:
 * it is small, spans of it were dropped, or halves of a call wait in it.
 */
export const takeCompleted = <A>(
  limits: Limits,
  comparePayload: (a: A, b: A) => number,
): TakeCompleted<A> => {
  const compare = compareCopies(comparePayload)
  return (before, arrival) => {
    const { nodes, history, nowMillis } = arrival
    const count = before.count + nodes.length
    // If most nodes are new, linking the whole trace costs no more than they do.
    const isMostlyNew = 2 * (count - before.linked) >= count
    if (!PendingTrace.isLarge(count) || isMostlyNew || before.hasHalves) return undefined
    if (history.dropped !== undefined || limits.errorWaitMillis <= 0) return undefined
    const draft: Draft<A> = {
      compare,
      index: before.index ?? TraceIndex.empty,
      bytes: before.bytes - PendingTrace.heldBytes(before.chunks),
      copies: [],
      added: new Set(),
    }
    for (const chunk of PendingTrace.chunksOf(before)) {
      for (const node of chunk.nodes) {
        if (!put(draft, node, chunk.atMillis)) return undefined
      }
    }
    for (const node of nodes) if (!put(draft, node, nowMillis)) return undefined
    const completed = completedBy(draft, history)
    return divided(limits, before, draft, { completed, arrival })
  }
}

/** Adds a node, or keeps the greater of two copies. `false` for the half of a call. */
const put = <A>(draft: Draft<A>, node: Node.Node<A>, atMillis: number): boolean => {
  if (node.half !== undefined) return false
  const known = TraceIndex.get(draft.index, node.spanId)?.node
  if (known !== undefined) {
    if (Halves.areHalves(known.traits.kind, node.traits.kind)) return false
    draft.bytes -= Node.heldBytes([known])
  }
  const kept = known !== undefined && draft.compare(known, node) >= 0 ? known : node
  if (known !== undefined) draft.copies.push(kept === known ? node : known)
  draft.index = TraceIndex.add(draft.index, { node: kept, atMillis })
  draft.bytes += Node.heldBytes([kept])
  if (kept !== known) draft.added.add(node.spanId)
  return true
}

/** The members of the segments that are complete now, each after its parent. */
const completedBy = <A>(
  { index, added }: Draft<A>,
  { sent }: SentHistory.TraceHistory,
): ReadonlyArray<TraceIndex.WaitingNode<A>> => {
  const members = new Map<SpanId, TraceIndex.WaitingNode<A>>()
  const take = (top: TraceIndex.WaitingNode<A>): void => {
    if (members.has(top.node.spanId)) return
    for (const one of TraceIndex.segmentBelow(index, top)) members.set(one.node.spanId, one)
  }
  for (const spanId of added) {
    const one = TraceIndex.get(index, spanId)
    if (one === undefined) continue
    const { parentSpanId, traits } = one.node
    const parent = parentSpanId === undefined ? undefined : TraceIndex.get(index, parentSpanId)
    const late = parentSpanId === undefined ? undefined : sent?.(parentSpanId)
    const isTop =
      (parent === undefined && late !== undefined) ||
      TraceIndex.isInCycle(index, spanId) ||
      Entry.resolve(one.node, parent?.node.traits ?? late) !== undefined
    if (isTop) take(one)
    // A child that waited for it may be an entry, now that its parent is known.
    for (const child of TraceIndex.childrenOf(index, spanId)) {
      if (Entry.resolve(child.node, traits) !== undefined) take(child)
    }
  }
  return [...members.values()]
}

const divided = <A>(
  limits: Limits,
  before: PendingTrace.PendingTrace<A>,
  { index, bytes, copies }: Draft<A>,
  {
    completed,
    arrival: { nodes, nowMillis, acceptedMillis },
  }: {
    readonly completed: ReadonlyArray<TraceIndex.WaitingNode<A>>
    readonly arrival: PendingTrace.Arrival<A>
  },
): Completed<A> => {
  let rest = index
  let completedBytes = 0
  // Children before their parents: a slot is freed when no child is left in it.
  for (let i = completed.length - 1; i >= 0; i--) {
    const node = completed[i]?.node
    if (node === undefined) continue
    completedBytes += Node.heldBytes([node])
    rest = TraceIndex.remove(rest, node)
  }
  const count = before.count + nodes.length - copies.length - completed.length
  const { shownEarly } = before
  const arrivals = new Map(completed.map(({ node, atMillis }) => [node.spanId, atMillis]))
  const shown = shownEarly === undefined ? undefined : withoutIds(shownEarly, completed)
  const waitMillis = nodes.some(Node.hasException)
    ? Math.min(limits.errorWaitMillis, limits.orphanWaitMillis)
    : limits.orphanWaitMillis
  return {
    copies,
    completed: {
      ...PendingTrace.empty,
      chunks: PendingTrace.chunksByTime(
        completed.map(({ node }) => node),
        (id) => arrivals.get(id) ?? 0,
      ),
      count: completed.length,
      bytes: completedBytes,
      lastArrivalMillis: nowMillis,
      acceptedMillis,
      shownEarly,
    },
    rest: {
      chunks: undefined,
      index: rest,
      linked: count,
      count,
      bytes: bytes - completedBytes,
      lastArrivalMillis: nowMillis,
      acceptedMillis,
      timerMillis: Math.min(before.timerMillis ?? Number.POSITIVE_INFINITY, nowMillis + waitMillis),
      shownEarly: shown,
      hasHalves: false,
    },
  }
}

const withoutIds = <A>(
  ids: ReadonlySet<SpanId>,
  removed: ReadonlyArray<TraceIndex.WaitingNode<A>>,
): ReadonlySet<SpanId> => {
  if (!removed.some(({ node }) => ids.has(node.spanId))) return ids
  const kept = new Set(ids)
  for (const { node } of removed) kept.delete(node.spanId)
  return kept
}
