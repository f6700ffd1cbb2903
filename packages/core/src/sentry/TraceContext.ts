/**
 * Where an event stands in its trace. On a transaction it is the root span itself.
 * Source: `relay-event-schema/src/protocol/contexts/trace.rs` of getsentry/relay; a transaction without both ids is
 * dropped.
 */

import type { Status } from '../mapping/Status.ts'
import type { JsonObject } from '../model/Json.ts'
import type { SpanId } from '../model/SpanId.ts'
import type { TraceId } from '../model/TraceId.ts'
import * as TraceState from '../model/TraceState.ts'
import type { SentryLink } from './SentryLink.ts'
import type { SentrySpan } from './SentrySpan.ts'

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

/** The context of a transaction whose root this span is, with what its data say there. */
export const ofRoot = (
  span: SentrySpan,
  parentSpanId: SpanId | undefined,
  data: JsonObject,
): TraceContext => {
  // hot: once for each transaction, so fields are set one after the other, in the order in which they are printed.
  const made = place(span, parentSpanId)
  made.origin = span.origin
  made.data = data
  if (span.links !== undefined) made.links = span.links
  return sampled(made, span)
}

/** The context of an event that happened during this span. */
export const ofEvent = (span: SentrySpan): TraceContext =>
  sampled(place(span, span.parent_span_id), span)

// combinators

/** With what the trace state in the data of a span tells of sampling. */
export const sampled = (
  context: TraceContext,
  { data }: Pick<SentrySpan, 'data'>,
): TraceContext => {
  const state = data['otel.trace_state']
  const rate = typeof state === 'string' ? TraceState.sampleRate(state) : undefined
  // hot: a copy with one more field would be of a class of its own each time.
  return rate === undefined ? context : Object.assign({}, context, { client_sample_rate: rate })
}

/** A context while it is made. */
type Draft = { -readonly [Key in keyof TraceContext]: TraceContext[Key] }

const place = (span: SentrySpan, parentSpanId: SpanId | undefined): Draft => {
  const made: Partial<Draft> = { trace_id: span.trace_id, span_id: span.span_id }
  if (parentSpanId !== undefined) made.parent_span_id = parentSpanId
  if (span.op !== undefined) made.op = span.op
  made.status = span.status
  // Both ids were set above.
  return made as Draft
}
