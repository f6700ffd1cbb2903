/**
 * The log records of OpenTelemetry's JavaScript SDK, by the fields that are read. Sources: `ReadableLogRecord` of
 * `@opentelemetry/sdk-logs` 0.57, 0.223 and 3.1.
 */
import type { HrTimeLike, ResourceLike, SpanContextLike } from './ReadableSpan.ts'

// model

export interface ReadableLogRecord {
  readonly hrTime: HrTimeLike
  readonly hrTimeObserved: HrTimeLike
  readonly spanContext?: SpanContextLike | undefined
  readonly severityText?: string | undefined
  readonly severityNumber?: number | undefined
  readonly body?: unknown
  readonly attributes: object
  readonly resource: ResourceLike
}
