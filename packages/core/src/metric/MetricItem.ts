/** A metric in the form that Sentry receives. */
import type { ItemAttributes } from '../item/TypedAttribute.ts'
import type { SpanId } from '../model/SpanId.ts'
import type { TraceId } from '../model/TraceId.ts'

// model

export interface MetricItem {
  /** Seconds since 1970, with microseconds. */
  readonly timestamp: number
  readonly trace_id: TraceId
  /** Absent outside of any span. */
  readonly span_id?: SpanId | undefined
  readonly name: string
  readonly type: 'counter' | 'gauge' | 'distribution'
  readonly value: number
  readonly unit?: string | undefined
  readonly attributes: ItemAttributes
}
