/**
 * An OpenTelemetry span, independent of any wire format: the output of every decoder and the input of all transformations.
 * Spans are plain data: make one by hand with `make`, change one with `{ ...span, name: 'other' }`.
 *
 * @example
 * ```ts
 * import { Micros, Resource, Span, SpanId, TraceId } from '@sentry-exporter/core'
 *
 * const span = Span.make({
 *   traceId: TraceId.fromContent(['run 17']),
 *   spanId: SpanId.fromContent(['run 17', 'fetch']),
 *   name: 'fetch',
 *   startMicros: Micros.fromMillis(1_700_000_000_000),
 *   endMicros: Micros.fromMillis(1_700_000_000_250),
 *   resource: Resource.of({ 'service.name': 'jobs' }),
 * })
 *
 * console.log(span.kind, span.status.code, span.events.length) // INTERNAL UNSET 0
 * ```
 */
import * as Attributes from './Attributes.ts'
import * as Micros from './Micros.ts'
import * as Resource from './Resource.ts'
import * as Scope from './Scope.ts'
import type { SpanEvent } from './SpanEvent.ts'
import type { SpanId } from './SpanId.ts'
import type { SpanKind } from './SpanKind.ts'
import type { SpanLink } from './SpanLink.ts'
import * as SpanStatus from './SpanStatus.ts'
import type { TraceId } from './TraceId.ts'

// model

export interface Span {
  readonly traceId: TraceId
  readonly spanId: SpanId
  readonly parentSpanId: SpanId | undefined
  readonly name: string
  readonly kind: SpanKind
  readonly startMicros: Micros.Micros
  /** Zero if the span had not ended when it was sent. */
  readonly endMicros: Micros.Micros
  readonly status: SpanStatus.SpanStatus
  readonly attributes: Attributes.Attributes
  /** Keys of attributes that were sent as doubles: see `Resource`. */
  readonly doubles?: ReadonlyArray<string> | undefined
  readonly events: ReadonlyArray<SpanEvent>
  readonly links: ReadonlyArray<SpanLink>
  /** W3C trace flags in the low byte. If 0x100 is set, 0x200 states whether the parent is remote. */
  readonly flags: number | undefined
  readonly traceState: string
  readonly droppedAttributes: number
  readonly droppedEvents: number
  readonly droppedLinks: number
  readonly scope: Scope.Scope
  readonly resource: Resource.Resource
}

// constructors

/** An internal span without parent, times, attributes and events, of no known service, with the fields that are given. */
export const make = (fields: Pick<Span, 'traceId' | 'spanId' | 'name'> & Partial<Span>): Span => ({
  parentSpanId: undefined,
  kind: 'INTERNAL',
  startMicros: Micros.zero,
  endMicros: Micros.zero,
  status: SpanStatus.unset,
  attributes: Attributes.empty,
  events: [],
  links: [],
  flags: undefined,
  traceState: '',
  droppedAttributes: 0,
  droppedEvents: 0,
  droppedLinks: 0,
  scope: Scope.unknown,
  resource: Resource.unknown,
  ...fields,
})
