/** A reference from a span to another span, of the same trace or of another one. */
import type { Attributes } from './Attributes.ts'
import type { SpanId } from './SpanId.ts'
import type { TraceId } from './TraceId.ts'

// model

export interface SpanLink {
  readonly traceId: TraceId
  readonly spanId: SpanId
  readonly traceState: string
  readonly attributes: Attributes
  /** W3C trace flags and OTLP's own bits; `undefined` if they were not sent. */
  readonly flags: number | undefined
  readonly droppedAttributes: number
}
