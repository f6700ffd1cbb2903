/** Spans by hand: a usual one, with what a test cares about. */
import type { AttributeValue } from '@sentry-exporter/core/Attributes'
import * as Micros from '@sentry-exporter/core/Micros'
import * as Resource from '@sentry-exporter/core/Resource'
import * as Scope from '@sentry-exporter/core/Scope'
import type { Span } from '@sentry-exporter/core/Span'
import type { SpanId } from '@sentry-exporter/core/SpanId'
import * as SpanStatus from '@sentry-exporter/core/SpanStatus'
import type { TraceId } from '@sentry-exporter/core/TraceId'

// constructors

/** The nth trace id; n from 1. */
export const traceId = (n: number): TraceId => n.toString(16).padStart(32, '0') as TraceId

/** The nth span id; n from 1. */
export const spanId = (n: number): SpanId => n.toString(16).padStart(16, '0') as SpanId

export const resource = (
  name: string,
  attributes: Record<string, AttributeValue> = {},
): Resource.Resource =>
  Resource.of({ 'service.name': name, 'service.version': '1.0.0', ...attributes })

const SHOP = resource('shop')

/** A span of one second in the first service, with what the test cares about. */
export const span = (fields: Partial<Span> = {}): Span => ({
  traceId: traceId(1),
  spanId: spanId(1),
  parentSpanId: undefined,
  name: 'work',
  kind: 'INTERNAL',
  start: Micros.of(1_700_000_000_000_000),
  end: Micros.of(1_700_000_001_000_000),
  status: SpanStatus.unset,
  attributes: {},
  events: [],
  links: [],
  flags: undefined,
  traceState: '',
  droppedAttributes: 0,
  droppedEvents: 0,
  droppedLinks: 0,
  scope: Scope.unknown,
  resource: SHOP,
  ...fields,
})
