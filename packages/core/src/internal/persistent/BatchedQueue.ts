/**
 * A queue that keeps its old versions: what is added last comes out last. Adding and removing cost the same however long
 * it is, over its life.
 */

// model

export interface BatchedQueue<A> {
  /** What comes out next, then what was added after it. */
  readonly front: Cell<A> | undefined
  /** What was added later, the last first. */
  readonly back: Cell<A> | undefined
  readonly size: number
}

interface Cell<A> {
  readonly value: A
  readonly next: Cell<A> | undefined
}

// constructors

export const empty: BatchedQueue<never> = { front: undefined, back: undefined, size: 0 }

// combinators

export const push = <A>({ front, back, size }: BatchedQueue<A>, value: A): BatchedQueue<A> =>
  front === undefined
    ? { front: { value, next: undefined }, back: undefined, size: 1 }
    : { front, back: { value, next: back }, size: size + 1 }

/** Without its first. */
export const pop = <A>({ front, back, size }: BatchedQueue<A>): BatchedQueue<A> => {
  if (front?.next !== undefined) return { front: front.next, back, size: size - 1 }
  const turned = turn(back)
  return turned === undefined ? empty : { front: turned, back: undefined, size: size - 1 }
}

/** Only what is to be kept, in the same order; it is asked of each once. Costs what is in it. */
export const filter = <A>(
  { front, back }: BatchedQueue<A>,
  isKept: (value: A) => boolean,
): BatchedQueue<A> => {
  let kept: Cell<A> | undefined
  let size = 0
  for (const cells of [front, turn(back)]) {
    for (let cell = cells; cell !== undefined; cell = cell.next) {
      if (!isKept(cell.value)) continue
      kept = { value: cell.value, next: kept }
      size++
    }
  }
  return kept === undefined ? empty : { front: turn(kept), back: undefined, size }
}

const turn = <A>(cells: Cell<A> | undefined): Cell<A> | undefined => {
  let turned: Cell<A> | undefined
  for (let cell = cells; cell !== undefined; cell = cell.next) {
    turned = { value: cell.value, next: turned }
  }
  return turned
}

// destructors

/** What comes out next; `undefined` where nothing is in it. */
export const first = <A>({ front }: BatchedQueue<A>): A | undefined => front?.value
