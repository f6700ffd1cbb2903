/** The parents of nodes by index: for algorithms on arrays of numbers. */

import type { SpanId } from '../model/SpanId.ts'
import type { Node } from './Node.ts'

// model

/** The index of a parent that is not among the nodes. */
export const NO_PARENT = -1

// transformations

/** For each node the index of its parent. Linear. Only parents get an entry in the table: most nodes have no children. */
export const parentIndexes = <A>(nodes: ReadonlyArray<Node<A>>): Int32Array => {
  const indexes = new Map<SpanId, number>()
  for (const { parentSpanId } of nodes) {
    if (parentSpanId !== undefined) indexes.set(parentSpanId, NO_PARENT)
  }
  const parents = new Int32Array(nodes.length)
  for (let i = 0; i < nodes.length; i++) {
    const id = nodes[i]?.spanId
    if (id !== undefined && indexes.has(id)) indexes.set(id, i)
  }
  for (let i = 0; i < nodes.length; i++) {
    const parentId = nodes[i]?.parentSpanId
    parents[i] = (parentId === undefined ? undefined : indexes.get(parentId)) ?? NO_PARENT
  }
  return parents
}
