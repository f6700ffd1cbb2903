/**
 * A queue by time that keeps its old versions: a pairing heap. Adding costs the same however large it is, removing the
 * logarithm of its size, over its life; the earliest is at the top.
 */

// model

export interface PairingHeap<A> {
  readonly atMillis: number
  readonly value: A
  /** Of this and all below. */
  readonly size: number
  /** None of them is earlier than this. */
  readonly children: Children<A> | undefined
}

interface Children<A> {
  readonly first: PairingHeap<A>
  readonly others: Children<A> | undefined
}

// combinators

export const push = <A>(
  heap: PairingHeap<A> | undefined,
  atMillis: number,
  value: A,
): PairingHeap<A> => merge(heap, single(atMillis, value))

/** Without its earliest. */
export const pop = <A>({ children }: PairingHeap<A>): PairingHeap<A> | undefined => {
  const heaps: Array<PairingHeap<A>> = []
  for (let at = children; at !== undefined; at = at.others) heaps.push(at.first)
  return mergeAll(heaps)
}

/** Only what is to be kept; it is asked of each once. Costs what is in it. */
export const filter = <A>(
  heap: PairingHeap<A> | undefined,
  isKept: (value: A, atMillis: number) => boolean,
): PairingHeap<A> | undefined => {
  const kept: Array<PairingHeap<A>> = []
  const open = heap === undefined ? [] : [heap]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (isKept(at.value, at.atMillis)) kept.push(single(at.atMillis, at.value))
    for (let child = at.children; child !== undefined; child = child.others) open.push(child.first)
  }
  return mergeAll(kept)
}

// destructors

export const size = <A>(heap: PairingHeap<A> | undefined): number => heap?.size ?? 0

const single = <A>(atMillis: number, value: A): PairingHeap<A> => ({
  atMillis,
  value,
  size: 1,
  children: undefined,
})

/** First in pairs, then all pairs from the last on: so no heap has many children twice. */
const mergeAll = <A>(heaps: ReadonlyArray<PairingHeap<A>>): PairingHeap<A> | undefined => {
  let merged: PairingHeap<A> | undefined
  for (let at = heaps.length - 2 + (heaps.length % 2); at >= 0; at -= 2) {
    const [one, other] = [heaps[at], heaps[at + 1]]
    if (one !== undefined) merged = merge(merged, other === undefined ? one : merge(one, other))
  }
  return merged
}

const merge = <A>(a: PairingHeap<A> | undefined, b: PairingHeap<A>): PairingHeap<A> => {
  if (a === undefined) return b
  const [top, other] = a.atMillis <= b.atMillis ? [a, b] : [b, a]
  return {
    atMillis: top.atMillis,
    value: top.value,
    size: a.size + b.size,
    children: { first: other, others: top.children },
  }
}
