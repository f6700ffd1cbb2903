/**
 * What is held of one trace: the nodes that wait, as they came, and what is remembered of those that were sent. Never
 * changed, only replaced: old versions stay as they were.
 */
import type { Limits } from './Limits.ts'
import * as Memory from './Memory.ts'
import * as Node from './Node.ts'
import type { SentSpan } from './SentSpan.ts'
import type { SpanId } from './SpanId.ts'
import type { Tombstone } from './Tombstone.ts'

// model

/** Nodes that came at one time, and those that came before. */
export interface Chunk<A> {
  readonly nodes: ReadonlyArray<Node.Node<A>>
  readonly atMillis: number
  readonly earlier: Chunk<A> | undefined
}

export interface Trace<A> {
  readonly chunks: Chunk<A> | undefined
  /** Nodes that wait, and their weight in bytes. */
  readonly count: number
  readonly bytes: number
  readonly lastArrivalMillis: number
  /** When what waits must be looked at; `undefined` where nothing does. */
  readonly timerMillis: number | undefined
  /** Urgent nodes that wait, and were shown early. */
  readonly shown: ReadonlySet<SpanId> | undefined
  readonly sent: Memory.Memory<SentSpan> | undefined
  /** Spans that hooks dropped. */
  readonly dropped: Memory.Memory<Tombstone> | undefined
  /** When something was remembered last. */
  readonly lastSentMillis: number
}

// constructors

export const empty: Trace<never> = {
  chunks: undefined,
  count: 0,
  bytes: 0,
  lastArrivalMillis: 0,
  timerMillis: undefined,
  shown: undefined,
  sent: undefined,
  dropped: undefined,
  lastSentMillis: 0,
}

// combinators

/** With nodes that just came, none of which was sent before. */
export const arrive =
  (limits: Limits) =>
  <A>(trace: Trace<A>, nodes: ReadonlyArray<Node.Node<A>>, nowMillis: number): Trace<A> => {
    let bytes = trace.bytes
    let mayBeReady = false
    let isUrgent = false
    for (const node of nodes) {
      bytes += node.weight
      mayBeReady ||= opens(trace, node)
      isUrgent ||= Node.isUrgent(node)
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
      timerMillis: Math.min(trace.timerMillis ?? Number.POSITIVE_INFINITY, nowMillis + wait),
    }
  }

/** Whether a node can make a segment ready by its arrival: as an entry, or as a late child. */
const opens = <A>(trace: Trace<A>, node: Node.Node<A>): boolean =>
  node.traits.entry !== 'inner' ||
  (node.parentSpanId !== undefined && Memory.get(trace.sent, node.parentSpanId) !== undefined)

/** With the places of spans that were dropped; what waits for them may be ready. */
export const bury =
  (limits: Limits) =>
  <A>(trace: Trace<A>, tombstones: ReadonlyArray<Tombstone>, nowMillis: number): Trace<A> => ({
    ...trace,
    dropped: Memory.add(
      trace.dropped,
      new Map<SpanId, Tombstone>(tombstones.map((one) => [one.spanId, one])),
    ),
    lastSentMillis: nowMillis,
    timerMillis:
      trace.count === 0
        ? undefined
        : Math.min(trace.timerMillis ?? Number.POSITIVE_INFINITY, nowMillis + limits.settleMillis),
  })

/** Without what is remembered of spans that are gone. */
export const forget = <A>(trace: Trace<A>): Trace<A> => ({
  ...trace,
  sent: undefined,
  dropped: undefined,
})

// destructors

/** What waits, the earliest arrival first. */
export const chunksOf = <A>(trace: Trace<A>): ReadonlyArray<Chunk<A>> => {
  const chunks: Array<Chunk<A>> = []
  for (let chunk = trace.chunks; chunk !== undefined; chunk = chunk.earlier) chunks.push(chunk)
  return chunks.reverse()
}

/** Whether nothing of it has to be held any longer. */
export const isOver = <A>(trace: Trace<A>): boolean => trace.count === 0 && remembered(trace) === 0

/** Spans that are gone and remembered. */
export const remembered = <A>({ sent, dropped }: Trace<A>): number =>
  (sent?.count ?? 0) + (dropped?.count ?? 0)
