/**
 * A span as it stands in a transaction. Source: `relay-event-schema/src/protocol/span.rs` of getsentry/relay. The
 * server drops a whole transaction for one span without ids or start, or that ends before it starts.
 */
import type { JsonObject } from './Json.ts'
import type { Mapping } from './Mapping.ts'
import * as Micros from './Micros.ts'
import * as SentryLink from './SentryLink.ts'
import type { Span } from './Span.ts'
import type { SpanId } from './SpanId.ts'
import type { Status } from './Status.ts'
import type { TraceId } from './TraceId.ts'

// model

/** Times are seconds since 1970 with up to six decimals. */
export interface SentrySpan {
  readonly span_id: SpanId
  readonly trace_id: TraceId
  readonly parent_span_id?: SpanId
  readonly op?: string
  readonly description: string
  readonly status: Status
  /** Who made the span: `manual`, or `auto.<category>.<name>`. */
  readonly origin: string
  readonly start_timestamp: number
  readonly timestamp: number
  readonly data: JsonObject
  readonly links?: ReadonlyArray<SentryLink.SentryLink>
}

// constructors

/** Puts a span into Sentry's words. A span that has no end, or one before its start, ends where it starts. */
export const of =
  (mapping: Mapping) =>
  (span: Span): SentrySpan => {
    const op = mapping.op(span)
    const origin = span.attributes['sentry.origin']
    return {
      span_id: span.spanId,
      trace_id: span.traceId,
      ...(span.parentSpanId === undefined ? {} : { parent_span_id: span.parentSpanId }),
      ...(op === undefined ? {} : { op: op.slice(0, MOST_OP_CHARACTERS) }),
      description: mapping.description(span),
      status: mapping.status(span),
      origin: typeof origin === 'string' && ORIGIN.test(origin) ? origin : 'auto.otlp.spans',
      start_timestamp: Micros.toSeconds(span.start),
      timestamp: Micros.toSeconds(Micros.max(span.end, span.start)),
      data: mapping.data(span),
      ...(span.links.length === 0 ? {} : { links: span.links.map(SentryLink.fromLink) }),
    }
  }

const MOST_OP_CHARACTERS = 128

/** Source: `develop-docs/sdk/telemetry/traces/trace-origin.mdx` of getsentry/sentry-docs. */
const ORIGIN = /^[a-zA-Z0-9_.]{1,128}$/
