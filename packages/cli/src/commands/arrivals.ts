/** The order in which spans arrive: file by file, or shuffled and divided into batches. */
import type { Span } from '@sentry-exporter/core/Span'
import type { ConvertArgs } from './ConvertArgs.ts'

/** Shuffles first, then divides. `--batch` without `--shuffle` keeps the order of the files. */
export const arrivals =
  ({ shuffle, batch }: Pick<ConvertArgs, 'shuffle' | 'batch'>) =>
  (files: ReadonlyArray<ReadonlyArray<Span>>): ReadonlyArray<ReadonlyArray<Span>> => {
    if (shuffle === undefined && batch === undefined) return files
    const spans = files.flat()
    const ordered = shuffle === undefined ? spans : shuffled(spans, shuffle)
    const size = batch ?? Math.max(1, ordered.length)
    const batches: Array<ReadonlyArray<Span>> = []
    for (let at = 0; at < ordered.length; at += size) batches.push(ordered.slice(at, at + size))
    return batches
  }

/** A Fisher-Yates shuffle with a linear congruential generator: a seed gives the same order on every machine. */
const shuffled = <A>(values: ReadonlyArray<A>, seed: number): ReadonlyArray<A> => {
  const order = [...values]
  let state = seed >>> 0
  for (let i = order.length - 1; i > 0; i--) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    const j = Math.floor((state / 2 ** 32) * (i + 1))
    const [a, b] = [order[i], order[j]]
    if (a === undefined || b === undefined) continue
    order[i] = b
    order[j] = a
  }
  return order
}
