/** Where the parents of nodes stand among them: for algorithms that count rather than follow references. */

import type { SpanId } from '../model/SpanId.ts'
import type { Node } from './Node.ts'

/** Stands for the place of a parent that is none of the nodes. */
export const NO_PARENT = -1

/** For each node the place of its parent. Linear; most nodes are nobody's parent, and need no place in a table. */
export const parentIndexes = <A>(nodes: ReadonlyArray<Node<A>>): Int32Array => {
  const places = new Map<SpanId, number>()
  for (const { parentSpanId } of nodes) {
    if (parentSpanId !== undefined) places.set(parentSpanId, NO_PARENT)
  }
  const parents = new Int32Array(nodes.length)
  for (let i = 0; i < nodes.length; i++) {
    const id = nodes[i]?.spanId
    if (id !== undefined && places.has(id)) places.set(id, i)
  }
  for (let i = 0; i < nodes.length; i++) {
    const above = nodes[i]?.parentSpanId
    parents[i] = (above === undefined ? undefined : places.get(above)) ?? NO_PARENT
  }
  return parents
}
