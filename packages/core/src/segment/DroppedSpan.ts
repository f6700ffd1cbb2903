/**
 * The position of a span that a hook dropped or failed for, without its content. Its children are reparented to their nearest
 * kept ancestor. If it would have been an entry, its whole segment is dropped with it; but where the hook failed, the rest of
 * the segment is kept as that of a missing span.
 */

import type { Span } from '../model/Span.ts'
import type { SpanId } from '../model/SpanId.ts'
import type { TraceId } from '../model/TraceId.ts'
import * as Entry from './Entry.ts'

// model

export interface DroppedSpan extends Entry.Evidence {
  readonly traceId: TraceId
  readonly spanId: SpanId
  readonly isFailed: boolean
}

// constructors

export const of = (span: Span): DroppedSpan => at(span, false)

/** Of a span for which a hook failed. */
export const ofFailed = (span: Span): DroppedSpan => at(span, true)

const at = (span: Span, isFailed: boolean): DroppedSpan => ({
  traceId: span.traceId,
  spanId: span.spanId,
  parentSpanId: span.parentSpanId,
  traits: Entry.traitsOf(span),
  isFailed,
})
