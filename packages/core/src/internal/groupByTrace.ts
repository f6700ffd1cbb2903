/** What belongs to one trace, together, in its order. Linear. */
import type { TraceId } from '../model/TraceId.ts'

export const groupByTrace = <B extends { readonly traceId: TraceId }>(
  all: ReadonlyArray<B>,
): ReadonlyMap<TraceId, ReadonlyArray<B>> => {
  const traces = new Map<TraceId, Array<B>>()
  for (const one of all) {
    const known = traces.get(one.traceId)
    if (known === undefined) traces.set(one.traceId, [one])
    else known.push(one)
  }
  return traces
}
