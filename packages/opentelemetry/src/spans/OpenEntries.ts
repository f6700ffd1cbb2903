/**
 * The entry spans of this process that have started and have not ended. The spans of their traces wait for them, however long they take.
 * An application may forget to end spans: the oldest are forgotten above a bound.
 */
import { type Context, trace } from '@opentelemetry/api'
import type { OpenTraces } from '@sentry-exporter/core/pipeline'
import { isSampled, type ReadableSpan } from '../readable/ReadableSpan.ts'

// model

export interface OpenEntries extends OpenTraces {
  readonly start: (span: ReadableSpan, parentContext: Context | undefined) => void
  readonly end: (span: ReadableSpan) => void
  /** Whether the parent of a span is in another process, for SDK 1.30, whose spans do not have it; `undefined` if it is not known. */
  readonly hasRemoteParent: (span: ReadableSpan) => boolean | undefined
  /** Whether a span has no parent in this process. */
  readonly isEntry: (span: ReadableSpan) => boolean
}

/** Entries that are open at a time, in a busy process. */
const MAX_OPEN = 10_000

// constructors

export const make = (max: number = MAX_OPEN): OpenEntries => {
  /** The number of open entries, by trace. The oldest are first. */
  const traces = new Map<string, number>()
  const entries = new WeakSet<ReadableSpan>()
  const remote = new WeakMap<ReadableSpan, boolean>()
  const isEntry = (span: ReadableSpan): boolean => {
    const { parentSpanContext, parentSpanId } = span
    if (parentSpanContext !== undefined) return parentSpanContext.isRemote === true
    return parentSpanId === undefined || remote.get(span) === true
  }
  return {
    start: (span, parentContext) => {
      const { parentSpanContext, parentSpanId } = span
      if (parentSpanContext === undefined && parentSpanId !== undefined) {
        remote.set(span, isRemoteIn(parentContext))
      }
      if (!isEntry(span) || !isSampled(span)) return
      entries.add(span)
      const { traceId } = span.spanContext()
      traces.set(traceId, (traces.get(traceId) ?? 0) + 1)
      if (traces.size <= max) return
      const [oldest] = traces.keys()
      if (oldest !== undefined) traces.delete(oldest)
    },
    end: (span) => {
      if (!entries.delete(span)) return
      const { traceId } = span.spanContext()
      const count = traces.get(traceId) ?? 0
      if (count > 1) traces.set(traceId, count - 1)
      else traces.delete(traceId)
    },
    has: (id) => traces.has(id),
    hasRemoteParent: (span) => remote.get(span),
    isEntry,
  }
}

const isRemoteIn = (parentContext: Context | undefined): boolean =>
  parentContext !== undefined && trace.getSpanContext(parentContext)?.isRemote === true
