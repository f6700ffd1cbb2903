/**
 * Divides a segment that is too large for one transaction into a connected set of them. Linear, iterative, and the same
 * however the spans came.
 *
 * From the leaves up, what hangs together is closed off as a part when it reaches half of a limit; siblings are closed in
 * runs, in the order of their start, so that equal queries stay side by side. Every part but the first is then at least
 * half full: `parts <= 1 + floor(2n / maxSpans) + floor(2B / maxSpanBytes)`, for every shape of tree. At last, from the
 * root down, parts that fit into their parent's go back into it.
 */
import type { Limits } from '../model/Limits.ts'
import type { SpanId } from '../model/SpanId.ts'
import type { Node } from './Node.ts'
import * as Parts from './Parts.ts'
import { NO_PARENT, parentIndexes } from './parentIndexes.ts'
import * as Segment from './Segment.ts'
import * as SegmentOrigin from './SegmentOrigin.ts'
import * as SyntheticRoot from './SyntheticRoot.ts'

// destructors

/** A segment within the limits is given back as it is. */
export const split =
  (limits: Pick<Limits, 'maxSpans' | 'maxSpanBytes'>) =>
  <A>(segment: Segment.Segment<A>): ReadonlyArray<Segment.Segment<A>> => {
    const { descendants } = segment
    let bytes = 0
    for (const node of descendants) bytes += node.weight
    if (descendants.length <= limits.maxSpans && bytes <= limits.maxSpanBytes) return [segment]
    // What hangs on none of them hangs on the root.
    const parents = parentIndexes(descendants)
    const weights = descendants.map((node) => node.weight)
    const partOf = Parts.divide(parents, weights, limits)
    // The root has a part even if everything below it went into others.
    const members: Array<Array<number>> = [[]]
    for (let index = 0; index < partOf.length; index++) {
      const part = partOf[index] ?? 0
      const known = members[part]
      if (known === undefined) members[part] = [index]
      else known.push(index)
    }
    const name = Segment.continuedName(segment)
    return members
      .flatMap((indexes, part) =>
        part === 0
          ? firstPart(segment, indexes)
          : laterPart(segment, indexes, parents, partOf, SegmentOrigin.size(name)),
      )
      .sort(Segment.compare)
  }

/** The part of the root itself. A synthetic root is made anew over the spans that are left to it. */
const firstPart = <A>(
  segment: Segment.Segment<A>,
  indexes: ReadonlyArray<number>,
): ReadonlyArray<Segment.Segment<A>> => {
  const below = pick(segment.descendants, indexes)
  if (!SyntheticRoot.isSynthetic(segment.root)) return [{ ...segment, descendants: below }]
  const { parentSpanId } = segment.root
  const tops = below.filter((node) => node.parentSpanId === parentSpanId)
  return over(segment.origin, parentSpanId, tops, below)
}

const laterPart = <A>(
  segment: Segment.Segment<A>,
  indexes: ReadonlyArray<number>,
  parents: Int32Array,
  partOf: Int32Array,
  why: SegmentOrigin.SegmentOrigin,
): ReadonlyArray<Segment.Segment<A>> => {
  const tops = indexes.filter((index) => {
    const parent = parents[index] ?? NO_PARENT
    return parent === NO_PARENT || partOf[parent] !== partOf[index]
  })
  // All tops of a part hang on the same span.
  const parentSpanId = segment.descendants[tops[0] ?? 0]?.parentSpanId ?? segment.root.spanId
  return over(
    why,
    parentSpanId,
    pick(segment.descendants, tops),
    pick(segment.descendants, indexes),
  )
}

/** One top is the root of its part; several hang below a synthetic one. Without a top there is no part. */
const over = <A>(
  why: SegmentOrigin.SegmentOrigin,
  parentSpanId: SpanId,
  [first, ...others]: ReadonlyArray<Node<A>>,
  members: ReadonlyArray<Node<A>>,
): ReadonlyArray<Segment.Segment<A>> => {
  if (first === undefined) return []
  return others.length === 0
    ? [{ origin: why, root: first, descendants: members.filter((node) => node !== first) }]
    : [
        {
          origin: why,
          root: SyntheticRoot.over(parentSpanId, [first, ...others], members),
          descendants: members,
        },
      ]
}

const pick = <A>(all: ReadonlyArray<A>, indexes: ReadonlyArray<number>): ReadonlyArray<A> => {
  const picked: Array<A> = []
  for (const index of indexes) {
    const one = all[index]
    if (one !== undefined) picked.push(one)
  }
  return picked
}
