/** Links the waiting nodes of a trace, as its output will show them. The only place where waiting nodes are linked into trees. */
import type { SpanId } from '../model/SpanId.ts'
import { compareCopies } from '../segment/compareCopies.ts'
import type { DroppedSpan } from '../segment/DroppedSpan.ts'
import * as Forest from '../segment/Forest.ts'
import * as Node from '../segment/Node.ts'
import { type Reparented, reparent } from '../segment/reparent.ts'
import { moveToHalves, separatePairs } from '../segment/separateHalves.ts'
import type * as Arrivals from './Arrivals.ts'
import type * as SentHistory from './SentHistory.ts'

// model

/** Nodes of a trace, linked. */
interface LinkedNodes<A> extends Pick<Reparented<A>, 'droppedEntries' | 'failedEntries'> {
  readonly forest: Forest.Forest<A>
  /** With those of the halves that got ids of their own. */
  readonly arrivals: Arrivals.Arrivals
  readonly duplicates: number
}

const NONE: ReadonlySet<SpanId> = new Set()

// transformations

/** Links nodes, after the halves of calls and the children of dropped spans have got the ids and parents that they show. */
export const linkNodes = <A>(
  comparePayload: (a: A, b: A) => number,
): ((
  arrived: ReadonlyArray<Node.Node<A>>,
  history: SentHistory.TraceHistory,
  arrivals: Arrivals.Arrivals,
) => LinkedNodes<A>) => {
  const link = Forest.fromNodes(comparePayload)
  const compare = compareCopies(comparePayload)
  return (arrived, history, arrivals) => {
    const first = link(arrived)
    const separated = first.copies === undefined ? arrived : separatePairs(compare, first)
    const moved = moveToHalves(separated, history)
    if (moved.nodes === arrived && history.dropped === undefined) {
      const { duplicates } = first
      return { forest: first, arrivals, droppedEntries: NONE, failedEntries: NONE, duplicates }
    }
    const { nodes, droppedEntries, failedEntries } = withoutDropped(history, moved)
    const forest = link(history.dropped === undefined ? nodes : moveToHalves(nodes, history).nodes)
    const duplicates = arrived.length - forest.members.length
    return {
      forest,
      arrivals: withHalves(arrivals, arrived, forest.members),
      droppedEntries,
      failedEntries,
      duplicates,
    }
  }
}

/** A half that got an id of its own arrived when its shared id did. */
const withHalves = (
  arrivals: Arrivals.Arrivals,
  arrived: ReadonlyArray<Node.Node<unknown>>,
  members: Forest.Forest<unknown>['members'],
): Arrivals.Arrivals => {
  const { others, lastMillis } = arrivals
  if (others.size === 0) return arrivals
  const known = new Set(arrived.map(({ spanId }) => spanId))
  const all = new Map(others)
  for (const { node } of members) {
    const atMillis = known.has(node.spanId) ? undefined : others.get(Node.arrivedSpanId(node))
    if (atMillis !== undefined) all.set(node.spanId, atMillis)
  }
  return { others: all, lastMillis }
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
