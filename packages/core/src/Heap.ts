/**
 * A queue by time that keeps its old versions: a leftist heap. Adding and removing cost the logarithm of its size;
 * the earliest is at the top.
 */

// model

export interface Heap<A> {
  readonly atMillis: number
  readonly value: A
  /** Steps to the nearest missing child. */
  readonly rank: number
  readonly left: Heap<A> | undefined
  readonly right: Heap<A> | undefined
}

// combinators

export const push = <A>(heap: Heap<A> | undefined, atMillis: number, value: A): Heap<A> =>
  merge(heap, { atMillis, value, rank: 1, left: undefined, right: undefined })

/** Without its earliest. */
export const pop = <A>(heap: Heap<A>): Heap<A> | undefined =>
  heap.left === undefined || heap.right === undefined
    ? (heap.left ?? heap.right)
    : merge(heap.left, heap.right)

/** The depth of this recursion is the logarithm of the size: it goes down the short sides only. */
const merge = <A>(a: Heap<A> | undefined, b: Heap<A>): Heap<A> => {
  if (a === undefined) return b
  const [top, other] = a.atMillis <= b.atMillis ? [a, b] : [b, a]
  const merged = merge(top.right, other)
  const leftRank = top.left?.rank ?? 0
  return leftRank >= merged.rank
    ? { ...top, rank: merged.rank + 1, right: merged }
    : { ...top, rank: leftRank + 1, left: merged, right: top.left }
}
