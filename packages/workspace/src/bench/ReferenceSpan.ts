/** A span of the bench's reference data, before it is written in any format. */
import type { SpanWork } from './works.ts'

// model

export interface ReferenceSpan extends SpanWork {
  readonly traceId: string
  readonly spanId: string
  readonly parent: ReferenceSpan | undefined
  readonly startMicros: number
  readonly endMicros: number
  readonly stack: string | undefined
}
