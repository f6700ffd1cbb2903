/** What is remembered of spans that wait no longer: that they were sent, or that a hook dropped them. */

import type * as SpanTree from '../internal/persistent/CritBitTree.ts'
import type { Limits } from '../model/Limits.ts'
import type { TraceId } from '../model/TraceId.ts'
import type { Tombstone } from '../segment/DroppedSpan.ts'
import * as Segment from '../segment/Segment.ts'
import * as SentSpan from '../segment/SentSpan.ts'
import * as Memory from './RecentSpans.ts'

// model

export interface Gone {
  readonly sent: Memory.Memory<SentSpan.SentSpan>
  readonly dropped: Memory.Memory<Tombstone>
}

/** Of one trace. Either is `undefined` where none is remembered. */
export interface OfTrace {
  readonly sent: SpanTree.Lookup<SentSpan.SentSpan> | undefined
  readonly dropped: SpanTree.Lookup<Tombstone> | undefined
}

// constructors

export const empty: Gone = { sent: Memory.empty, dropped: Memory.empty }

// combinators

/** With the spans of a segment that is sent now. */
export const send =
  (limits: Limits) =>
  (gone: Gone, segment: Segment.Segment<unknown>, nowMillis: number): Gone => {
    if (limits.lateWindowMillis <= 0 || limits.maxRememberedSpans <= 0) return gone
    const transaction =
      Segment.continuedName(segment) ?? Segment.serviceOf(segment).name ?? 'unknown_service'
    const sent = Memory.add(
      gone.sent,
      limits,
      segment.root.traceId,
      Segment.nodes(segment),
      SentSpan.inTransaction(transaction),
      nowMillis,
    )
    return keepWithin(limits, sent, gone.dropped)
  }

/** With spans of a trace that were dropped now. */
export const drop =
  (limits: Limits) =>
  (gone: Gone, traceId: TraceId, tombstones: ReadonlyArray<Tombstone>, nowMillis: number): Gone => {
    const dropped = Memory.add(gone.dropped, limits, traceId, tombstones, (one) => one, nowMillis)
    return keepWithin(limits, gone.sent, dropped)
  }

/** The limit is for both together: the oldest are forgotten. */
const keepWithin = (limits: Limits, sent: Gone['sent'], dropped: Gone['dropped']): Gone => {
  const count = sent.size + dropped.size
  if (count === 0 || count <= limits.maxRememberedSpans) return { sent, dropped }
  return Memory.oldestMillis(sent) <= Memory.oldestMillis(dropped)
    ? keepWithin(limits, Memory.forgetOldest(sent), dropped)
    : keepWithin(limits, sent, Memory.forgetOldest(dropped))
}

/** Without what was remembered for long enough. */
export const forget =
  (limits: Limits) =>
  ({ sent, dropped }: Gone, nowMillis: number): Gone => ({
    sent: Memory.forget(sent, limits, nowMillis),
    dropped: Memory.forget(dropped, limits, nowMillis),
  })

// destructors

export const size = ({ sent, dropped }: Gone): number => sent.size + dropped.size

/** When something is to be forgotten; infinite for never. */
export const expiryMillis =
  (limits: Limits) =>
  ({ sent, dropped }: Gone): number =>
    Math.min(Memory.expiryMillis(sent, limits), Memory.expiryMillis(dropped, limits))

export const ofTrace = ({ sent, dropped }: Gone, traceId: TraceId): OfTrace => ({
  sent: Memory.ofTrace(sent, traceId),
  dropped: Memory.ofTrace(dropped, traceId),
})
