/** Spans that were sent or dropped recently, kept so that late children find their transaction. */

import { frozen } from '../internal/frozen.ts'
import * as Expiring from '../internal/persistent/Expiring.ts'
import type * as SpanTable from '../internal/persistent/SpanTable.ts'
import type { Limits } from '../model/Limits.ts'
import type { SpanId } from '../model/SpanId.ts'
import type { TraceId } from '../model/TraceId.ts'
import type { DroppedSpan } from '../segment/DroppedSpan.ts'
import * as Halves from '../segment/Halves.ts'
import * as Segment from '../segment/Segment.ts'
import * as SentSpan from '../segment/SentSpan.ts'
import { separateDropped } from '../segment/separateHalves.ts'
import * as RecentSpans from './RecentSpans.ts'

// model

export interface SentHistory {
  readonly sent: RecentSpans.RecentSpans<SentSpan.SentSpan>
  readonly dropped: RecentSpans.RecentSpans<DroppedSpan>
}

/** The history of one trace. A field is `undefined` if it has no spans. */
export interface TraceHistory {
  readonly sent: SpanTable.Lookup<SentSpan.SentSpan> | undefined
  readonly dropped: SpanTable.Lookup<DroppedSpan> | undefined
}

// constructors

export const empty: SentHistory = /* @__PURE__ */ frozen({
  sent: RecentSpans.empty,
  dropped: RecentSpans.empty,
})

// transformations

/** Records the spans of a segment that is sent now. */
export const recordSent =
  (limits: Limits) =>
  (history: SentHistory, segment: Segment.Segment<unknown>, nowMillis: number): SentHistory => {
    if (limits.lateWindowMillis <= 0 || limits.maxRememberedSpans <= 0) return history
    const transaction =
      Segment.continuedName(segment) ?? Segment.serviceOf(segment).name ?? 'unknown_service'
    const sent = RecentSpans.add(history.sent, limits, {
      traceId: segment.root.traceId,
      spans: Segment.nodes(segment),
      toValue: SentSpan.inTransaction(transaction),
      nowMillis,
    })
    return withinLimit(limits, sent, history.dropped)
  }

/** Records spans of a trace that a hook dropped now. */
export const recordDropped =
  (limits: Limits) =>
  (
    history: SentHistory,
    traceId: TraceId,
    spans: ReadonlyArray<DroppedSpan>,
    nowMillis: number,
  ): SentHistory => {
    const known = RecentSpans.ofTrace(history.dropped, traceId)
    const dropped = RecentSpans.add(history.dropped, limits, {
      traceId,
      spans: known === undefined ? spans : spans.map((span) => besideHalf(span, known)),
      toValue: (span) => span,
      nowMillis,
    })
    return withinLimit(limits, history.sent, dropped)
  }

/** If the other half of its call was dropped before, an id of its own. */
const besideHalf = (
  span: DroppedSpan,
  known: (spanId: SpanId) => DroppedSpan | undefined,
): DroppedSpan => {
  const { traceId, spanId, traits } = span
  const other = known(spanId)
  return other !== undefined && Halves.areHalves(other.traits.kind, traits.kind)
    ? separateDropped(span, Halves.idOf({ traceId, spanId, service: traits.service }, traits.kind))
    : span
}

/** Drops the oldest buckets of both while they hold more spans together than the limit. */
const withinLimit = (
  limits: Limits,
  sent: SentHistory['sent'],
  dropped: SentHistory['dropped'],
): SentHistory => {
  const count = RecentSpans.size(sent) + RecentSpans.size(dropped)
  if (count === 0 || count <= limits.maxRememberedSpans) return { sent, dropped }
  return Expiring.lastMillis(sent) <= Expiring.lastMillis(dropped)
    ? withinLimit(limits, Expiring.dropOldest(sent), dropped)
    : withinLimit(limits, sent, Expiring.dropOldest(dropped))
}

/** Drops the spans whose time is over. */
export const expire =
  (limits: Limits) =>
  ({ sent, dropped }: SentHistory, nowMillis: number): SentHistory => ({
    sent: RecentSpans.expire(sent, limits, nowMillis),
    dropped: RecentSpans.expire(dropped, limits, nowMillis),
  })

// folds

export const size = ({ sent, dropped }: SentHistory): number =>
  RecentSpans.size(sent) + RecentSpans.size(dropped)

/** When spans expire next; infinite for never. */
export const expiryMillis =
  (limits: Limits) =>
  ({ sent, dropped }: SentHistory): number =>
    Math.min(RecentSpans.expiryMillis(sent, limits), RecentSpans.expiryMillis(dropped, limits))

export const ofTrace = ({ sent, dropped }: SentHistory, traceId: TraceId): TraceHistory => ({
  sent: RecentSpans.ofTrace(sent, traceId),
  dropped: RecentSpans.ofTrace(dropped, traceId),
})
