/**
 * The span processor of both runtimes. Unlike a batch processor in front of an exporter it knows which entry spans are open, and its
 * `forceFlush` waits for delivery.
 */
import type { Context } from '@opentelemetry/api'
import type * as Outcome from '@sentry-exporter/exporter/Outcome'
import type * as Connection from './connection/Connection.ts'
import { suppressed } from './connection/suppressed.ts'
import { timeLimitOf } from './connection/timeLimit.ts'
import { isSampled, type ReadableSpan } from './readable/ReadableSpan.ts'
import * as SpanBuffer from './spans/SpanBuffer.ts'

// model

/** A `SpanProcessor` of SDK 1.30, 2 and 3. None of its methods throws, and no promise is rejected. */
export class ConnectedSpanProcessor {
  /** Shared by the classes that are given this one as `shares`. */
  readonly connection: Connection.Connection
  readonly #buffer: SpanBuffer.SpanBuffer
  #closing: Promise<void> | undefined

  constructor(connection: Connection.Connection) {
    this.connection = connection
    connection.attach()
    this.#buffer = SpanBuffer.make({
      clock: connection.clock,
      handOver: (spans) => void connection.exportSpans(spans),
    })
  }

  /** Called by the SDK when a span starts. */
  onStart(span: ReadableSpan, parentContext?: Context): void {
    if (this.#closing === undefined) this.connection.openEntries.start(span, parentContext)
  }

  /** Called by the SDK when a span has ended. Spans that are not sampled were only recorded: they are not sent. */
  onEnd(span: ReadableSpan): void {
    if (this.#closing !== undefined || !isSampled(span)) return
    this.connection.openEntries.end(span)
    this.#buffer.add(span)
  }

  /**
   * Sends the segments whose entry span has ended. Resolves when they are delivered or counted as lost, or when the time is over.
   * Spans whose entry is open wait for it.
   */
  async forceFlush(timeoutMillis?: number): Promise<void> {
    if (this.#closing !== undefined) return this.#closing
    await this.#drain(timeoutMillis)
    await this.connection.flush('entered', timeoutMillis)
  }

  /** Sends everything that waits, and closes the connections. A second call gives the promise of the first. */
  shutdown(timeoutMillis?: number): Promise<void> {
    this.#closing ??= this.#drain(timeoutMillis).then(() => this.connection.release(timeoutMillis))
    return this.#closing
  }

  /** The outcome of everything since the processor was made. */
  outcome(): Outcome.Outcome {
    return this.connection.outcome()
  }

  /** A page is hidden: it may be frozen, and its timers are late. */
  protected hide(): void {
    this.#handOverAll()
    void this.forceFlush()
  }

  /** A page is left: everything is sent at once, and nothing is waited for. */
  protected leave(): void {
    this.#handOverAll()
    void this.connection.flush('all')
  }

  #handOverAll(): void {
    suppressed(() => {
      this.#buffer.release()
      this.connection.handOverAll()
    })
  }

  #drain(timeoutMillis: number | undefined): Promise<void> {
    const limit = Math.min(timeLimitOf(timeoutMillis) ?? MAX_DRAIN_MILLIS, MAX_DRAIN_MILLIS)
    return suppressed(() => this.#buffer.drain(limit))
  }
}

/** The longest wait for a resource by a flush. */
const MAX_DRAIN_MILLIS = 5_000
