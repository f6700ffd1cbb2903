/**
 * Recorded spans made new: all times shifted so that the newest end is now, and all ids derived again from a salt.
 * Sentry takes no transaction of last month, and drops an event whose id it has seen within the hour.
 */
import type { Batch } from '@sentry-exporter/core/Batch'
import * as Micros from '@sentry-exporter/core/Micros'
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
  (batch: Batch): Batch => {
    const newest = batch.spans.reduce((latest, span) => Math.max(latest, span.endMicros), 0)
    const shift = nowMillis * 1000 - newest
    const later = (time: Micros.Micros): Micros.Micros =>
      time === 0 ? time : Micros.of(time + shift)
    const traceId = (id: TraceId.TraceId): TraceId.TraceId => TraceId.fromContent([salt, id])
    const spanId = (trace: TraceId.TraceId, id: SpanId.SpanId): SpanId.SpanId =>
      SpanId.fromContent([salt, trace, id])
    const renewSpan = (span: Span): Span => ({
      ...span,
      traceId: traceId(span.traceId),
      spanId: spanId(span.traceId, span.spanId),
      parentSpanId:
        span.parentSpanId === undefined ? undefined : spanId(span.traceId, span.parentSpanId),
      startMicros: later(span.startMicros),
      endMicros: later(span.endMicros),
      events: span.events.map((event) => ({ ...event, timeMicros: later(event.timeMicros) })),
      links: span.links.map((link) => ({
        ...link,
        traceId: traceId(link.traceId),
        spanId: spanId(link.traceId, link.spanId),
      })),
    })
    return { ...batch, spans: batch.spans.map(renewSpan) }
  }
