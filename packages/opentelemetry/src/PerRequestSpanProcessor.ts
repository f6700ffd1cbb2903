/**
 * A span processor for Workers whose SDK has one provider for all requests. In Workers nothing of one request may be awaited in
 * another: the answer to a request of the exporter would be lost with the request of the Worker that made it. So each entry span has a
 * processor of its own, which sends when the last span of its request has ended.
 */
import { type Context, context, diag, trace } from '@opentelemetry/api'
import * as Outcome from '@sentry-exporter/exporter/Outcome'
import type { ConnectedSpanProcessor } from './ConnectedSpanProcessor.ts'
import type { ReadableSpan } from './readable/ReadableSpan.ts'

// model

/** The spans below one entry span. */
interface TracedRequest {
  readonly traceId: string
  readonly processor: ConnectedSpanProcessor
  /** Of all its spans. */
  readonly spanIds: Set<string>
  open: number
  closing: Promise<void> | undefined
}

/** Requests with spans that were never ended: the oldest are forgotten above this number. */
const MAX_REQUESTS = 1_000

/** A `SpanProcessor` of SDK 1.30, 2 and 3, and of otel-cf-workers. None of its methods throws, and no promise is rejected. */
export class PerRequestSpanProcessor {
  readonly #make: () => ConnectedSpanProcessor
  readonly #requests = new Set<TracedRequest>()
  readonly #bySpan = new Map<string, TracedRequest>()
  #past = Outcome.Monoid.empty
  #isClosed = false

  constructor(make: () => ConnectedSpanProcessor) {
    this.#make = make
  }

  /** Called by the SDK when a span starts. */
  onStart(span: ReadableSpan, parentContext?: Context): void {
    if (this.#isClosed) return
    const { traceId, spanId } = span.spanContext()
    const request = this.#requestOf(span) ?? this.#open(traceId)
    request.open++
    request.spanIds.add(spanId)
    this.#bySpan.set(keyOf(traceId, spanId), request)
    request.processor.onStart(span, parentContext)
  }

  /** Called by the SDK when a span has ended. The last span of a request sends all of them. */
  onEnd(span: ReadableSpan): void {
    const { traceId, spanId } = span.spanContext()
    const request = this.#bySpan.get(keyOf(traceId, spanId))
    if (request === undefined || request.closing !== undefined) return
    request.processor.onEnd(span)
    request.open--
    if (request.open === 0) request.closing = this.#close(request)
  }

  /**
   * Resolves when the spans of a trace are delivered or counted as lost, or when the time is over. otel-cf-workers gives the id of the
   * trace. Without an id it is the trace of the active span, and all traces if there is none.
   */
  async forceFlush(traceId?: string): Promise<void> {
    const wanted =
      typeof traceId === 'string' ? traceId : trace.getSpanContext(context.active())?.traceId
    const flushed = [...this.#requests]
      .filter((request) => wanted === undefined || request.traceId === wanted)
      .map(({ closing, processor }) => closing ?? processor.forceFlush())
    await Promise.all(flushed)
  }

  /** Sends everything that waits. Later spans are not sent. */
  async shutdown(): Promise<void> {
    this.#isClosed = true
    const closed = [...this.#requests].map((request) => {
      request.closing ??= this.#close(request)
      return request.closing
    })
    await Promise.all(closed)
  }

  /** The outcome of everything since the processor was made. */
  outcome(): Outcome.Outcome {
    return [...this.#requests].reduce(
      (sum, { processor }) => Outcome.Monoid.concat(sum, processor.outcome()),
      this.#past,
    )
  }

  /** That of the parent. A parent in another process, or in another request of this one, has none here. */
  #requestOf(span: ReadableSpan): TracedRequest | undefined {
    const { parentSpanContext, parentSpanId } = span
    const parentId = parentSpanContext?.spanId ?? parentSpanId
    if (parentId === undefined || parentSpanContext?.isRemote === true) return undefined
    const request = this.#bySpan.get(keyOf(span.spanContext().traceId, parentId))
    return request?.closing === undefined ? request : undefined
  }

  #open(traceId: string): TracedRequest {
    const request: TracedRequest = {
      traceId,
      processor: this.#make(),
      spanIds: new Set(),
      open: 0,
      closing: undefined,
    }
    this.#requests.add(request)
    const [oldest] = this.#requests
    if (oldest !== undefined && this.#requests.size > MAX_REQUESTS) {
      diag.warn('sentry-exporter: spans of a request were not ended, and are not sent')
      this.#forget(oldest)
    }
    return request
  }

  async #close(request: TracedRequest): Promise<void> {
    await request.processor.shutdown()
    this.#forget(request)
  }

  #forget(request: TracedRequest): void {
    if (!this.#requests.delete(request)) return
    this.#past = Outcome.Monoid.concat(this.#past, request.processor.outcome())
    for (const spanId of request.spanIds) this.#bySpan.delete(keyOf(request.traceId, spanId))
  }
}

const keyOf = (traceId: string, spanId: string): string => traceId + spanId
