/**
 * The attributes of a span as Sentry's `data`: all of them, typed, and what the span says beside them. Sentry
 * searches `data`, so keys stay as the conventions name them.
 */
import * as Json from './Json.ts'
import type { Span } from './Span.ts'

// destructors

/** Attributes with the span's kind (unless internal), its scope, trace state and dropped counts. */
export const of = (span: Span): Json.JsonObject => {
  const data = Json.fromAttributes(span.attributes)
  for (const key of CONSUMED) if (key in data) delete data[key]
  if (span.kind !== 'INTERNAL' && span.kind !== 'UNSPECIFIED') data['otel.kind'] = span.kind
  if (span.scope.name !== '') data['otel.scope.name'] = span.scope.name
  if (span.scope.version !== '') data['otel.scope.version'] = span.scope.version
  if (span.traceState !== '') data['otel.trace_state'] = span.traceState
  if (span.droppedAttributes > 0) data['otel.dropped_attributes_count'] = span.droppedAttributes
  if (span.droppedEvents > 0) data['otel.dropped_events_count'] = span.droppedEvents
  if (span.droppedLinks > 0) data['otel.dropped_links_count'] = span.droppedLinks
  if (span.status.code === 'ERROR' && span.status.message !== '') {
    data['sentry.status.message'] = span.status.message
  }
  return data
}

/** Attributes that only told us what to do. */
const CONSUMED: ReadonlyArray<string> = ['sentry.custom_span_name', 'sentry.op', 'sentry.origin']
