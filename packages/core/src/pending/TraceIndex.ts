/**
 * The waiting nodes of a large trace by their ids, and the children of each: a tree is found without looking at the nodes that
 * wait beside it. Adding, finding and removing a node are O(log n). Old versions stay valid.
 */
import * as IdMap from '../internal/persistent/IdMap.ts'
import type { SpanId } from '../model/SpanId.ts'
import * as Entry from '../segment/Entry.ts'
import type { Node } from '../segment/Node.ts'

// model

export type TraceIndex<A> = IdMap.IdMap<Slot<A>, SpanId>

/** An id: the node that has it, and the nodes that name it as their parent. */
interface Slot<A> {
  /** `undefined` for the id of a parent that does not wait. */
  readonly node: Node<A> | undefined
  /** When the node arrived. */
  readonly atMillis: number
  /** The newest first. A child may have left, or name another parent since. */
  readonly children: Children | undefined
}

interface Children {
  readonly id: SpanId
  readonly earlier: Children | undefined
}

/** A waiting node and the time of its arrival. */
export interface WaitingNode<A> {
  readonly node: Node<A>
  readonly atMillis: number
}

// constructors

export const empty: TraceIndex<never> = IdMap.empty

const NO_SLOT: Slot<never> = { node: undefined, atMillis: 0, children: undefined }

// transformations

/** Adds a node, in place of one with its id. */
export const add = <A>(index: TraceIndex<A>, { node, atMillis }: WaitingNode<A>): TraceIndex<A> => {
  const { spanId, parentSpanId } = node
  const slot: Slot<A> = IdMap.get(index, spanId) ?? NO_SLOT
  const added = IdMap.set<Slot<A>, SpanId>(index, spanId, {
    node,
    atMillis,
    children: slot.children,
  })
  if (parentSpanId === undefined || slot.node?.parentSpanId === parentSpanId) return added
  const parent: Slot<A> = IdMap.get(added, parentSpanId) ?? NO_SLOT
  return IdMap.set<Slot<A>, SpanId>(added, parentSpanId, {
    node: parent.node,
    atMillis: parent.atMillis,
    children: { id: spanId, earlier: parent.children },
  })
}

/** Removes a node. A slot stays for the children that wait. */
export const remove = <A>(
  index: TraceIndex<A>,
  { spanId, parentSpanId }: Pick<Node<A>, 'spanId' | 'parentSpanId'>,
): TraceIndex<A> => {
  const slot = IdMap.get(index, spanId)
  if (slot === undefined) return index
  const kept = firstWaiting(index, spanId, slot.children)
  const removed = withoutNode(index, spanId, kept)
  const parent = parentSpanId === undefined ? undefined : IdMap.get(removed, parentSpanId)
  // Most nodes leave soon after they arrived, and are the first of the list.
  if (parentSpanId === undefined || parent?.children?.id !== spanId) return removed
  const { node, atMillis, children } = parent
  return node === undefined && children.earlier === undefined
    ? IdMap.set<Slot<A>, SpanId>(removed, parentSpanId, undefined)
    : IdMap.set<Slot<A>, SpanId>(removed, parentSpanId, {
        node,
        atMillis,
        children: children.earlier,
      })
}

const withoutNode = <A>(
  index: TraceIndex<A>,
  spanId: SpanId,
  children: Children | undefined,
): TraceIndex<A> =>
  IdMap.set<Slot<A>, SpanId>(
    index,
    spanId,
    children === undefined ? undefined : { node: undefined, atMillis: 0, children },
  )

/** The children from the first on that waits. */
const firstWaiting = <A>(
  index: TraceIndex<A>,
  parentId: SpanId,
  children: Children | undefined,
): Children | undefined => {
  let at = children
  while (at !== undefined && IdMap.get(index, at.id)?.node?.parentSpanId !== parentId) {
    at = at.earlier
  }
  return at
}

/** Changes nodes, but not their ids. The index itself if none is changed. */
export const mapNodes = <A>(
  index: TraceIndex<A>,
  change: (node: Node<A>) => Node<A>,
): TraceIndex<A> => {
  let mapped = index
  for (const [id, { node, atMillis, children }] of IdMap.entries(index)) {
    if (node === undefined) continue
    const changed = change(node)
    if (changed === node) continue
    mapped = IdMap.set<Slot<A>, SpanId>(mapped, id, { node: changed, atMillis, children })
  }
  return mapped
}

// folds

export const get = <A>(index: TraceIndex<A>, id: SpanId): WaitingNode<A> | undefined => {
  const slot = IdMap.get(index, id)
  return slot?.node === undefined ? undefined : { node: slot.node, atMillis: slot.atMillis }
}

/** The waiting children of an id. The cost is that of all children that it had. */
export const childrenOf = <A>(index: TraceIndex<A>, id: SpanId): ReadonlyArray<WaitingNode<A>> => {
  const children: Array<WaitingNode<A>> = []
  for (let at = IdMap.get(index, id)?.children; at !== undefined; at = at.earlier) {
    const child = get(index, at.id)
    if (child !== undefined && child.node.parentSpanId === id) children.push(child)
  }
  return children
}

/**
 * Whether a node is its own ancestor. The search goes up and down by turns and ends with the shorter side: building a tree in
 * any order costs O(log n) for each of its nodes.
 */
export const isInCycle = <A>(index: TraceIndex<A>, id: SpanId): boolean => {
  let above = get(index, id)?.node.parentSpanId
  const below = [IdMap.get(index, id)?.children]
  while (above !== undefined && below.length > 0) {
    if (above === id) return true
    const parent = get(index, above)
    if (parent === undefined) return false
    above = parent.node.parentSpanId
    const at = below.pop()
    if (at === undefined) continue
    below.push(at.earlier)
    const slot = IdMap.get(index, at.id)
    if (slot?.node !== undefined) below.push(slot.children)
  }
  return false
}

/** The nodes of the segment of which a node is the top: down to the next entries. */
export const segmentBelow = <A>(
  index: TraceIndex<A>,
  top: WaitingNode<A>,
): ReadonlyArray<WaitingNode<A>> => {
  const members = [top]
  const visited = new Set<SpanId>([top.node.spanId])
  // The list grows while it is read.
  for (let i = 0; i < members.length; i++) {
    const parent = members[i]?.node
    if (parent === undefined) break
    for (const child of childrenOf(index, parent.spanId)) {
      const { spanId } = child.node
      if (visited.has(spanId) || Entry.resolve(child.node, parent.traits) !== undefined) continue
      visited.add(spanId)
      members.push(child)
    }
  }
  return members
}

/** All waiting nodes, in no meaningful order. */
export const nodesOf = <A>(index: TraceIndex<A>): ReadonlyArray<WaitingNode<A>> => {
  const nodes: Array<WaitingNode<A>> = []
  for (const [, { node, atMillis }] of IdMap.entries(index)) {
    if (node !== undefined) nodes.push({ node, atMillis })
  }
  return nodes
}
