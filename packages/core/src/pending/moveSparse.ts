/**
 * Moves waiting payloads together if they retain much memory of payloads that left. Each payload that leaves, or takes new
 * memory, pays for a constant number of moves.
 */
import * as IdMap from '../internal/persistent/IdMap.ts'
import type { Node } from '../segment/Node.ts'
import * as PendingTrace from './PendingTrace.ts'
import type { Work } from './Work.ts'

// transformations

/** Old states keep the payloads that they have. */
export const moveSparse = <A>(work: Work<A>): void => {
  const { memory } = work
  if (memory === undefined || !memory.isSparse()) return
  const traces = IdMap.entries(work.traces)
  const move = memory.move(traces.flatMap(([, trace]) => PendingTrace.nodesOf(trace)))
  const moveNode = (node: Node<A>): Node<A> => {
    const value = move(node.value)
    return value === node.value ? node : { ...node, value }
  }
  for (const [id, trace] of traces) {
    const moved = PendingTrace.mapNodes(trace, moveNode)
    if (moved !== trace) work.traces = IdMap.set(work.traces, id, moved)
  }
}
