/**
 * Counts as sums of weights. Sentry stores the rate of an item as a multiple of 1e-6, and the integer next to its reciprocal as
 * the weight of the item: up to 1022 each integer is the weight of some rate, above it few are. Source:
 * `rust_snuba/src/processors/eap_items.rs` of getsentry/snuba.
 */

// model

export interface Weight {
  readonly weight: number
  /** From 1e-6 to 1. */
  readonly rate: number
}

export interface Weights {
  readonly weights: ReadonlyArray<Weight>
  /** The part of the count that no weight has. */
  readonly rest: number
}

/** The least rate is 1 / STEPS. */
const STEPS = 1_000_000

/** Of one count. Counts above some ten million are beyond the items that one value should cost. */
const MAX_WEIGHTS = 16

// constructors

/** The largest weights that together are the count, each the largest that is left. `count` is an integer of at least 0. */
export const weightsOf = (count: number): Weights => {
  const weights: Array<Weight> = []
  let rest = count
  while (rest > 0 && weights.length < MAX_WEIGHTS) {
    const largest = largestUpTo(rest)
    weights.push(largest)
    rest -= largest.weight
  }
  return { weights, rest }
}

/** The weight that an item with this rate has in the storage. */
export const ofRate = (rate: number): number =>
  rate > 0 && rate <= 1 ? weightOf(Math.max(1, Math.round(rate * STEPS))) : 1

const largestUpTo = (count: number): Weight => {
  let steps = Math.max(1, Math.ceil(STEPS / (count + 0.5)))
  while (weightOf(steps) > count) steps++
  const weight = weightOf(steps)
  // Of the rates of a weight, the one next to its reciprocal.
  const nearest = Math.round(STEPS / weight)
  return { weight, rate: (weightOf(nearest) === weight ? nearest : steps) / STEPS }
}

/** As the storage computes it: the quotient of the rounded rate is not always that of the integers. */
const weightOf = (steps: number): number => Math.round(1 / (steps / STEPS))
