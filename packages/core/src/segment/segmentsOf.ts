/**
 * Divides one trace into segments: each entry with its descendants, each subtree whose parent is missing or was sent, and
 * subtrees that continue the same parent together. Linear except for sorting, and iterative.
 */

import { append } from '../internal/append.ts'
import * as Micros from '../model/Micros.ts'
import type { SpanId } from '../model/SpanId.ts'
import * as Entry from './Entry.ts'
import type { Forest, Linked } from './Forest.ts'
import type { Node } from './Node.ts'
import * as Segment from './Segment.ts'
import * as SegmentOrigin from './SegmentOrigin.ts'
import type { SentSpan } from './SentSpan.ts'
import * as SyntheticRoot from './SyntheticRoot.ts'

// model

type NonEmpty<A> = [A, ...Array<A>]

/** By the index of the parent. */
type Children<A> = ReadonlyArray<ReadonlyArray<Linked<A>> | undefined>

/** A node with its sort keys. */
interface Positioned<A> {
  readonly linked: Linked<A>
  /** The start, or that of an ancestor if that is later: the clocks of hosts differ, and parents come before children. */
  readonly start: Micros.Micros
  readonly depth: number
}

// transformations

/**
 * The segments of one linked trace, by their start. Every member is in exactly one of them. `sent` finds spans of the trace
 * that were sent before, `beside` those that wait and are not in the forest.
 */
export const segmentsOf = <A>(
  forest: Forest<A>,
  sent: ((id: SpanId) => SentSpan | undefined) | undefined = undefined,
  beside: ((id: SpanId) => Entry.ParentEvidence | undefined) | undefined = undefined,
): ReadonlyArray<Segment.Segment<A>> => {
  const children = new Array<Array<Linked<A>> | undefined>(forest.members.length)
  const entries: Array<readonly [Linked<A>, Entry.EntryRule | 'cycle']> = []
  const continued = new Map<SpanId, NonEmpty<Linked<A>>>()
  for (const member of forest.members) {
    const { node, parent } = member
    const { parentSpanId } = node
    const evidence =
      parent?.node.traits ??
      (parentSpanId === undefined ? undefined : (beside?.(parentSpanId) ?? sent?.(parentSpanId)))
    const rule = member.wasCut ? 'cycle' : Entry.resolve(node, evidence)
    if (rule !== undefined) entries.push([member, rule])
    else if (parent !== undefined) {
      const siblings = children[parent.index]
      if (siblings === undefined) children[parent.index] = [member]
      else siblings.push(member)
    }
    // Always defined: a node without a parent id is an entry.
    else if (parentSpanId !== undefined) append(continued, parentSpanId, member)
  }
  const segments = entries.map(([root, rule]) => fromEntry(root, rule, children))
  for (const [parentSpanId, roots] of continued) {
    segments.push(fromContinued(parentSpanId, roots, children, sent?.(parentSpanId)?.transaction))
  }
  return segments.sort(Segment.Ord.compare)
}

const fromEntry = <A>(
  root: Linked<A>,
  rule: Entry.EntryRule | 'cycle',
  children: Children<A>,
): Segment.Segment<A> => ({
  origin: SegmentOrigin.entry(rule),
  // The server does not see the link that would close a cycle.
  root: root.wasCut ? { ...root.node, parentSpanId: undefined } : root.node,
  descendants: inOrder([root], children).slice(1),
})

const fromContinued = <A>(
  parentSpanId: SpanId,
  roots: NonEmpty<Linked<A>>,
  children: Children<A>,
  transaction: string | undefined,
): Segment.Segment<A> => {
  const members = inOrder(roots, children)
  const [{ node: first }, ...others] = roots
  const origin =
    transaction === undefined ? SegmentOrigin.missingParent : SegmentOrigin.late(transaction)
  return others.length === 0
    ? { origin, root: first, descendants: members.slice(1) }
    : {
        origin,
        root: SyntheticRoot.over({
          parentSpanId,
          roots: [first, ...others.map(({ node }) => node)],
          members,
        }),
        descendants: members,
      }
}

/** The subtrees below some roots in canonical order. */
const inOrder = <A>(
  roots: ReadonlyArray<Linked<A>>,
  children: Children<A>,
): ReadonlyArray<Node<A>> => {
  // hot: once for each span
  const positioned: Array<Positioned<A>> = []
  for (const linked of roots) positioned.push({ linked, start: linked.node.startMicros, depth: 0 })
  // The list grows while it is read: breadth first.
  for (let i = 0; i < positioned.length; i++) {
    const parent = positioned[i]
    if (parent === undefined) break
    const below = children[parent.linked.index]
    if (below === undefined) continue
    for (const child of below) {
      const start = Micros.max(child.node.startMicros, parent.start)
      positioned.push({ linked: child, start, depth: parent.depth + 1 })
    }
  }
  if (!isOrdered(positioned)) positioned.sort(comparePositions)
  return positioned.map(({ linked }) => linked.node)
}

/** Many are in order already, and sorting asks through a function that V8 does not inline. */
const isOrdered = <A>(positioned: ReadonlyArray<Positioned<A>>): boolean => {
  let last: Positioned<A> | undefined
  for (const one of positioned) {
    if (last !== undefined && comparePositions(last, one) > 0) return false
    last = one
  }
  return true
}

const comparePositions = <A>(a: Positioned<A>, b: Positioned<A>): number =>
  a.start - b.start || a.depth - b.depth || (a.linked.node.spanId < b.linked.node.spanId ? -1 : 1)
