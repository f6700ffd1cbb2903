/**
 * The position of a span that a hook dropped, without its content. Its children are reparented to their nearest kept
 * ancestor; if it would have been an entry, its whole segment is dropped.
 */

import type { Span } from '../model/Span.ts'
import type { SpanId } from '../model/SpanId.ts'
import type { TraceId } from '../model/TraceId.ts'
import * as Entry from './Entry.ts'

// model

export interface DroppedSpan extends Entry.Evidence {
  readonly traceId: TraceId
  readonly spanId: SpanId
}

// constructors

export const of = (span: Span): DroppedSpan => ({
  traceId: span.traceId,
  spanId: span.spanId,
  parentSpanId: span.parentSpanId,
  traits: Entry.traitsOf(span),
})
