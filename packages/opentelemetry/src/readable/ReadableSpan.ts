/**
 * The finished spans of OpenTelemetry's JavaScript SDK, by the fields that are read. The spans of SDK 1.30, 2 and 3 are assignable
 * to these types, which need no package of OpenTelemetry. Sources: `ReadableSpan` of `@opentelemetry/sdk-trace-base` 1.30 and 2.12, and of
 * `@opentelemetry/sdk-trace` 3.1.
 */

// model

/** Whole seconds since 1970, and nanoseconds within the second. */
export type HrTimeLike = readonly [seconds: number, nanos: number]

export interface SpanContextLike {
  readonly traceId: string
  readonly spanId: string
  readonly traceFlags: number
  readonly isRemote?: boolean | undefined
  readonly traceState?: { readonly serialize: () => string } | undefined
}

/** A resource whose attributes may be known later than its spans. */
export interface ResourceLike {
  readonly attributes: object
  readonly asyncAttributesPending?: boolean | undefined
  readonly waitForAsyncAttributes?: (() => Promise<void>) | undefined
}

export interface ScopeLike {
  readonly name: string
  readonly version?: string | undefined
  readonly attributes?: object | undefined
}

export interface TimedEventLike {
  readonly name: string
  readonly time: HrTimeLike
  readonly attributes?: object | undefined
  readonly droppedAttributesCount?: number | undefined
}

export interface LinkLike {
  readonly context: SpanContextLike
  readonly attributes?: object | undefined
  readonly droppedAttributesCount?: number | undefined
}

export interface ReadableSpan {
  readonly name: string
  readonly kind: number
  readonly spanContext: () => SpanContextLike
  /** From SDK 2 on. */
  readonly parentSpanContext?: SpanContextLike | undefined
  /** Until SDK 1.30. */
  readonly parentSpanId?: string | undefined
  readonly startTime: HrTimeLike
  readonly endTime: HrTimeLike
  readonly status: { readonly code: number; readonly message?: string | undefined }
  readonly attributes: object
  readonly links: ReadonlyArray<LinkLike>
  readonly events: ReadonlyArray<TimedEventLike>
  readonly resource: ResourceLike
  /** From SDK 2 on. */
  readonly instrumentationScope?: ScopeLike | undefined
  /** Until SDK 1.30. */
  readonly instrumentationLibrary?: ScopeLike | undefined
  readonly droppedAttributesCount: number
  readonly droppedEventsCount: number
  readonly droppedLinksCount: number
}

/** The bit of the trace flags of a sampled span. Others were only recorded, and must not be exported. */
const SAMPLED = 1

// guards

/** Whether a span is to be exported. A span that has no context counts: its reader rejects it, and counts it. */
export const isSampled = (span: Pick<ReadableSpan, 'spanContext'>): boolean => {
  try {
    return (span.spanContext().traceFlags & SAMPLED) !== 0
  } catch {
    return true
  }
}
