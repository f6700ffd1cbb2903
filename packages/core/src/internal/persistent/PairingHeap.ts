/**
 * A persistent priority queue by time: a pairing heap. Old versions stay valid. `push` and reading the earliest entry, which
 * is the root, are O(1); `pop` is amortised O(log n).
 *
 * Source: M. Fredman, R. Sedgewick, D. Sleator, R. Tarjan, "The pairing heap: a new form of self-adjusting heap" (1986).
 */

// model

/** A heap that is not empty. */
export interface PairingHeap<A> {
  readonly atMillis: number
  readonly value: A
  /** The number of entries in this heap. */
  readonly size: number
  /** Heaps whose entries are not earlier than this one. */
  readonly children: Children<A> | undefined
}

interface Children<A> {
  readonly first: PairingHeap<A>
  readonly others: Children<A> | undefined
}

// constructors

const single = <A>(atMillis: number, value: A): PairingHeap<A> => ({
  atMillis,
  value,
  size: 1,
  children: undefined,
})

// transformations

/** O(1). */
export const push = <A>(
  heap: PairingHeap<A> | undefined,
  atMillis: number,
  value: A,
): PairingHeap<A> => merge(heap, single(atMillis, value))

/** Without its earliest entry; `undefined` if that was the only one. Amortised O(log n). */
export const pop = <A>({ children }: PairingHeap<A>): PairingHeap<A> | undefined => {
  const heaps: Array<PairingHeap<A>> = []
  for (let at = children; at !== undefined; at = at.others) heaps.push(at.first)
  return mergeAll(heaps)
}

/** Only the entries that satisfy a predicate. It is called once for each. O(n). */
export const filter = <A>(
  heap: PairingHeap<A> | undefined,
  predicate: (value: A, atMillis: number) => boolean,
): PairingHeap<A> | undefined => {
  const kept: Array<PairingHeap<A>> = []
  const stack = heap === undefined ? [] : [heap]
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if (predicate(at.value, at.atMillis)) kept.push(single(at.atMillis, at.value))
    for (let child = at.children; child !== undefined; child = child.others) stack.push(child.first)
  }
  return mergeAll(kept)
}

/** Merges pairs of neighbours, then all pairs from the last to the first: this order makes `pop` amortised O(log n). */
const mergeAll = <A>(heaps: ReadonlyArray<PairingHeap<A>>): PairingHeap<A> | undefined => {
  let merged: PairingHeap<A> | undefined
  for (let i = heaps.length - 2 + (heaps.length % 2); i >= 0; i -= 2) {
    const [one, other] = [heaps[i], heaps[i + 1]]
    if (one !== undefined) merged = merge(merged, other === undefined ? one : merge(one, other))
  }
  return merged
}

const merge = <A>(a: PairingHeap<A> | undefined, b: PairingHeap<A>): PairingHeap<A> => {
  if (a === undefined) return b
  const [root, other] = a.atMillis <= b.atMillis ? [a, b] : [b, a]
  return {
    atMillis: root.atMillis,
    value: root.value,
    size: a.size + b.size,
    children: { first: other, others: root.children },
  }
}

// folds

export const size = <A>(heap: PairingHeap<A> | undefined): number => heap?.size ?? 0
