/** The nodes of one trace that wait, in order of arrival. Versions are never changed, only replaced. */

import { frozen } from '../internal/frozen.ts'
import type { Limits } from '../model/Limits.ts'
import type { SpanId } from '../model/SpanId.ts'
import * as Node from '../segment/Node.ts'
import type * as SentHistory from './SentHistory.ts'
import { settleMillis } from './settleMillis.ts'
import * as TraceIndex from './TraceIndex.ts'

// model

/** Nodes that arrived at one time, and those that arrived before. */
export interface WaitingChunk<A> {
  readonly nodes: ReadonlyArray<Node.Node<A>>
  readonly atMillis: number
  readonly earlier: WaitingChunk<A> | undefined
}

export interface PendingTrace<A> {
  /** The nodes that are not in the index. */
  readonly chunks: WaitingChunk<A> | undefined
  /** Only a large trace has one. */
  readonly index: TraceIndex.TraceIndex<A> | undefined
  /** The number of waiting nodes that were linked or indexed before. */
  readonly linked: number
  /** Whether halves of calls were separated among the waiting nodes. */
  readonly hasHalves: boolean
  /** The number of waiting nodes. */
  readonly count: number
  /** The bytes that the waiting nodes hold. */
  readonly bytes: number
  readonly lastArrivalMillis: number
  /** When the last of its requests was accepted, in milliseconds since 1970; zero without a clock. */
  readonly acceptedMillis: number
  /** When a segment of the trace may become ready; `undefined` if no node waits. */
  readonly timerMillis: number | undefined
  /** Waiting nodes with exceptions that a step has already returned in `early`. */
  readonly shownEarly: ReadonlySet<SpanId> | undefined
}

/** Nodes of one trace that arrive together. None of them was sent before. */
export interface Arrival<A> {
  readonly nodes: ReadonlyArray<Node.Node<A>>
  readonly history: SentHistory.TraceHistory
  readonly nowMillis: number
  readonly acceptedMillis: number
}

/** A trace with fewer nodes is linked as a whole: an index would cost more. */
const MIN_LARGE = 64

/** A larger trace with dropped spans or halves of calls, which must be linked as a whole, is not linked at each arrival. */
const MIN_DELAYED = 512

/** Linking takes about half a microsecond for a node, so that linking a trace repeatedly takes a hundredth of the time. */
const NODES_LINKED_PER_MILLI = 20

/** A trace that grew by this part since it was linked is linked again: each node is then linked a few times in all. */
const GROWTH = 1 / 8

// constructors

export const empty: PendingTrace<never> = /* @__PURE__ */ frozen({
  chunks: undefined,
  index: undefined,
  linked: 0,
  hasHalves: false,
  count: 0,
  bytes: 0,
  lastArrivalMillis: 0,
  acceptedMillis: 0,
  timerMillis: undefined,
  shownEarly: undefined,
})

/** Nodes as chunks, one for each time of arrival. */
export const chunksByTime = <A>(
  nodes: ReadonlyArray<Node.Node<A>>,
  arrivalOf: (id: SpanId) => number,
): WaitingChunk<A> | undefined => {
  const byTime = new Map<number, Array<Node.Node<A>>>()
  for (const node of nodes) {
    const atMillis = arrivalOf(node.spanId)
    const known = byTime.get(atMillis)
    if (known === undefined) byTime.set(atMillis, [node])
    else known.push(node)
  }
  return [...byTime]
    .sort(([a], [b]) => a - b)
    .reduce<WaitingChunk<A> | undefined>(
      (earlier, [atMillis, group]) => ({ nodes: group, atMillis, earlier }),
      undefined,
    )
}

// transformations

/** Adds nodes that arrive now, and sets the timer by what they can make ready. */
export const add =
  (limits: Limits) =>
  <A>(
    trace: PendingTrace<A>,
    { nodes, history, nowMillis, acceptedMillis }: Arrival<A>,
  ): PendingTrace<A> => {
    let waitMillis = limits.orphanWaitMillis
    for (const node of nodes) {
      waitMillis = Math.min(
        waitMillis,
        settleMillis(limits, node, history),
        Node.hasException(node) ? limits.errorWaitMillis : Number.POSITIVE_INFINITY,
      )
    }
    return {
      // Copied, because an array to which nodes were pushed has unused capacity.
      chunks: { nodes: nodes.slice(), atMillis: nowMillis, earlier: trace.chunks },
      index: trace.index,
      linked: trace.linked,
      hasHalves: trace.hasHalves,
      count: trace.count + nodes.length,
      bytes: trace.bytes + Node.heldBytes(nodes),
      lastArrivalMillis: nowMillis,
      acceptedMillis,
      timerMillis: earlierTimer(trace, nowMillis + waitMillis),
      shownEarly: trace.shownEarly,
    }
  }

/** Nodes of a trace, and others of it that are not in its index. */
export const join = <A>(trace: PendingTrace<A>, others: PendingTrace<A>): PendingTrace<A> => {
  if (others.count === 0) return trace
  return {
    chunks: others.chunks,
    index: trace.index,
    linked: trace.linked + others.count,
    hasHalves: trace.hasHalves || others.hasHalves,
    count: trace.count + others.count,
    bytes: trace.bytes + others.bytes,
    lastArrivalMillis: trace.lastArrivalMillis,
    acceptedMillis: trace.acceptedMillis,
    timerMillis:
      others.timerMillis === undefined
        ? trace.timerMillis
        : earlierTimer(trace, others.timerMillis),
    shownEarly:
      others.shownEarly === undefined
        ? trace.shownEarly
        : new Set([...(trace.shownEarly ?? []), ...others.shownEarly]),
  }
}

/**
 * Sets the timer after spans of the trace were dropped: the nodes that waited for them may be ready. A large trace is linked
 * after the delay that its size needs.
 */
export const afterDrop =
  (limits: Limits) =>
  <A>(trace: PendingTrace<A>, nowMillis: number): PendingTrace<A> => {
    const delayMillis = trace.count > MIN_DELAYED ? linkDelayMillis(trace.count) : 0
    const atMillis = nowMillis + Math.max(limits.settleMillis, delayMillis)
    return { ...trace, timerMillis: earlierTimer(trace, atMillis) }
  }

/**
 * A trace after an arrival, to be linked after a delay that grows with its size; `undefined` if it must be linked now, because it
 * is small, has grown much since it was linked, or that delay is over.
 */
export const linkedLater = <A>(
  before: PendingTrace<A>,
  trace: PendingTrace<A>,
  nowMillis: number,
): PendingTrace<A> | undefined => {
  const isGrown = trace.count - before.linked >= GROWTH * trace.count
  const isOver = before.timerMillis !== undefined && before.timerMillis <= nowMillis
  if (trace.count <= MIN_DELAYED || isGrown || isOver) return undefined
  return { ...trace, timerMillis: earlierTimer(before, nowMillis + linkDelayMillis(trace.count)) }
}

/** After which time a trace of so many nodes may be linked again. */
export const linkDelayMillis = (count: number): number => count / NODES_LINKED_PER_MILLI

/** Changes nodes, but neither their ids nor their weights. The trace itself if none is changed. */
export const mapNodes = <A>(
  trace: PendingTrace<A>,
  change: (node: Node.Node<A>) => Node.Node<A>,
): PendingTrace<A> => {
  let { chunks } = trace
  let isSame = true
  for (const [n, { nodes, atMillis }] of chunksOf(trace).entries()) {
    if (n === 0) chunks = undefined
    const changed = nodes.map(change)
    isSame &&= changed.every((node, i) => node === nodes[i])
    chunks = { nodes: changed, atMillis, earlier: chunks }
  }
  const index = trace.index && TraceIndex.mapNodes(trace.index, change)
  return isSame && index === trace.index
    ? trace
    : { ...trace, chunks: isSame ? trace.chunks : chunks, index }
}

const earlierTimer = ({ timerMillis }: PendingTrace<unknown>, atMillis: number): number =>
  timerMillis === undefined ? atMillis : Math.min(timerMillis, atMillis)

// guards

/** Whether a trace of so many nodes is too large to be linked as a whole at each arrival. */
export const isLarge = (count: number): boolean => count > MIN_LARGE

// folds

/** The bytes that the nodes of chunks hold. */
export const heldBytes = <A>(chunks: WaitingChunk<A> | undefined): number => {
  let bytes = 0
  for (let chunk = chunks; chunk !== undefined; chunk = chunk.earlier) {
    bytes += Node.heldBytes(chunk.nodes)
  }
  return bytes
}

/** All waiting nodes, in no meaningful order. */
export const nodesOf = <A>(trace: PendingTrace<A>): ReadonlyArray<Node.Node<A>> => {
  const { chunks, index } = trace
  // Most traces wait in one piece.
  if (index === undefined && chunks !== undefined && chunks.earlier === undefined) {
    return chunks.nodes
  }
  const nodes = index === undefined ? [] : TraceIndex.nodesOf(index).map(({ node }) => node)
  for (let chunk = chunks; chunk !== undefined; chunk = chunk.earlier) {
    for (const node of chunk.nodes) nodes.push(node)
  }
  return nodes
}

/** The chunks of a trace that are not in its index, the earliest arrival first. */
export const chunksOf = <A>(trace: PendingTrace<A>): ReadonlyArray<WaitingChunk<A>> => {
  const chunks: Array<WaitingChunk<A>> = []
  for (let chunk = trace.chunks; chunk !== undefined; chunk = chunk.earlier) chunks.push(chunk)
  return chunks.reverse()
}
