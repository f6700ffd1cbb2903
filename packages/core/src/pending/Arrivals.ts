/** When the nodes of a trace arrived. Most traces arrive at one time, so that nothing has to be remembered for each node. */
import type { SpanId } from '../model/SpanId.ts'

// model

export interface Arrivals {
  /** The nodes that arrived at another time than the last ones. */
  readonly others: ReadonlyMap<SpanId, number>
  readonly lastMillis: number
}

// folds

/** When a node arrived. */
export const of = ({ others, lastMillis }: Arrivals, id: SpanId): number =>
  others.get(id) ?? lastMillis

/** When the first and the last of some nodes arrived. */
export const range = (
  arrivals: Arrivals,
  nodes: ReadonlyArray<{ readonly spanId: SpanId }>,
): readonly [number, number] => {
  const { others, lastMillis } = arrivals
  if (others.size === 0) return [lastMillis, lastMillis]
  let first = Number.POSITIVE_INFINITY
  let last = 0
  for (const { spanId } of nodes) {
    const atMillis = of(arrivals, spanId)
    if (atMillis < first) first = atMillis
    if (atMillis > last) last = atMillis
  }
  return [first, last]
}
