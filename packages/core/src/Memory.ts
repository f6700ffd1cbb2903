/**
 * What is remembered of the spans of one trace that are not there any more. A list of additions, newest first; short ones
 * are joined, so that looking up costs the logarithm of their number. Old versions stay as they were.
 */
import type { SpanId } from './SpanId.ts'
import * as SpanMap from './SpanMap.ts'

// model

export interface Memory<A> {
  readonly spans: SpanMap.SpanMap<A>
  readonly earlier: Memory<A> | undefined
  /** Of this and all earlier additions. */
  readonly count: number
}

// combinators

/** The given map belongs to the memory afterwards. */
export const add = <A>(memory: Memory<A> | undefined, spans: ReadonlyMap<SpanId, A>): Memory<A> => {
  let joined: SpanMap.SpanMap<A> = spans
  let earlier = memory
  while (earlier !== undefined && SpanMap.size(earlier.spans) <= SpanMap.size(joined) * 2) {
    joined = SpanMap.concat(earlier.spans, joined)
    earlier = earlier.earlier
  }
  return {
    spans: SpanMap.of(joined),
    earlier,
    count: SpanMap.size(joined) + (earlier?.count ?? 0),
  }
}

// destructors

export const get = <A>(memory: Memory<A> | undefined, id: SpanId): A | undefined => {
  for (let at = memory; at !== undefined; at = at.earlier) {
    const found = SpanMap.get(at.spans, id)
    if (found !== undefined) return found
  }
  return undefined
}
