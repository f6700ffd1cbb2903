/**
 * Cuts one trace into segments: each entry with all below it, each subtree whose parent is missing or was sent before,
 * and the subtrees that continue the same parent together. Linear but for sorting, and iterative.
 */

import * as Micros from '../model/Micros.ts'
import type { SpanId } from '../model/SpanId.ts'
import * as Entry from './Entry.ts'
import type { Forest, Linked } from './Forest.ts'
import type { Node } from './Node.ts'
import * as Segment from './Segment.ts'
import * as SegmentOrigin from './SegmentOrigin.ts'
import type { SentSpan } from './SentSpan.ts'
import * as SyntheticRoot from './SyntheticRoot.ts'

// destructors

/**
 * The segments of one linked trace, by their start. Every member is in exactly one of them. `sent` tells of spans of the
 * trace that were sent before.
 */
export const segmentsOf = <A>(
  forest: Forest<A>,
  sent: ((id: SpanId) => SentSpan | undefined) | undefined = undefined,
): ReadonlyArray<Segment.Segment<A>> => {
  const children = new Map<Linked<A>, NonEmpty<Linked<A>>>()
  const entries: Array<readonly [Linked<A>, Entry.Rule | 'cycle']> = []
  const continued = new Map<SpanId, NonEmpty<Linked<A>>>()
  for (const member of forest.members) {
    const { node, parent } = member
    const above = node.parentSpanId
    const known = parent?.node.traits ?? (above === undefined ? undefined : sent?.(above))
    const rule = member.wasCut ? 'cycle' : Entry.resolve(node, known)
    if (rule !== undefined) entries.push([member, rule])
    else if (parent !== undefined) append(children, parent, member)
    // An inner node has a parent's id: a node without one is an entry.
    else if (above !== undefined) append(continued, above, member)
  }
  const segments = entries.map(([top, rule]) => fromEntry(top, rule, children))
  for (const [parent, tops] of continued) {
    segments.push(fromContinued(parent, tops, children, sent?.(parent)?.transaction))
  }
  return segments.sort(Segment.compare)
}

type NonEmpty<A> = [A, ...Array<A>]

type Children<A> = ReadonlyMap<Linked<A>, ReadonlyArray<Linked<A>>>

const fromEntry = <A>(
  top: Linked<A>,
  rule: Entry.Rule | 'cycle',
  children: Children<A>,
): Segment.Segment<A> => ({
  origin: SegmentOrigin.entry(rule),
  // A link that closed a circle is not shown to the server either.
  root: top.wasCut ? { ...top.node, parentSpanId: undefined } : top.node,
  descendants: inOrder([top], children).slice(1),
})

const fromContinued = <A>(
  parent: SpanId,
  tops: NonEmpty<Linked<A>>,
  children: Children<A>,
  transaction: string | undefined,
): Segment.Segment<A> => {
  const members = inOrder(tops, children)
  const [top, ...others] = tops
  const why =
    transaction === undefined ? SegmentOrigin.missingParent : SegmentOrigin.late(transaction)
  return others.length === 0
    ? { origin: why, root: top.node, descendants: members.slice(1) }
    : {
        origin: why,
        root: SyntheticRoot.over(parent, [top.node, ...others.map((other) => other.node)], members),
        descendants: members,
      }
}

/** A place in the canonical order: no earlier than the parent's, however the clocks of their hosts differ. */
interface Place<A> {
  readonly linked: Linked<A>
  readonly from: Micros.Micros
  readonly depth: number
}

const inOrder = <A>(
  tops: ReadonlyArray<Linked<A>>,
  children: Children<A>,
): ReadonlyArray<Node<A>> => {
  const places: Array<Place<A>> = tops.map((linked) => ({
    linked,
    from: linked.node.start,
    depth: 0,
  }))
  // The list grows while it is read: breadth first.
  for (let i = 0; i < places.length; i++) {
    const place = places[i]
    if (place === undefined) break
    for (const child of children.get(place.linked) ?? []) {
      const from = Micros.max(child.node.start, place.from)
      places.push({ linked: child, from, depth: place.depth + 1 })
    }
  }
  return places.sort(comparePlaces).map((place) => place.linked.node)
}

const comparePlaces = <A>(a: Place<A>, b: Place<A>): number =>
  a.from - b.from || a.depth - b.depth || (a.linked.node.spanId < b.linked.node.spanId ? -1 : 1)

const append = <K, A>(map: Map<K, NonEmpty<A>>, key: K, value: A): void => {
  const known = map.get(key)
  if (known === undefined) map.set(key, [value])
  else known.push(value)
}
