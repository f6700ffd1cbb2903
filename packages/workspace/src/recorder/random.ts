/** Draws from a seeded sequence of numbers: the same seed gives the same draws on every machine. */
import * as Random from '../Random.ts'

// model

export interface Draws {
  /** A whole number from 0 to below `limit`. */
  readonly below: (limit: number) => number
  /** True with this probability, from 0 to 1. */
  readonly chance: (probability: number) => boolean
  readonly pick: <A>(values: readonly [A, ...ReadonlyArray<A>]) => A
  /** Lower-case hexadecimal digits, not all zero. */
  readonly hex: (digits: number) => string
  /** The same values in another order. */
  readonly shuffle: <A>(values: ReadonlyArray<A>) => ReadonlyArray<A>
}

// constructors

export const seeded = (seed: number): Draws => {
  const next = Random.of(seed)
  const below = (limit: number): number => Math.floor(next() * limit)
  return {
    below,
    chance: (probability) => next() < probability,
    pick: (values) => values[below(values.length)] ?? values[0],
    hex: (digits) => {
      const drawn = Array.from({ length: digits - 1 }, () => below(16).toString(16)).join('')
      return `${drawn}${(1 + below(15)).toString(16)}`
    },
    shuffle: (values) => {
      const order = [...values]
      for (let i = order.length - 1; i > 0; i--) order.push(...order.splice(below(i + 1), 1))
      return order
    },
  }
}
