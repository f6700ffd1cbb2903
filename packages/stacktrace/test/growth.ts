/** Tests whether the time of work is linear in the length of a text, on a machine whose load is unknown. */

// model

/** Does the work once, on a text of about `size` characters. */
export type Work = (size: number) => () => void

// running

/**
 * Whether a text of a hundred times the length takes less than a thousand times the time.
 *
 * Linear work takes a hundred times as long, quadratic work ten thousand times; the bound is the geometric mean. Other
 * processes make single runs slow, so the minimum of an increasing number of runs is compared. Times below a tenth of a
 * millisecond count as a tenth, because the clock does not resolve them.
 */
export const isLinear = (work: Work): boolean => {
  const short = work(SHORT)
  const long = work(100 * SHORT)
  return TRIES.some(
    (runs) => minMillis(long, runs) <= 1000 * Math.max(minMillis(short, 10 * runs), 0.1),
  )
}

const SHORT = 5000

const TRIES = [1, 2, 4, 8]

/** The minimum of several runs, because other processes can only add to the time. */
const minMillis = (run: () => void, runs: number): number => {
  let min = Number.POSITIVE_INFINITY
  for (let at = 0; at < runs; at++) {
    const start = performance.now()
    run()
    min = Math.min(min, performance.now() - start)
  }
  return min
}
