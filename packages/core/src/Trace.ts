/**
 * What is held of one trace: the nodes that wait, as they came, and what is remembered of those that were sent. Never
 * changed, only replaced: old versions stay as they were.
 */
import type { Limits } from './Limits.ts'
import type { Node } from './Node.ts'
import * as Sent from './Sent.ts'

// model

/** Nodes that came at one time, and those that came before. */
export interface Chunk<A> {
  readonly nodes: ReadonlyArray<Node<A>>
  readonly atMillis: number
  readonly earlier: Chunk<A> | undefined
}

export interface Trace<A> {
  readonly chunks: Chunk<A> | undefined
  /** Nodes that wait, and their weight in bytes. */
  readonly count: number
  readonly bytes: number
  readonly lastArrivalMillis: number
  /** When it must be looked at; `undefined` if nothing will happen to it by itself. */
  readonly timerMillis: number | undefined
  readonly sent: Sent.Sent | undefined
  readonly lastSentMillis: number
}

// constructors

export const empty: Trace<never> = {
  chunks: undefined,
  count: 0,
  bytes: 0,
  lastArrivalMillis: 0,
  timerMillis: undefined,
  sent: undefined,
  lastSentMillis: 0,
}

// combinators

/** With nodes that just came, none of which was sent before. */
export const arrive =
  (limits: Limits) =>
  <A>(trace: Trace<A>, nodes: ReadonlyArray<Node<A>>, nowMillis: number): Trace<A> => {
    let bytes = trace.bytes
    let mayBeReady = false
    for (const node of nodes) {
      bytes += node.weight
      mayBeReady ||= opens(trace, node)
    }
    const wait = mayBeReady
      ? Math.min(limits.settleMillis, limits.maxWaitMillis)
      : limits.orphanWaitMillis
    return {
      ...trace,
      chunks: { nodes, atMillis: nowMillis, earlier: trace.chunks },
      count: trace.count + nodes.length,
      bytes,
      lastArrivalMillis: nowMillis,
      timerMillis: Math.min(trace.timerMillis ?? Number.POSITIVE_INFINITY, nowMillis + wait),
    }
  }

/** Whether a node can make a segment ready by its arrival: as an entry, or as a late child. */
const opens = <A>(trace: Trace<A>, node: Node<A>): boolean =>
  node.entry !== 'inner' ||
  (node.parentSpanId !== undefined && Sent.get(trace.sent, node.parentSpanId) !== undefined)

/** Without what is remembered of sent spans. */
export const forget = <A>(trace: Trace<A>): Trace<A> => ({ ...trace, sent: undefined })

// destructors

/** Every node that waits, the earliest arrival first, with the time of its arrival. */
export const waiting = <A>(trace: Trace<A>): ReadonlyArray<readonly [Node<A>, number]> => {
  const chunks: Array<Chunk<A>> = []
  for (let chunk = trace.chunks; chunk !== undefined; chunk = chunk.earlier) chunks.push(chunk)
  return chunks
    .reverse()
    .flatMap(({ nodes, atMillis }) => nodes.map((node) => [node, atMillis] as const))
}

/** Whether nothing of it has to be held any longer. */
export const isOver = <A>(trace: Trace<A>): boolean => trace.count === 0 && trace.sent === undefined
