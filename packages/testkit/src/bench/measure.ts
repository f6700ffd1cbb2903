/** Measures one figure in this process: rounds after a warm-up, and the median of them. */
import type { Figure } from './figures.ts'
import * as Reference from './Reference.ts'

const WARM_UP_MILLIS = 1_500

const ROUNDS = 25

/** Microseconds per span. */
export const measure = (figure: Figure): number => {
  const reference = Reference.read()
  const round = figure.prepare(reference)
  const start = performance.now()
  while (performance.now() - start < WARM_UP_MILLIS) round()
  const times = Array.from({ length: ROUNDS }, () => {
    const before = performance.now()
    round()
    return performance.now() - before
  })
  return (median(times) * 1000) / reference.spans
}

export const median = (numbers: ReadonlyArray<number>): number => {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
