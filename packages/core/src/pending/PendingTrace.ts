/** What waits of one trace: its nodes, as they came. Never changed, only replaced: old versions stay as they were. */

import type { Limits } from '../model/Limits.ts'
import type { SpanId } from '../model/SpanId.ts'
import * as Node from '../segment/Node.ts'
import type * as SentHistory from './SentHistory.ts'

// model

/** Nodes that came at one time, and those that came before. */
export interface Chunk<A> {
  readonly nodes: ReadonlyArray<Node.Node<A>>
  readonly atMillis: number
  readonly earlier: Chunk<A> | undefined
}

export interface PendingTrace<A> {
  readonly chunks: Chunk<A> | undefined
  /** Nodes that wait, and their weight in bytes. */
  readonly count: number
  readonly bytes: number
  readonly lastArrivalMillis: number
  /** When what waits must be looked at; `undefined` where nothing does. */
  readonly timerMillis: number | undefined
  /** Urgent nodes that wait, and were shown early. */
  readonly shown: ReadonlySet<SpanId> | undefined
}

// constructors

export const empty: PendingTrace<never> = {
  chunks: undefined,
  count: 0,
  bytes: 0,
  lastArrivalMillis: 0,
  timerMillis: undefined,
  shown: undefined,
}

// combinators

/** With nodes that just came, none of which was sent before. */
export const arrive =
  (limits: Limits) =>
  <A>(
    trace: PendingTrace<A>,
    nodes: ReadonlyArray<Node.Node<A>>,
    { sent }: SentHistory.OfTrace,
    nowMillis: number,
  ): PendingTrace<A> => {
    let bytes = trace.bytes
    let mayBeReady = false
    let isUrgent = false
    for (const node of nodes) {
      bytes += node.weight
      mayBeReady ||= opens(node, sent)
      isUrgent ||= Node.hasException(node)
    }
    const wait = Math.min(
      mayBeReady ? Math.min(limits.settleMillis, limits.maxWaitMillis) : limits.orphanWaitMillis,
      isUrgent ? limits.errorWaitMillis : Number.POSITIVE_INFINITY,
    )
    return {
      ...trace,
      // A copy has no room to grow.
      chunks: { nodes: nodes.slice(), atMillis: nowMillis, earlier: trace.chunks },
      count: trace.count + nodes.length,
      bytes,
      lastArrivalMillis: nowMillis,
      timerMillis: noLater(trace, nowMillis + wait),
    }
  }

/** Whether a node can make a segment ready by its arrival: as an entry, or as a late child. */
const opens = <A>(
  { traits, parentSpanId }: Node.Node<A>,
  sent: SentHistory.OfTrace['sent'],
): boolean =>
  traits.entry !== 'inner' || (parentSpanId !== undefined && sent?.(parentSpanId) !== undefined)

/** What waits for spans that were dropped now may be ready. */
export const settle =
  (limits: Limits) =>
  <A>(trace: PendingTrace<A>, nowMillis: number): PendingTrace<A> => ({
    ...trace,
    timerMillis: noLater(trace, nowMillis + limits.settleMillis),
  })

const noLater = ({ timerMillis }: PendingTrace<unknown>, atMillis: number): number =>
  timerMillis === undefined ? atMillis : Math.min(timerMillis, atMillis)

// destructors

/** What waits, the earliest arrival first. */
export const chunksOf = <A>(trace: PendingTrace<A>): ReadonlyArray<Chunk<A>> => {
  const chunks: Array<Chunk<A>> = []
  for (let chunk = trace.chunks; chunk !== undefined; chunk = chunk.earlier) chunks.push(chunk)
  return chunks.reverse()
}
