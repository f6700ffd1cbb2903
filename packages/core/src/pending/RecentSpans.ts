/** Values of recent spans, bounded in time and number. Whole buckets are forgotten, which is O(1). Old versions stay valid. */

import * as Expiring from '../internal/persistent/Expiring.ts'
import * as SpanTable from '../internal/persistent/SpanTable.ts'
import type { Limits } from '../model/Limits.ts'
import type { SpanId } from '../model/SpanId.ts'
import type { TraceId } from '../model/TraceId.ts'

// model

export type RecentSpans<A> = Expiring.Expiring<SpanTable.SpanTable<A>>

/** How long a span is remembered at least, and how many spans are at most. A bucket holds a quarter of both. */
export type HistoryBounds = Pick<Limits, 'lateWindowMillis' | 'maxRememberedSpans'>

/** Spans of one trace that are added at one time. */
export interface Addition<A, B extends { readonly spanId: SpanId }> {
  readonly traceId: TraceId
  readonly spans: ReadonlyArray<B>
  readonly toValue: (span: B) => A
  readonly nowMillis: number
}

const BUCKETS = 4

// constructors

export const empty: RecentSpans<never> = Expiring.empty

// transformations

/** Adds spans, also beyond the maximum number. A span that the newest bucket holds keeps its value. */
export const add = <A, B extends { readonly spanId: SpanId }>(
  recent: RecentSpans<A>,
  { lateWindowMillis, maxRememberedSpans }: HistoryBounds,
  { traceId, spans, toValue, nowMillis }: Addition<A, B>,
): RecentSpans<A> => {
  const maxSize = Math.min(
    SpanTable.MAX_SPANS,
    Math.max(1, Math.ceil(maxRememberedSpans / BUCKETS)),
  )
  let buckets = recent
  for (let rest = spans; rest.length > 0; ) {
    const [newest] = buckets
    const isOpen =
      newest !== undefined &&
      newest.content.size < maxSize &&
      nowMillis - newest.firstMillis <= lateWindowMillis / BUCKETS
    const table = isOpen ? newest.content : emptyAfter<A>(newest?.content)
    const room = maxSize - table.size
    const grown = SpanTable.add(table, traceId, rest.slice(0, room), toValue)
    buckets = isOpen
      ? Expiring.update(buckets, grown, nowMillis)
      : Expiring.push(buckets, grown, nowMillis)
    rest = rest.slice(room)
  }
  return buckets
}

/** Buckets hold about as much as the one before, which saves growing them step by step. */
const emptyAfter = <A>(table: SpanTable.SpanTable<A> | undefined): SpanTable.SpanTable<A> =>
  table === undefined ? SpanTable.empty() : SpanTable.emptyLike(table)

/** Drops the buckets whose time is over. */
export const expire = <A>(
  recent: RecentSpans<A>,
  { lateWindowMillis }: HistoryBounds,
  nowMillis: number,
): RecentSpans<A> => Expiring.expire(recent, lateWindowMillis, nowMillis)

// folds

export const size = (recent: RecentSpans<unknown>): number =>
  recent.reduce((sum, { content }) => sum + content.size, 0)

/** When the oldest bucket expires; infinite for never. */
export const expiryMillis = (
  recent: RecentSpans<unknown>,
  { lateWindowMillis }: HistoryBounds,
): number => Expiring.lastMillis(recent) + lateWindowMillis

/** Finds the spans of a trace; `undefined` if there are none. */
export const ofTrace = <A>(
  recent: RecentSpans<A>,
  traceId: TraceId,
): SpanTable.Lookup<A> | undefined => {
  const lookups: Array<SpanTable.Lookup<A>> = []
  for (const { content } of recent) {
    const lookup = SpanTable.ofTrace(content, traceId)
    if (lookup !== undefined) lookups.push(lookup)
  }
  if (lookups.length < 2) return lookups[0]
  return (spanId) => {
    for (const lookup of lookups) {
      const value = lookup(spanId)
      if (value !== undefined) return value
    }
    return undefined
  }
}
