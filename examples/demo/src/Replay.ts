/**
 * Recorded spans made new: all times shifted so that the newest end is now, and all ids derived again from a salt.
 * Sentry takes no transaction of last month, and drops an event whose id it has seen within the hour.
 */

import { Replay } from '@sentry-exporter/core'
import * as Batch from '@sentry-exporter/core/Batch'
import type { Span } from '@sentry-exporter/core/Span'
import * as SpanId from '@sentry-exporter/core/SpanId'
import * as TraceId from '@sentry-exporter/core/TraceId'

// model

export interface Renewal {
  /** The same salt gives the same ids. */
  readonly salt: string
  readonly nowMillis: number
}

// transformations

/** Same trees, same durations, same links between traces; other ids and times. */
export const renew =
  ({ salt, nowMillis }: Renewal) =>
  (batch: Batch.Batch): Batch.Batch => {
    const recording = { traces: [batch], logs: [] }
    const { traces } = Replay.shift(Replay.microsTo(nowMillis)(recording))(recording)
    const traceId = (id: TraceId.TraceId): TraceId.TraceId => TraceId.fromContent([salt, id])
    const spanId = (trace: TraceId.TraceId, id: SpanId.SpanId): SpanId.SpanId =>
      SpanId.fromContent([salt, trace, id])
    const renewSpan = (span: Span): Span => ({
      ...span,
      traceId: traceId(span.traceId),
      spanId: spanId(span.traceId, span.spanId),
      parentSpanId:
        span.parentSpanId === undefined ? undefined : spanId(span.traceId, span.parentSpanId),
      links: span.links.map((link) => ({
        ...link,
        traceId: traceId(link.traceId),
        spanId: spanId(link.traceId, link.spanId),
      })),
    })
    const { spans, repairs } = Batch.concatAll(traces)
    return { ...batch, repairs, spans: spans.map(renewSpan) }
  }
