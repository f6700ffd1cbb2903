/** The position of a node in the tree of its segment, by pre-order numbers: a descendant test compares two numbers. */
import type { Node } from './Node.ts'
import { NO_PARENT, parentIndexes } from './parentIndexes.ts'

// model

export interface TreePosition {
  /** The pre-order number: a node comes before all its descendants, which have the numbers up to `end`. */
  readonly index: number
  /** The first number that is not one of its descendants. */
  readonly end: number
  readonly depth: number
}

// constructors

/**
 * The positions of the wanted nodes. `nodes` are all nodes of a segment, parents before their children. Linear. A segment
 * may be large, so objects are made for the wanted nodes only.
 */
export const ofNodes = <A>(
  nodes: ReadonlyArray<Node<A>>,
  wanted: ReadonlySet<Node<A>>,
): ReadonlyMap<Node<A>, TreePosition> => {
  const parents = parentIndexes(nodes)
  const sizes = new Int32Array(nodes.length).fill(1)
  for (let i = nodes.length - 1; i >= 0; i--) {
    const parent = parents[i] ?? NO_PARENT
    if (parent !== NO_PARENT) sizes[parent] = (sizes[parent] ?? 0) + (sizes[i] ?? 0)
  }
  const positions = new Map<Node<A>, TreePosition>()
  const depths = new Int32Array(nodes.length)
  // The number that the next child of each node gets.
  const next = new Int32Array(nodes.length)
  let nextRoot = 0
  let i = -1
  for (const node of nodes) {
    i++
    const parent = parents[i] ?? NO_PARENT
    const size = sizes[i] ?? 1
    const index = parent === NO_PARENT ? nextRoot : (next[parent] ?? 0)
    if (parent === NO_PARENT) nextRoot += size
    else next[parent] = index + size
    next[i] = index + 1
    const depth = parent === NO_PARENT ? 0 : (depths[parent] ?? 0) + 1
    depths[i] = depth
    if (wanted.has(node)) positions.set(node, { index, end: index + size, depth })
  }
  return positions
}

// guards

/** Whether a node is another one or a descendant of it. */
export const isWithin = (position: TreePosition, other: TreePosition): boolean =>
  position.index >= other.index && position.index < other.end

// instances

/** In pre-order. */
export const compare = (a: TreePosition, b: TreePosition): number => a.index - b.index
