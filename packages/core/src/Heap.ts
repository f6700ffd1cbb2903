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
  /** Of this and all below. */
  readonly size: number
  readonly left: Heap<A> | undefined
  readonly right: Heap<A> | undefined
}

// combinators

export const push = <A>(heap: Heap<A> | undefined, atMillis: number, value: A): Heap<A> =>
  merge(heap, single(atMillis, value))

/** Without its earliest. */
export const pop = <A>(heap: Heap<A>): Heap<A> | undefined =>
  heap.left === undefined || heap.right === undefined
    ? (heap.left ?? heap.right)
    : merge(heap.left, heap.right)

/** Only what is to be kept; it is asked of each once. Costs what is in it. */
export const filter = <A>(
  heap: Heap<A> | undefined,
  isKept: (value: A, atMillis: number) => boolean,
): Heap<A> | undefined => {
  let heaps: Array<Heap<A>> = []
  const open = heap === undefined ? [] : [heap]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (isKept(at.value, at.atMillis)) heaps.push(single(at.atMillis, at.value))
    if (at.right !== undefined) open.push(at.right)
    if (at.left !== undefined) open.push(at.left)
  }
  // In pairs: most of them are small when they are merged.
  while (heaps.length > 1) {
    const merged: Array<Heap<A>> = []
    for (const [index, other] of heaps.entries()) {
      const before = index % 2 === 0 ? undefined : merged.pop()
      merged.push(merge(before, other))
    }
    heaps = merged
  }
  return heaps[0]
}

// destructors

export const size = <A>(heap: Heap<A> | undefined): number => heap?.size ?? 0

const single = <A>(atMillis: number, value: A): Heap<A> => ({
  atMillis,
  value,
  rank: 1,
  size: 1,
  left: undefined,
  right: undefined,
})

/** The depth of this recursion is the logarithm of the size: it goes down the short sides only. */
const merge = <A>(a: Heap<A> | undefined, b: Heap<A>): Heap<A> => {
  if (a === undefined) return b
  const [top, other] = a.atMillis <= b.atMillis ? [a, b] : [b, a]
  const merged = merge(top.right, other)
  const leftRank = top.left?.rank ?? 0
  const all = a.size + b.size
  return leftRank >= merged.rank
    ? { ...top, rank: merged.rank + 1, size: all, right: merged }
    : { ...top, rank: leftRank + 1, size: all, left: merged, right: top.left }
}
