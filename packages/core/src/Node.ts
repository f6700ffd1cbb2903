/**
 * A span as the assembly sees it: ids, times, service and weight, and a payload it never looks into. The payload is
 * JSON in tests and custom pipelines, and finished bytes in the exporter.
 */
import type * as Entry from './Entry.ts'
import type { Micros } from './Micros.ts'
import type { SpanId } from './SpanId.ts'
import type { TraceId } from './TraceId.ts'

// model

export interface Node<A> extends Entry.Evidence {
  readonly traceId: TraceId
  readonly spanId: SpanId
  readonly start: Micros
  readonly end: Micros
  /** The name of the transaction, should it be the root of one. */
  readonly name: string
  /** Bytes it will take in a transaction, with what the server adds. */
  readonly weight: number
  /** How many attributes, events and links it has: of two copies of a span the richer one is kept. */
  readonly richness: number
  /** Whether it holds what does not wait as long as a transaction may: an exception. */
  readonly isUrgent: boolean
  /** The parent it named, where that was dropped and it hangs on another one. */
  readonly saidParentSpanId?: SpanId
  readonly value: A
}
