/**
 * A queue that keeps its old versions: what is added last comes out last. Adding and removing cost the same however long
 * it is, over its life.
 */

// model

export interface Queue<A> {
  /** What comes out next, then what was added after it. */
  readonly front: Cell<A> | undefined
  /** What was added later, the last first. */
  readonly back: Cell<A> | undefined
}

interface Cell<A> {
  readonly value: A
  readonly next: Cell<A> | undefined
}

// constructors

export const empty: Queue<never> = { front: undefined, back: undefined }

// combinators

export const push = <A>({ front, back }: Queue<A>, value: A): Queue<A> =>
  front === undefined
    ? { front: { value, next: undefined }, back: undefined }
    : { front, back: { value, next: back } }

/** Without its first. */
export const pop = <A>({ front, back }: Queue<A>): Queue<A> => {
  if (front?.next !== undefined) return { front: front.next, back }
  let turned: Cell<A> | undefined
  for (let cell = back; cell !== undefined; cell = cell.next) {
    turned = { value: cell.value, next: turned }
  }
  return turned === undefined ? empty : { front: turned, back: undefined }
}

// destructors

/** What comes out next; `undefined` where nothing is in it. */
export const first = <A>({ front }: Queue<A>): A | undefined => front?.value
