/** Chance that repeats itself: the same seed gives the same numbers, on every machine. */

// model

/** At least 0, less than 1. */
export type Random = () => number

// constructors

/** A linear congruential generator: even enough for test data, and for nothing else. */
export const of = (seed: number): Random => {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
