/**
 * Divides a segment that is too large for one transaction into a connected set of segments. Linear except for sorting,
 * iterative, and independent of the order of arrival.
 *
 * Bottom-up, a subtree becomes a part once it reaches half of a limit; siblings are combined in runs, in the order of their
 * start, so that equal queries stay together. Each part but the first is then at least half full, so that
 * `parts <= 1 + floor(2n / maxSpans) + floor(2B / maxSpanBytes)` for every shape of tree. Last, top-down, a part that fits
 * into that of its parent is merged into it.
 */
import type { Limits } from '../model/Limits.ts'
import type { SpanId } from '../model/SpanId.ts'
import type { Node } from './Node.ts'
import * as Parts from './Parts.ts'
import { NO_PARENT, parentIndexes } from './parentIndexes.ts'
import * as Segment from './Segment.ts'
import * as SegmentOrigin from './SegmentOrigin.ts'
import * as SyntheticRoot from './SyntheticRoot.ts'

// transformations

/** A segment within the limits is returned unchanged. */
export const split =
  (limits: Pick<Limits, 'maxSpans' | 'maxSpanBytes'>) =>
  <A>(segment: Segment.Segment<A>): ReadonlyArray<Segment.Segment<A>> => {
    const { descendants } = segment
    let bytes = 0
    for (const node of descendants) bytes += node.weight
    if (descendants.length <= limits.maxSpans && bytes <= limits.maxSpanBytes) return [segment]
    // A descendant whose parent is not among them is a child of the root.
    const parents = parentIndexes(descendants)
    const weights = descendants.map((node) => node.weight)
    const partOf = Parts.divide(parents, weights, limits)
    // The part of the root exists even if all descendants are in other parts.
    const members: Array<Array<number>> = [[]]
    for (let index = 0; index < partOf.length; index++) {
      const part = partOf[index] ?? 0
      const indexes = members[part]
      if (indexes === undefined) members[part] = [index]
      else indexes.push(index)
    }
    const origin = SegmentOrigin.size(Segment.continuedName(segment))
    return members
      .flatMap((indexes, part) => {
        if (part === 0) return firstPart(segment, indexes)
        const { parentSpanId, roots } = rootsOf(segment, indexes, parents, partOf)
        return segmentOver({ origin, parentSpanId, roots, members: pick(descendants, indexes) })
      })
      .sort(Segment.Ord.compare)
  }

/** The part of the root. A synthetic root is made again, over the spans that remain below it. */
const firstPart = <A>(
  segment: Segment.Segment<A>,
  indexes: ReadonlyArray<number>,
): ReadonlyArray<Segment.Segment<A>> => {
  const { origin, root } = segment
  const members = pick(segment.descendants, indexes)
  if (!SyntheticRoot.isSynthetic(root)) return [{ ...segment, descendants: members }]
  const { parentSpanId } = root
  const roots = members.filter((node) => node.parentSpanId === parentSpanId)
  return segmentOver({ origin, parentSpanId, roots, members })
}

/** The nodes of a part whose parent is in another part, and that parent: it is the same for all of them. */
const rootsOf = <A>(
  segment: Segment.Segment<A>,
  indexes: ReadonlyArray<number>,
  parents: Int32Array,
  partOf: Int32Array,
): { readonly parentSpanId: SpanId; readonly roots: ReadonlyArray<Node<A>> } => {
  const roots = indexes.filter((index) => {
    const parent = parents[index] ?? NO_PARENT
    return parent === NO_PARENT || partOf[parent] !== partOf[index]
  })
  return {
    parentSpanId: segment.descendants[roots[0] ?? 0]?.parentSpanId ?? segment.root.spanId,
    roots: pick(segment.descendants, roots),
  }
}

/** One or no segment over subtrees: a single root is its root, several get a synthetic root. */
const segmentOver = <A>({
  origin,
  parentSpanId,
  roots: [first, ...others],
  members,
}: {
  readonly origin: SegmentOrigin.SegmentOrigin
  readonly parentSpanId: SpanId
  readonly roots: ReadonlyArray<Node<A>>
  readonly members: ReadonlyArray<Node<A>>
}): ReadonlyArray<Segment.Segment<A>> => {
  if (first === undefined) return []
  return others.length === 0
    ? [{ origin, root: first, descendants: members.filter((node) => node !== first) }]
    : [
        {
          origin,
          root: SyntheticRoot.over({ parentSpanId, roots: [first, ...others], members }),
          descendants: members,
        },
      ]
}

const pick = <A>(values: ReadonlyArray<A>, indexes: ReadonlyArray<number>): ReadonlyArray<A> => {
  const picked: Array<A> = []
  for (const index of indexes) {
    const value = values[index]
    if (value !== undefined) picked.push(value)
  }
  return picked
}
