/**
 * The nodes of one trace, linked to their parents: duplicates are resolved and cycles broken. Linear and iterative: a chain
 * of hundreds of thousands of spans is valid input.
 */

import { append } from '../internal/append.ts'
import type { SpanId } from '../model/SpanId.ts'
import { compareCopies } from './compareCopies.ts'
import type * as Node from './Node.ts'

// model

/** A node and its parent. */
export interface Linked<A> {
  readonly node: Node.Node<A>
  /** Its place among the members of the forest. */
  readonly index: number
  /** `undefined` if the node has no parent, the parent is absent, or the link would close a cycle. */
  readonly parent: Linked<A> | undefined
  /** Whether the link to its parent was removed to break a cycle. */
  readonly wasCut: boolean
}

export interface Forest<A> {
  /** Every span of the trace once, in the order of first arrival. */
  readonly members: ReadonlyArray<Linked<A>>
  readonly duplicates: number
  readonly cycles: number
  /** All nodes with a span id that several have; `undefined` if there is none. */
  readonly copies: ReadonlyMap<SpanId, ReadonlyArray<Node.Node<A>>> | undefined
}

/** A link under construction. */
interface Link<A> {
  node: Node.Node<A>
  readonly index: number
  parent: Link<A> | undefined
  wasCut: boolean
  /** The number of the walk that visited it first; 0 before any did. */
  walk: number
}

// constructors

/** Links the nodes of one trace. Of two copies of a span the greater one is kept: see `compareCopies`. */
export const fromNodes = <A>(
  comparePayload: (a: A, b: A) => number,
): ((nodes: ReadonlyArray<Node.Node<A>>) => Forest<A>) => {
  const compare = compareCopies(comparePayload)
  return (nodes) => {
    const links = new Map<SpanId, Link<A>>()
    const members: Array<Link<A>> = []
    let copies: Map<SpanId, [Node.Node<A>, ...Array<Node.Node<A>>]> | undefined
    for (const node of nodes) {
      const link = links.get(node.spanId)
      if (link === undefined) {
        const index = members.length
        const created = { node, index, parent: undefined, wasCut: false, walk: 0 }
        links.set(node.spanId, created)
        members.push(created)
      } else {
        copies ??= new Map()
        if (!copies.has(node.spanId)) copies.set(node.spanId, [link.node])
        append(copies, node.spanId, node)
        if (compare(node, link.node) > 0) link.node = node
      }
    }
    linkToParents(members, links)
    const duplicates = nodes.length - members.length
    return { members, duplicates, cycles: breakCycles(members), copies }
  }
}

const linkToParents = <A>(
  members: ReadonlyArray<Link<A>>,
  links: ReadonlyMap<SpanId, Link<A>>,
): void => {
  // hot: once for each span. The children of one parent often follow each other.
  let lastId: SpanId | undefined
  let last: Link<A> | undefined
  for (const link of members) {
    const { parentSpanId } = link.node
    if (parentSpanId === undefined) continue
    if (parentSpanId !== lastId) {
      lastId = parentSpanId
      last = links.get(parentSpanId)
    }
    link.parent = last
  }
}

/**
 * Walks up from every link, and removes one link of each cycle; returns the number of cycles. Each link is walked once. A walk
 * that reaches a link of its own has found a cycle.
 */
const breakCycles = <A>(links: ReadonlyArray<Link<A>>): number => {
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
    const earliest = earliestOfCycle(at)
    earliest.parent = undefined
    earliest.wasCut = true
    cycles++
  }
  return cycles
}

const earliestOfCycle = <A>(start: Link<A>): Link<A> => {
  let earliest = start
  for (let at = start.parent; at !== undefined && at !== start; at = at.parent) {
    const isEarlier =
      at.node.startMicros < earliest.node.startMicros ||
      (at.node.startMicros === earliest.node.startMicros && at.node.spanId < earliest.node.spanId)
    if (isEarlier) earliest = at
  }
  return earliest
}
