/**
 * The place of an event in its trace. On a transaction it describes the root span.
 * Source: `relay-event-schema/src/protocol/contexts/trace.rs` of getsentry/relay; a transaction without both ids is
 * dropped.
 *
 * @example
 * ```ts
 * import { Mapping, SentrySpan, TraceContext } from '@sentry-exporter/core'
 * import { span } from '@sentry-exporter/testing/spans'
 *
 * const made = SentrySpan.of(Mapping.sentry)(span({ traceState: 'ot=th:8' }))
 * console.log(TraceContext.ofEvent(made).client_sample_rate) // 0.5
 * ```
 */

import type { EventForm } from '../mapping/Mapping.ts'
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
  /** Only in the form of the Collector's exporter. */
  readonly description?: string
  readonly status?: Status
  readonly origin?: string
  readonly data?: JsonObject
  readonly links?: ReadonlyArray<SentryLink>
  /** The probability with which the trace was sampled before it arrived, from its trace state. */
  readonly client_sample_rate?: number
}

// constructors

/** Bounds the text of a query, which a span has whole. */
const MAX_DESCRIPTION_CHARACTERS = 1_000

/** A context while it is made. */
type Draft = { -readonly [Key in keyof TraceContext]: TraceContext[Key] }

const start = (span: SentrySpan, parentSpanId: SpanId | undefined, form: EventForm): Draft => {
  const made: Partial<Draft> = { trace_id: span.trace_id, span_id: span.span_id }
  if (parentSpanId !== undefined) made.parent_span_id = parentSpanId
  if (span.op !== undefined) made.op = span.op
  if (form === 'collector') made.description = span.description.slice(0, MAX_DESCRIPTION_CHARACTERS)
  made.status = span.status
  // Both ids were set above.
  return made as Draft
}

/** The context of the transaction whose root is this span, with the `data` of the root. */
export const ofRoot = (
  span: SentrySpan,
  parentSpanId: SpanId | undefined,
  data: JsonObject,
  form: EventForm = 'sentry',
): TraceContext => {
  // hot: once for each transaction. Fields are set one after the other, in the order in which they are printed.
  const made = start(span, parentSpanId, form)
  made.origin = span.origin
  made.data = data
  if (span.links !== undefined) made.links = span.links
  return sampled(made, span)
}

/** How the context of an event differs from that of its span. */
export interface EventPlace {
  /** The parent that the span shows. */
  readonly parentSpanId?: SpanId | undefined
  readonly form?: EventForm
}

/** The context of an event that happened during this span. */
export const ofEvent = (
  span: SentrySpan,
  { parentSpanId = span.parent_span_id, form = 'sentry' }: EventPlace = {},
): TraceContext => sampled(start(span, parentSpanId, form), span)

// transformations

/** Adds the sampling rate from the trace state in the data of a span. */
export const sampled = (
  context: TraceContext,
  { data }: Pick<SentrySpan, 'data'>,
): TraceContext => {
  const state = data['otel.trace_state']
  const rate = typeof state === 'string' ? TraceState.sampleRate(state) : undefined
  // hot: V8 gives a copy by `{ ...context, field }` a hidden class of its own each time.
  return rate === undefined ? context : Object.assign({}, context, { client_sample_rate: rate })
}
