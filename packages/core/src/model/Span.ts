/**
 * An OpenTelemetry span, free of any wire format. What every decoder gives and all transformations take.
 * Spans are plain data: build one by hand in a test, or with `{ ...span, name: 'other' }`.
 */
import type { Attributes } from './Attributes.ts'
import type { Micros } from './Micros.ts'
import type { Resource } from './Resource.ts'
import type { Scope } from './Scope.ts'
import type { SpanEvent } from './SpanEvent.ts'
import type { SpanId } from './SpanId.ts'
import type { SpanKind } from './SpanKind.ts'
import type { SpanLink } from './SpanLink.ts'
import type { SpanStatus } from './SpanStatus.ts'
import type { TraceId } from './TraceId.ts'

// model

export interface Span {
  readonly traceId: TraceId
  readonly spanId: SpanId
  readonly parentSpanId: SpanId | undefined
  readonly name: string
  readonly kind: SpanKind
  readonly start: Micros
  /** Zero where the span had not ended when it was sent. */
  readonly end: Micros
  readonly status: SpanStatus
  readonly attributes: Attributes
  /** See `Resource`. */
  readonly doubles?: ReadonlyArray<string> | undefined
  readonly events: ReadonlyArray<SpanEvent>
  readonly links: ReadonlyArray<SpanLink>
  /** W3C trace flags in the low byte; 0x100 says that 0x200 tells whether the parent is remote. */
  readonly flags: number | undefined
  readonly traceState: string
  readonly droppedAttributes: number
  readonly droppedEvents: number
  readonly droppedLinks: number
  readonly scope: Scope
  readonly resource: Resource
}
