/**
 * An OpenTelemetry log record, independent of any wire format, with the fields that error events need.
 * Source: OpenTelemetry, "Logs data model".
 */
import type { Attributes, AttributeValue } from './Attributes.ts'
import type { Micros } from './Micros.ts'
import type { Resource } from './Resource.ts'
import type { SpanId } from './SpanId.ts'
import type { TraceId } from './TraceId.ts'

// model

export interface LogRecord {
  /** `undefined` outside of any trace. */
  readonly traceId: TraceId | undefined
  readonly spanId: SpanId | undefined
  /** When the event happened or, if that is not known, when it was observed; zero if neither is known. */
  readonly timeMicros: Micros
  /** From 1 to 24, four numbers for each of trace, debug, info, warn, error and fatal; 0 if it is not known. */
  readonly severity: number
  readonly body: AttributeValue
  readonly attributes: Attributes
  readonly resource: Resource
}
