/**
 * An OpenTelemetry log record, free of any wire format, with what is needed of it here.
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
  /** When it happened, or when it was seen where that is not known; zero if neither is. */
  readonly time: Micros
  /** From 1 to 24, four for each of trace, debug, info, warn, error, fatal; 0 where it is not known. */
  readonly severity: number
  readonly body: AttributeValue
  readonly attributes: Attributes
  readonly resource: Resource
}
