/**
 * The attributes of a span as Sentry's `data`: all of them, typed, and what the span says beside them. Sentry
 * searches `data`, so keys stay as the conventions name them; older ones get the newer beside them.
 */
import * as Json from '../model/Json.ts'
import type { Span } from '../model/Span.ts'
import * as AttributeAliases from './AttributeAliases.ts'

// destructors

/** Attributes with the span's kind (unless internal), its scope, trace state and dropped counts. */
export const of = (span: Span): Json.JsonObject => {
  // hot: once for each span. A copy of the whole is fast; only few values are not JSON already, only few keys are old.
  const data: Record<string, Json.Json> = Json.fromAttributes(span.attributes)
  for (const key in data) {
    const twin = AttributeAliases.table.get(key)
    if (twin !== undefined) AttributeAliases.add(data, span, key, twin)
  }
  if (span.kind !== 'INTERNAL' && span.kind !== 'UNSPECIFIED') data['otel.kind'] = span.kind
  if (span.scope.name !== '') data['otel.scope.name'] = span.scope.name
  if (span.scope.version !== '') data['otel.scope.version'] = span.scope.version
  for (const key in span.scope.attributes) {
    const value = span.scope.attributes[key]
    if (value !== undefined) data[`otel.scope.${key}`] = Json.fromAttribute(value)
  }
  if (span.traceState !== '') data['otel.trace_state'] = span.traceState
  if (span.droppedAttributes > 0) data['otel.dropped_attributes_count'] = span.droppedAttributes
  if (span.droppedEvents > 0) data['otel.dropped_events_count'] = span.droppedEvents
  if (span.droppedLinks > 0) data['otel.dropped_links_count'] = span.droppedLinks
  if (span.status.code === 'ERROR' && span.status.message !== '') {
    data['sentry.status.message'] = span.status.message
  }
  return data
}
