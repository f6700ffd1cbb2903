/**
 * What is remembered of the spans of one trace that are not there any more. A list of additions, newest first; short ones
 * are joined, so that looking up costs the logarithm of their number. Old versions stay as they were.
 */
import type { SpanId } from './SpanId.ts'

// model

export interface Memory<A> {
  readonly spans: ReadonlyMap<SpanId, A>
  readonly earlier: Memory<A> | undefined
  /** Of this and all earlier additions. */
  readonly count: number
}

// combinators

/** The given map belongs to the memory afterwards. */
export const add = <A>(memory: Memory<A> | undefined, spans: ReadonlyMap<SpanId, A>): Memory<A> => {
  let joined = spans
  let earlier = memory
  while (earlier !== undefined && earlier.spans.size <= joined.size * 2) {
    joined = new Map([...earlier.spans, ...joined])
    earlier = earlier.earlier
  }
  return { spans: joined, earlier, count: joined.size + (earlier?.count ?? 0) }
}

// destructors

export const get = <A>(memory: Memory<A> | undefined, id: SpanId): A | undefined => {
  for (let at = memory; at !== undefined; at = at.earlier) {
    const found = at.spans.get(id)
    if (found !== undefined) return found
  }
  return undefined
}
