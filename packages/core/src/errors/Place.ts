/** Where the nodes of a segment stand in their tree, so that what lies below what is told without walking. */
import type { Node } from '../segment/Node.ts'
import { NO_PARENT, parentIndexes } from '../segment/parentIndexes.ts'

// model

/** Places are numbered from the root down, a node before all that is below it: those have the numbers up to `end`. */
export interface Place {
  readonly at: number
  /** The first number that is not below it. */
  readonly end: number
  readonly depth: number
}

// constructors

/**
 * The places of some nodes among all, which stand parents first, as those of a segment do. Linear; a segment may be large,
 * so that objects are made for the wanted ones only.
 */
export const ofNodes = <A>(
  nodes: ReadonlyArray<Node<A>>,
  wanted: ReadonlySet<Node<A>>,
): ReadonlyMap<Node<A>, Place> => {
  const parents = parentIndexes(nodes)
  const sizes = new Int32Array(nodes.length).fill(1)
  for (let i = nodes.length - 1; i >= 0; i--) {
    const parent = parents[i] ?? NO_PARENT
    if (parent !== NO_PARENT) sizes[parent] = (sizes[parent] ?? 0) + (sizes[i] ?? 0)
  }
  const places = new Map<Node<A>, Place>()
  const depths = new Int32Array(nodes.length)
  // The number that the next child of each node gets.
  const next = new Int32Array(nodes.length)
  let nextTop = 0
  let i = -1
  for (const node of nodes) {
    i++
    const parent = parents[i] ?? NO_PARENT
    const size = sizes[i] ?? 1
    const at = parent === NO_PARENT ? nextTop : (next[parent] ?? 0)
    if (parent === NO_PARENT) nextTop += size
    else next[parent] = at + size
    next[i] = at + 1
    const depth = parent === NO_PARENT ? 0 : (depths[parent] ?? 0) + 1
    depths[i] = depth
    if (wanted.has(node)) places.set(node, { at, end: at + size, depth })
  }
  return places
}

// guards

/** Whether a place is another one or lies below it. */
export const isWithin = (place: Place, other: Place): boolean =>
  place.at >= other.at && place.at < other.end

// combinators

/** From the top down; of what lies side by side the earlier first. */
export const compare = (a: Place, b: Place): number => a.at - b.at
