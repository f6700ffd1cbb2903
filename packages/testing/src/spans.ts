/**
 * Spans for tests: numbered ids, and a span of one second with the fields that a test cares about.
 *
 * @example
 * ```ts
 * import { span, spanId } from '@sentry-exporter/testing/spans'
 *
 * const child = span({ spanId: spanId(2), parentSpanId: spanId(1), name: 'query' })
 *
 * console.log(child.name, child.spanId, child.resource.service.name) // query 0000000000000002 shop
 * ```
 */
import type { AttributeValue } from '@sentry-exporter/core/Attributes'
import * as Micros from '@sentry-exporter/core/Micros'
import * as Resource from '@sentry-exporter/core/Resource'
import * as Span from '@sentry-exporter/core/Span'
import type { SpanId } from '@sentry-exporter/core/SpanId'
import type { TraceId } from '@sentry-exporter/core/TraceId'

// constructors

/** The nth trace id; n from 1. */
export const traceId = (n: number): TraceId =>
  // 32 digits, not all zero.
  n.toString(16).padStart(32, '0') as TraceId

/** The nth span id; n from 1. */
export const spanId = (n: number): SpanId =>
  // 16 digits, not all zero.
  n.toString(16).padStart(16, '0') as SpanId

/** The resource of a service, with other attributes. */
export const resource = (
  name: string,
  attributes: Record<string, AttributeValue> = {},
): Resource.Resource =>
  Resource.of({ 'service.name': name, 'service.version': '1.0.0', ...attributes })

const SHOP = resource('shop')

/** An internal span of one second in the service `shop`, with the given fields. */
export const span = (fields: Partial<Span.Span> = {}): Span.Span =>
  Span.make({
    traceId: traceId(1),
    spanId: spanId(1),
    name: 'work',
    startMicros: Micros.of(1_700_000_000_000_000),
    endMicros: Micros.of(1_700_000_001_000_000),
    resource: SHOP,
    ...fields,
  })
