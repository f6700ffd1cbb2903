/** A root that no program recorded: it holds several subtrees that continue the same parent. */
import * as Micros from '../model/Micros.ts'
import type { Service } from '../model/Service.ts'
import * as SpanId from '../model/SpanId.ts'
import type { TraceId } from '../model/TraceId.ts'
import * as Node from './Node.ts'

// model

export interface SyntheticRoot {
  readonly _tag: 'Synthetic'
  readonly traceId: TraceId
  /** Derived from the members, so that it does not depend on the order and batches of their arrival. */
  readonly spanId: SpanId.SpanId
  /** The real parent, which is in another transaction or missing: the trace view shows the transaction below it. */
  readonly parentSpanId: SpanId.SpanId
  readonly startMicros: Micros.Micros
  readonly endMicros: Micros.Micros
  readonly service: Service
}

/** Subtrees that have the same parent, and their common parent. */
export interface Subtrees<A> {
  readonly parentSpanId: SpanId.SpanId
  /** The roots of the subtrees. */
  readonly roots: readonly [Node.Node<A>, ...ReadonlyArray<Node.Node<A>>]
  /** The roots and all their descendants. */
  readonly members: ReadonlyArray<Node.Node<A>>
}

// constructors

/** A root over subtrees, from their first start to their last end. */
export const over = <A>({ parentSpanId, roots, members }: Subtrees<A>): SyntheticRoot => {
  // The service is that of the root with the smallest span id: the same spans are always routed the same way.
  const first = roots.reduce((a, b) => (b.spanId < a.spanId ? b : a))
  let start = first.startMicros
  let end = Node.end(first)
  for (const node of members) {
    if (node.startMicros < start) start = node.startMicros
    end = Micros.max(Node.end(node), end)
  }
  return {
    _tag: 'Synthetic',
    traceId: first.traceId,
    spanId: SpanId.fromContent(['continuation', first.traceId, parentSpanId], members),
    parentSpanId,
    startMicros: start,
    endMicros: end,
    service: first.traits.service,
  }
}

// guards

export const isSynthetic = <A>(root: Node.Node<A> | SyntheticRoot): root is SyntheticRoot =>
  '_tag' in root && root._tag === 'Synthetic'
