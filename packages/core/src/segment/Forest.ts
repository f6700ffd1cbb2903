/**
 * The nodes of one trace, linked to their parents: duplicates resolved, circles cut. One pass over the nodes and
 * no recursion, since a chain of hundreds of thousands of spans is a legal input.
 */

import type { SpanId } from '../model/SpanId.ts'
import * as Node from './Node.ts'

// model

/** A node and the node above it. */
export interface Linked<A> {
  readonly node: Node.Node<A>
  /** `undefined` where the node has no parent, the parent is absent, or the link closed a circle. */
  readonly parent: Linked<A> | undefined
  /** Whether its link to a parent was cut because it closed a circle. */
  readonly wasCut: boolean
}

export interface Forest<A> {
  /** Every span of the trace once, in the order of first arrival. */
  readonly members: ReadonlyArray<Linked<A>>
  readonly duplicates: number
  readonly cycles: number
}

// constructors

/**
 * Links the nodes of one trace. Of two nodes with one span id the greater stays, by a total order: one that ended
 * before one that did not, then the later end, the one of more bytes, the one
 * that recorded more, the greater payload.
 */
export const fromNodes =
  <A>(comparePayload: (a: A, b: A) => number) =>
  (nodes: ReadonlyArray<Node.Node<A>>): Forest<A> => {
    const links = new Map<SpanId, Link<A>>()
    const members: Array<Link<A>> = []
    for (const node of nodes) {
      const known = links.get(node.spanId)
      if (known === undefined) {
        const link = { node, parent: undefined, wasCut: false, walk: 0 }
        links.set(node.spanId, link)
        members.push(link)
      } else if (isGreater(comparePayload, node, known.node)) known.node = node
    }
    for (const link of members) {
      const above = link.node.parentSpanId
      if (above !== undefined) link.parent = links.get(above)
    }
    return { members, duplicates: nodes.length - members.length, cycles: cutCircles(members) }
  }

/** A link while it is made. */
interface Link<A> {
  node: Node.Node<A>
  parent: Link<A> | undefined
  wasCut: boolean
  /** The number of the walk that passed here first; 0 before any did. */
  walk: number
}

const isGreater = <A>(
  comparePayload: (a: A, b: A) => number,
  node: Node.Node<A>,
  other: Node.Node<A>,
): boolean => {
  const end = Node.end(node)
  const otherEnd = Node.end(other)
  const order =
    Number(end > 0) - Number(otherEnd > 0) ||
    end - otherEnd ||
    node.weight - other.weight ||
    recorded(node) - recorded(other) ||
    comparePayload(node.value, other.value)
  return order > 0
}

/** What happened in it is no part of its payload. */
const recorded = <A>({ details }: Node.Node<A>): number =>
  details.exceptions.length + details.breadcrumbs.length

/** Walks up from every link; each link is walked once. A walk that meets itself has found a circle. */
const cutCircles = <A>(links: ReadonlyArray<Link<A>>): number => {
  let cycles = 0
  let walk = 0
  for (const start of links) {
    walk++
    let at: Link<A> | undefined = start
    while (at !== undefined && at.walk === 0) {
      at.walk = walk
      at = at.parent
    }
    if (at === undefined || at.walk !== walk) continue
    const least = leastOfCircle(at)
    least.parent = undefined
    least.wasCut = true
    cycles++
  }
  return cycles
}

const leastOfCircle = <A>(start: Link<A>): Link<A> => {
  let least = start
  for (let at = start.parent; at !== undefined && at !== start; at = at.parent) {
    const isEarlier =
      at.node.start < least.node.start ||
      (at.node.start === least.node.start && at.node.spanId < least.node.spanId)
    if (isEarlier) least = at
  }
  return least
}
