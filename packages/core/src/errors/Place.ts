/** Where the nodes of a segment stand in their tree, so that what lies below what is told without walking. */
import type { Node } from '../Node.ts'
import type { SpanId } from '../SpanId.ts'

// model

/** Places are numbered from the root down, a node before all that is below it: those have the numbers up to `end`. */
export interface Place {
  readonly at: number
  /** The first number that is not below it. */
  readonly end: number
  readonly depth: number
}

// constructors

/** The places of nodes that stand parents first, as those of a segment do. Linear. */
export const ofNodes = <A>(nodes: ReadonlyArray<Node<A>>): ReadonlyArray<Place> => {
  const indexes = new Map<SpanId, number>(nodes.map(({ spanId }, index) => [spanId, index]))
  const parents = nodes.map(({ parentSpanId }, index) => {
    const parent = parentSpanId === undefined ? undefined : indexes.get(parentSpanId)
    return parent === undefined || parent >= index ? NOWHERE : parent
  })
  const sizes = nodes.map(() => 1)
  for (let i = nodes.length - 1; i >= 0; i--) {
    const parent = parents[i] ?? NOWHERE
    if (parent !== NOWHERE) sizes[parent] = (sizes[parent] ?? 0) + (sizes[i] ?? 0)
  }
  const places: Array<Place> = []
  // The number that the next child of each node gets.
  const next: Array<number> = []
  let nextTop = 0
  for (let i = 0; i < nodes.length; i++) {
    const parent = parents[i] ?? NOWHERE
    const size = sizes[i] ?? 1
    const at = parent === NOWHERE ? nextTop : (next[parent] ?? 0)
    if (parent === NOWHERE) nextTop += size
    else next[parent] = at + size
    next[i] = at + 1
    places.push({ at, end: at + size, depth: (places[parent]?.depth ?? -1) + 1 })
  }
  return places
}

const NOWHERE = -1

// guards

/** Whether a place is another one or lies below it. */
export const isWithin = (place: Place, other: Place): boolean =>
  place.at >= other.at && place.at < other.end

// combinators

/** From the top down; of what lies side by side the earlier first. */
export const compare = (a: Place, b: Place): number => a.at - b.at
