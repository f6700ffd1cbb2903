/**
 * What is remembered of spans that are gone, for a while, and of no more than so many. They are forgotten by generations: those
 * of some time at once, which costs nothing. Old versions stay as they were.
 */
import type { SpanId } from './SpanId.ts'
import * as SpanTree from './SpanTree.ts'
import type { TraceId } from './TraceId.ts'

// model

export interface Memory<A> {
  /** The newest first. */
  readonly generations: ReadonlyArray<Generation<A>>
  /** Spans of all of them. */
  readonly size: number
}

interface Generation<A> {
  readonly spans: SpanTree.SpanTree<A>
  readonly firstMillis: number
  readonly lastMillis: number
}

/** How long a span is remembered at least, and how many are at most. A generation is a quarter of both. */
export interface Extent {
  readonly millis: number
  readonly spans: number
}

const GENERATIONS = 4

// constructors

export const empty: Memory<never> = { generations: [], size: 0 }

// combinators

/** With spans of a trace. What is remembered of one already stays. */
export const add = <A, B extends { readonly spanId: SpanId }>(
  memory: Memory<A>,
  extent: Extent,
  traceId: TraceId,
  spans: ReadonlyArray<B>,
  toValue: (span: B) => A,
  nowMillis: number,
): Memory<A> => {
  const most = Math.min(SpanTree.MOST_SPANS, Math.max(1, Math.ceil(extent.spans / GENERATIONS)))
  let made = memory
  let rest = spans
  while (rest.length > 0) {
    const [newest, ...earlier] = made.generations
    const isOpen =
      newest !== undefined &&
      newest.spans.size < most &&
      nowMillis - newest.firstMillis <= extent.millis / GENERATIONS
    const before = isOpen ? newest.spans : SpanTree.empty<A>(newest?.spans.size ?? 0)
    const room = most - before.size
    const after = SpanTree.add(
      before,
      traceId,
      rest.length > room ? rest.slice(0, room) : rest,
      toValue,
    )
    const generation: Generation<A> = {
      spans: after,
      firstMillis: isOpen ? newest.firstMillis : nowMillis,
      lastMillis: nowMillis,
    }
    made = {
      generations: [generation, ...(isOpen ? earlier : made.generations)],
      size: made.size + after.size - before.size,
    }
    while (made.size > extent.spans) made = forgetOldest(made)
    rest = rest.slice(room)
  }
  return made
}

/** Without the generations whose time is over. */
export const forget = <A>(memory: Memory<A>, extent: Extent, nowMillis: number): Memory<A> => {
  let made = memory
  while (made.size > 0 && expiryMillis(made, extent) <= nowMillis) made = forgetOldest(made)
  return made
}

export const forgetOldest = <A>({ generations, size }: Memory<A>): Memory<A> => ({
  generations: generations.slice(0, -1),
  size: size - (generations.at(-1)?.spans.size ?? 0),
})

// destructors

/** When something was last added to the oldest generation; infinite where nothing is remembered. */
export const oldestMillis = ({ generations }: Memory<unknown>): number =>
  generations.at(-1)?.lastMillis ?? Number.POSITIVE_INFINITY

/** When the oldest generation is to be forgotten; infinite for never. */
export const expiryMillis = (memory: Memory<unknown>, { millis }: Extent): number =>
  oldestMillis(memory) + millis

/** Finds the spans of a trace; `undefined` where none is remembered. */
export const ofTrace = <A>(
  { generations }: Memory<A>,
  traceId: TraceId,
): SpanTree.Lookup<A> | undefined => {
  let found: SpanTree.Lookup<A> | undefined
  for (const { spans } of generations) {
    const earlier = SpanTree.ofTrace(spans, traceId)
    found =
      found === undefined || earlier === undefined ? (found ?? earlier) : orElse(found, earlier)
  }
  return found
}

const orElse =
  <A>(first: SpanTree.Lookup<A>, second: SpanTree.Lookup<A>): SpanTree.Lookup<A> =>
  (spanId) =>
    first(spanId) ?? second(spanId)
