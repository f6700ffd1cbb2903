/** What is remembered of spans that wait no longer: that they were sent, or that a hook dropped them. */

import type * as CritBitTree from '../internal/persistent/CritBitTree.ts'
import type { Limits } from '../model/Limits.ts'
import type { TraceId } from '../model/TraceId.ts'
import type { DroppedSpan } from '../segment/DroppedSpan.ts'
import * as Segment from '../segment/Segment.ts'
import * as SentSpan from '../segment/SentSpan.ts'
import * as RecentSpans from './RecentSpans.ts'

// model

export interface SentHistory {
  readonly sent: RecentSpans.RecentSpans<SentSpan.SentSpan>
  readonly dropped: RecentSpans.RecentSpans<DroppedSpan>
}

/** Of one trace. Either is `undefined` where none is remembered. */
export interface OfTrace {
  readonly sent: CritBitTree.Lookup<SentSpan.SentSpan> | undefined
  readonly dropped: CritBitTree.Lookup<DroppedSpan> | undefined
}

// constructors

export const empty: SentHistory = { sent: RecentSpans.empty, dropped: RecentSpans.empty }

// combinators

/** With the spans of a segment that is sent now. */
export const send =
  (limits: Limits) =>
  (gone: SentHistory, segment: Segment.Segment<unknown>, nowMillis: number): SentHistory => {
    if (limits.lateWindowMillis <= 0 || limits.maxRememberedSpans <= 0) return gone
    const transaction =
      Segment.continuedName(segment) ?? Segment.serviceOf(segment).name ?? 'unknown_service'
    const sent = RecentSpans.add(
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
  (
    gone: SentHistory,
    traceId: TraceId,
    tombstones: ReadonlyArray<DroppedSpan>,
    nowMillis: number,
  ): SentHistory => {
    const dropped = RecentSpans.add(
      gone.dropped,
      limits,
      traceId,
      tombstones,
      (one) => one,
      nowMillis,
    )
    return keepWithin(limits, gone.sent, dropped)
  }

/** The limit is for both together: the oldest are forgotten. */
const keepWithin = (
  limits: Limits,
  sent: SentHistory['sent'],
  dropped: SentHistory['dropped'],
): SentHistory => {
  const count = sent.size + dropped.size
  if (count === 0 || count <= limits.maxRememberedSpans) return { sent, dropped }
  return RecentSpans.oldestMillis(sent) <= RecentSpans.oldestMillis(dropped)
    ? keepWithin(limits, RecentSpans.forgetOldest(sent), dropped)
    : keepWithin(limits, sent, RecentSpans.forgetOldest(dropped))
}

/** Without what was remembered for long enough. */
export const forget =
  (limits: Limits) =>
  ({ sent, dropped }: SentHistory, nowMillis: number): SentHistory => ({
    sent: RecentSpans.forget(sent, limits, nowMillis),
    dropped: RecentSpans.forget(dropped, limits, nowMillis),
  })

// destructors

export const size = ({ sent, dropped }: SentHistory): number => sent.size + dropped.size

/** When something is to be forgotten; infinite for never. */
export const expiryMillis =
  (limits: Limits) =>
  ({ sent, dropped }: SentHistory): number =>
    Math.min(RecentSpans.expiryMillis(sent, limits), RecentSpans.expiryMillis(dropped, limits))

export const ofTrace = ({ sent, dropped }: SentHistory, traceId: TraceId): OfTrace => ({
  sent: RecentSpans.ofTrace(sent, traceId),
  dropped: RecentSpans.ofTrace(dropped, traceId),
})
