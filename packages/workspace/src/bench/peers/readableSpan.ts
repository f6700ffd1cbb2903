/** Spans as the OpenTelemetry SDK for JavaScript hands them to an exporter. */
import type { Attributes } from '@sentry-exporter/core/Attributes'
import type { Span } from '@sentry-exporter/core/Span'
import type { SpanKind } from '@sentry-exporter/core/SpanKind'

// model

/** Seconds, and nanoseconds of a second. */
type HrTime = readonly [number, number]

interface SpanContext {
  readonly traceId: string
  readonly spanId: string
  readonly traceFlags: number
}

/** The fields that a peer reads. */
export interface PeerSpan {
  readonly name: string
  readonly kind: number
  readonly spanContext: () => SpanContext
  readonly parentSpanContext: SpanContext | undefined
  readonly startTime: HrTime
  readonly endTime: HrTime
  readonly status: { readonly code: number; readonly message?: string }
  readonly attributes: Attributes
  readonly links: ReadonlyArray<never>
  readonly events: ReadonlyArray<object>
  readonly resource: { readonly attributes: Attributes }
  readonly instrumentationScope: { readonly name: string }
}

// constructors

/** The numbers of the API. */
const KINDS: Readonly<Record<SpanKind, number>> = {
  UNSPECIFIED: 0,
  INTERNAL: 0,
  SERVER: 1,
  CLIENT: 2,
  PRODUCER: 3,
  CONSUMER: 4,
}

/** `suffix` replaces the end of the ids, so that one span gives many. */
export const readableSpan = (span: Span, suffix: string): PeerSpan => {
  const contextOf = (spanId: string): SpanContext => ({
    traceId: other(span.traceId, suffix),
    spanId: other(spanId, suffix),
    traceFlags: 1,
  })
  const context = contextOf(span.spanId)
  return {
    name: span.name,
    kind: KINDS[span.kind],
    spanContext: () => context,
    parentSpanContext: span.parentSpanId === undefined ? undefined : contextOf(span.parentSpanId),
    startTime: hrTime(span.startMicros),
    endTime: hrTime(span.endMicros),
    status: span.status.code === 'ERROR' ? { code: 2, message: span.status.message } : { code: 0 },
    attributes: span.attributes,
    links: [],
    events: span.events.map(({ name, timeMicros, attributes }) => ({
      name,
      time: hrTime(timeMicros),
      attributes,
    })),
    resource: { attributes: span.resource.attributes },
    instrumentationScope: span.scope,
  }
}

const other = (id: string, suffix: string): string =>
  id.slice(0, id.length - suffix.length) + suffix

const hrTime = (micros: number): HrTime => [Math.floor(micros / 1e6), (micros % 1e6) * 1_000]
