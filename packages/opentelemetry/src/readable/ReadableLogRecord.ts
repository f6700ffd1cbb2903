/**
 * The log records of OpenTelemetry's JavaScript SDK, by the fields that are read. Sources: `ReadableLogRecord` of
 * `@opentelemetry/sdk-logs` 0.57, 0.223 and 3.1.
 */
import type { HrTimeLike, ResourceLike, ScopeLike, SpanContextLike } from './ReadableSpan.ts'

// model

export interface ReadableLogRecord {
  readonly hrTime: HrTimeLike
  readonly hrTimeObserved: HrTimeLike
  readonly spanContext?: SpanContextLike | undefined
  readonly severityText?: string | undefined
  readonly severityNumber?: number | undefined
  readonly body?: unknown
  /** Of the SDK from 0.200 on. */
  readonly eventName?: string | undefined
  readonly attributes: object
  readonly droppedAttributesCount?: number | undefined
  readonly resource: ResourceLike
  readonly instrumentationScope?: ScopeLike | undefined
}
