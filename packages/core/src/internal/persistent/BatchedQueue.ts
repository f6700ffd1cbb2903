/**
 * A persistent first-in, first-out queue: a batched queue, made of a front list and a reversed back list. Old versions
 * stay valid. `push` and `pop` are amortised O(1).
 *
 * Source: C. Okasaki, "Purely Functional Data Structures", section 5.2.
 */
import { frozen } from '../frozen.ts'

// model

export interface BatchedQueue<A> {
  /** The oldest values, the oldest first. Empty only if the queue is. */
  readonly front: Cell<A> | undefined
  /** The values added after those in `front`, the newest first. */
  readonly back: Cell<A> | undefined
  readonly size: number
}

interface Cell<A> {
  readonly value: A
  readonly next: Cell<A> | undefined
}

// constructors

export const empty: BatchedQueue<never> = /* @__PURE__ */ frozen({
  front: undefined,
  back: undefined,
  size: 0,
})

// transformations

/** O(1). */
export const push = <A>({ front, back, size }: BatchedQueue<A>, value: A): BatchedQueue<A> =>
  front === undefined
    ? { front: { value, next: undefined }, back: undefined, size: 1 }
    : { front, back: { value, next: back }, size: size + 1 }

/** Without its oldest value. Amortised O(1): each value is moved from back to front once. */
export const pop = <A>({ front, back, size }: BatchedQueue<A>): BatchedQueue<A> => {
  if (front?.next !== undefined) return { front: front.next, back, size: size - 1 }
  const reversed = reverse(back)
  return reversed === undefined ? empty : { front: reversed, back: undefined, size: size - 1 }
}

/** Only the values that satisfy a predicate, in the same order. It is called once for each. O(n). */
export const filter = <A>(
  { front, back }: BatchedQueue<A>,
  predicate: (value: A) => boolean,
): BatchedQueue<A> => {
  let kept: Cell<A> | undefined
  let size = 0
  for (const cells of [front, reverse(back)]) {
    for (let cell = cells; cell !== undefined; cell = cell.next) {
      if (!predicate(cell.value)) continue
      kept = { value: cell.value, next: kept }
      size++
    }
  }
  return kept === undefined ? empty : { front: reverse(kept), back: undefined, size }
}

const reverse = <A>(cells: Cell<A> | undefined): Cell<A> | undefined => {
  let reversed: Cell<A> | undefined
  for (let cell = cells; cell !== undefined; cell = cell.next) {
    reversed = { value: cell.value, next: reversed }
  }
  return reversed
}

// folds

/** The oldest value; `undefined` if the queue is empty. O(1). */
export const first = <A>({ front }: BatchedQueue<A>): A | undefined => front?.value
