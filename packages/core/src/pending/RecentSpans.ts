/**
 * What is remembered of spans that are gone, for a while. They are forgotten by generations: those of some time at once, which
 * costs nothing. Old versions stay as they were.
 */

import * as CritBitTree from '../internal/persistent/CritBitTree.ts'
import type { Limits } from '../model/Limits.ts'
import type { SpanId } from '../model/SpanId.ts'
import type { TraceId } from '../model/TraceId.ts'

// model

export interface RecentSpans<A> {
  /** The newest first. */
  readonly generations: ReadonlyArray<Generation<A>>
  /** Spans of all of them. */
  readonly size: number
}

interface Generation<A> {
  readonly spans: CritBitTree.CritBitTree<A>
  readonly firstMillis: number
  readonly lastMillis: number
}

/** How long a span is remembered, and how many may be. A generation is a quarter of both. */
export type Extent = Pick<Limits, 'lateWindowMillis' | 'maxRememberedSpans'>

const GENERATIONS = 4

// constructors

export const empty: RecentSpans<never> = { generations: [], size: 0 }

// combinators

/** With spans of a trace, be they too many. What is remembered of one already stays. */
export const add = <A, B extends { readonly spanId: SpanId }>(
  memory: RecentSpans<A>,
  { lateWindowMillis, maxRememberedSpans }: Extent,
  traceId: TraceId,
  spans: ReadonlyArray<B>,
  toValue: (span: B) => A,
  nowMillis: number,
): RecentSpans<A> => {
  const most = Math.min(
    CritBitTree.MAX_SPANS,
    Math.max(1, Math.ceil(maxRememberedSpans / GENERATIONS)),
  )
  let made = memory
  let rest = spans
  while (rest.length > 0) {
    const [newest] = made.generations
    const isOpen =
      newest !== undefined &&
      newest.spans.size < most &&
      nowMillis - newest.firstMillis <= lateWindowMillis / GENERATIONS
    const { spans: before, firstMillis } = isOpen
      ? newest
      : { spans: CritBitTree.empty<A>(newest?.spans.size ?? 0), firstMillis: nowMillis }
    const room = most - before.size
    const after = CritBitTree.add(before, traceId, rest.slice(0, room), toValue)
    const generation = { spans: after, firstMillis, lastMillis: nowMillis }
    made = {
      generations: [generation, ...made.generations.slice(isOpen ? 1 : 0)],
      size: made.size + after.size - before.size,
    }
    rest = rest.slice(room)
  }
  return made
}

/** Without the generations whose time is over. */
export const forget = <A>(
  memory: RecentSpans<A>,
  extent: Extent,
  nowMillis: number,
): RecentSpans<A> =>
  memory.size > 0 && expiryMillis(memory, extent) <= nowMillis
    ? forget(forgetOldest(memory), extent, nowMillis)
    : memory

export const forgetOldest = <A>({ generations, size }: RecentSpans<A>): RecentSpans<A> => ({
  generations: generations.slice(0, -1),
  size: size - (generations.at(-1)?.spans.size ?? 0),
})

// destructors

/** When something was last added to the oldest generation; infinite where nothing is remembered. */
export const oldestMillis = ({ generations }: RecentSpans<unknown>): number =>
  generations.at(-1)?.lastMillis ?? Number.POSITIVE_INFINITY

/** When the oldest generation is to be forgotten; infinite for never. */
export const expiryMillis = (memory: RecentSpans<unknown>, { lateWindowMillis }: Extent): number =>
  oldestMillis(memory) + lateWindowMillis

/** Finds the spans of a trace; `undefined` where none is remembered. */
export const ofTrace = <A>(
  { generations }: RecentSpans<A>,
  traceId: TraceId,
): CritBitTree.Lookup<A> | undefined => {
  const found = generations.flatMap(({ spans }) => CritBitTree.ofTrace(spans, traceId) ?? [])
  const [first, ...earlier] = found
  if (earlier.length === 0) return first
  return (spanId) => {
    for (const find of found) {
      const value = find(spanId)
      if (value !== undefined) return value
    }
    return undefined
  }
}
