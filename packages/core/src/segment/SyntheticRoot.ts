/** A root that no program made: it holds several subtrees that continue the same parent together. */
import * as Hash from '../internal/Hash.ts'
import * as Micros from '../model/Micros.ts'
import type { Service } from '../model/Service.ts'
import type { SpanId } from '../model/SpanId.ts'
import type { TraceId } from '../model/TraceId.ts'
import * as Node from './Node.ts'

// model

export interface SyntheticRoot {
  readonly _tag: 'Synthetic'
  readonly traceId: TraceId
  /** Made from the members, so that it is the same however and wherever they arrive. */
  readonly spanId: SpanId
  /** The real parent, which is elsewhere or nowhere: the view of the trace nests the transaction there. */
  readonly parentSpanId: SpanId
  readonly start: Micros.Micros
  readonly end: Micros.Micros
  readonly service: Service
}

// constructors

/** A root over the tops of subtrees that have the same parent; `members` are the tops and all below them. */
export const over = <A>(
  parentSpanId: SpanId,
  tops: readonly [Node.Node<A>, ...ReadonlyArray<Node.Node<A>>],
  members: ReadonlyArray<Node.Node<A>>,
): SyntheticRoot => {
  // The service is that of the least span id, so that the same spans are always routed the same way.
  const least = tops.reduce((a, b) => (b.spanId < a.spanId ? b : a))
  let start = least.start
  let end = Node.end(least)
  for (const node of members) {
    if (node.start < start) start = node.start
    end = Micros.max(Node.end(node), end)
  }
  return {
    _tag: 'Synthetic',
    traceId: least.traceId,
    spanId: Hash.toSpanId(['continuation', least.traceId, parentSpanId], Hash.sumOf(members)),
    parentSpanId,
    start,
    end,
    service: least.traits.service,
  }
}

// guards

export const isSynthetic = <A>(root: Node.Node<A> | SyntheticRoot): root is SyntheticRoot =>
  '_tag' in root && root._tag === 'Synthetic'
