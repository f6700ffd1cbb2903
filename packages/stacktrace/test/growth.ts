/** Whether the time of work grows as the text does: told apart from quadratic work on a machine of any mood. */

// model

/** Does the work once, on a text of about `size` characters. */
export type Work = (size: number) => () => void

// combinators

/**
 * Whether a hundred times the text takes less than a thousand times the time.
 *
 * Linear work takes a hundred times as long, quadratic work ten thousand times; the bound is halfway between the
 * powers, and far from both. A busy machine makes one try slow, not all of them: the least of ever more runs counts.
 * What takes less than a tenth of a millisecond is taken for so much, since the clock shows nothing of it.
 */
export const isLinear = (work: Work): boolean => {
  const short = work(SHORT)
  const long = work(100 * SHORT)
  return TRIES.some(
    (runs) => leastMillis(long, runs) <= 1000 * Math.max(leastMillis(short, 10 * runs), 0.1),
  )
}

/** Whether something takes less than so many milliseconds, at one try of several. */
export const isWithin = (millis: number, run: () => void): boolean =>
  TRIES.some((runs) => leastMillis(run, runs) < millis)

const SHORT = 5000

const TRIES = [1, 2, 4, 8]

/** The least of several runs, since other processes only ever add to it. */
const leastMillis = (run: () => void, runs: number): number => {
  let least = Number.POSITIVE_INFINITY
  for (let at = 0; at < runs; at++) {
    const start = performance.now()
    run()
    least = Math.min(least, performance.now() - start)
  }
  return least
}
