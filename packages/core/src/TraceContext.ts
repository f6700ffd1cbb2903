/**
 * Where an event stands in its trace. On a transaction it is the root span itself.
 * Source: `relay-event-schema/src/protocol/contexts/trace.rs` of getsentry/relay; a transaction without both ids is
 * dropped.
 */
import type { JsonObject } from './Json.ts'
import type { SentryLink } from './SentryLink.ts'
import type { SentrySpan } from './SentrySpan.ts'
import type { SpanId } from './SpanId.ts'
import type { Status } from './Status.ts'
import type { TraceId } from './TraceId.ts'
import * as TraceState from './TraceState.ts'

// model

export interface TraceContext {
  readonly trace_id: TraceId
  readonly span_id: SpanId
  readonly parent_span_id?: SpanId
  readonly op?: string
  readonly status?: Status
  readonly origin?: string
  readonly data?: JsonObject
  readonly links?: ReadonlyArray<SentryLink>
  /** The probability with which the trace was kept before it came here, as its trace state tells. */
  readonly client_sample_rate?: number
}

// constructors

/** The context of a transaction whose root this span is. */
export const ofRoot = (span: SentrySpan, parentSpanId: SpanId | undefined): TraceContext => ({
  ...place(span, parentSpanId),
  origin: span.origin,
  data: span.data,
  ...(span.links === undefined ? {} : { links: span.links }),
  ...sampled(span),
})

/** The context of an event that happened during this span. */
export const ofEvent = (span: SentrySpan): TraceContext => ({
  ...place(span, span.parent_span_id),
  ...sampled(span),
})

/** What the trace state in the data of a span tells of sampling. */
export const sampled = ({
  data,
}: Pick<SentrySpan, 'data'>): Pick<TraceContext, 'client_sample_rate'> => {
  const state = data['otel.trace_state']
  const rate = typeof state === 'string' ? TraceState.sampleRate(state) : undefined
  return rate === undefined ? {} : { client_sample_rate: rate }
}

const place = (span: SentrySpan, parentSpanId: SpanId | undefined): TraceContext => ({
  trace_id: span.trace_id,
  span_id: span.span_id,
  ...(parentSpanId === undefined ? {} : { parent_span_id: parentSpanId }),
  ...(span.op === undefined ? {} : { op: span.op }),
  status: span.status,
})
