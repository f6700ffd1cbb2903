/**
 * The flags of OTLP, as exporters of OTLP send them. They state whether the parent of a span is in another process: then the span
 * begins a segment. Source: `SpanFlags` in `opentelemetry/proto/trace/v1/trace.proto`.
 */
import type { ReadableSpan, SpanContextLike } from './ReadableSpan.ts'

// model

const TRACE_FLAGS = 0xff

const HAS_IS_REMOTE = 0x100

const IS_REMOTE = 0x200

// constructors

/** Of a linked span, or of a span whose parent has this context. */
export const of = (traceFlags: number, isRemote: boolean | undefined): number =>
  (traceFlags & TRACE_FLAGS) | HAS_IS_REMOTE | (isRemote === true ? IS_REMOTE : 0)

/** SDK 1.30 has only the id of the parent: whether that is remote may not be known. */
export const ofSpan = (
  span: ReadableSpan,
  { traceFlags }: SpanContextLike,
  hasRemoteParent: (span: ReadableSpan) => boolean | undefined,
): number => {
  const { parentSpanContext, parentSpanId } = span
  if (parentSpanContext !== undefined) return of(traceFlags, parentSpanContext.isRemote)
  if (parentSpanId === undefined || parentSpanId === '') return of(traceFlags, false)
  const isRemote = hasRemoteParent(span)
  return isRemote === undefined ? traceFlags & TRACE_FLAGS : of(traceFlags, isRemote)
}
