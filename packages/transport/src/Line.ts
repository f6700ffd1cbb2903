/** Those who wait, in the order in which they came: both ends are taken from at a cost that does not depend on the length. */

// model

export interface Line<A> {
  readonly push: (value: A) => void
  /** Takes the one that came first. */
  readonly takeOldest: () => A | undefined
  /** Takes the one that came last. */
  readonly takeNewest: () => A | undefined
  readonly length: () => number
}

interface Place<A> {
  readonly value: A
  previous: Place<A> | undefined
  next: Place<A> | undefined
}

// constructors

/** Mutable: one owner. */
export const make = <A>(): Line<A> => {
  let first: Place<A> | undefined
  let last: Place<A> | undefined
  let length = 0
  return {
    push: (value) => {
      const place: Place<A> = { value, previous: last, next: undefined }
      if (last === undefined) first = place
      else last.next = place
      last = place
      length++
    },
    takeOldest: () => {
      const taken = first
      if (taken === undefined) return undefined
      first = taken.next
      if (first === undefined) last = undefined
      else first.previous = undefined
      length--
      return taken.value
    },
    takeNewest: () => {
      const taken = last
      if (taken === undefined) return undefined
      last = taken.previous
      if (last === undefined) first = undefined
      else last.next = undefined
      length--
      return taken.value
    },
    length: () => length,
  }
}
