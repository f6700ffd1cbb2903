/** Those who wait, in the order in which they came: both ends are taken from at a cost that does not depend on the length. */

// model

export interface Deque<A> {
  readonly push: (value: A) => void
  /** Takes the one that came first. */
  readonly takeOldest: () => A | undefined
  /** Takes the one that came last. */
  readonly takeNewest: () => A | undefined
  readonly length: () => number
}

// constructors

/**
 * Mutable: one owner. A ring in one array. Places that name the next one would keep it: of two generations of a heap, what is
 * old and gone then holds on to all that came after it, until the old one is collected too.
 */
export const make = <A>(): Deque<A> => {
  let places: Array<A | undefined> = emptyPlaces(FEWEST)
  let first = 0
  let length = 0

  const grow = (): void => {
    places = [...places.slice(first), ...places.slice(0, first), ...emptyPlaces<A>(length)]
    first = 0
  }
  const take = (at: number): A | undefined => {
    const taken = places[at]
    places[at] = undefined
    length--
    return taken
  }
  return {
    push: (value) => {
      if (length === places.length) grow()
      places[(first + length) % places.length] = value
      length++
    },
    takeOldest: () => {
      if (length === 0) return undefined
      const at = first
      first = (first + 1) % places.length
      return take(at)
    },
    takeNewest: () => (length === 0 ? undefined : take((first + length - 1) % places.length)),
    length: () => length,
  }
}

const emptyPlaces = <A>(count: number): Array<A | undefined> => new Array(count).fill(undefined)

const FEWEST = 16
