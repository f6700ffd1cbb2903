/** Measures one figure in this process: rounds after a warm-up, and the median of them. */
import type { Figure } from './Figure.ts'
import { median } from './median.ts'
import * as Reference from './Reference.ts'

const WARM_UP_MILLIS = 1_500

const MEASURE_MILLIS = 1_500

/** Microseconds per span, or bytes. */
export const measure = async (figure: Figure): Promise<number> => {
  const prepared = figure.prepare(Reference.read())
  if ('weigh' in prepared) return prepared.weigh()
  const { run, spans, counted, close, warmUpMillis = WARM_UP_MILLIS } = prepared
  const start = performance.now()
  while (performance.now() - start < warmUpMillis) await run()
  const times: Array<number> = []
  const measured = performance.now()
  while (times.length < 3 || performance.now() - measured < MEASURE_MILLIS) {
    const before = performance.now()
    await run()
    times.push(counted?.() ?? performance.now() - before)
  }
  close?.()
  return (median(times) * 1000) / spans
}
