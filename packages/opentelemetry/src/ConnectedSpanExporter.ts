/**
 * The span exporter of both runtimes, for a batch processor or a simple one. `docs/opentelemetry.md` compares it with the span
 * processor, which is the better choice where both are possible.
 */
import * as Losses from '@sentry-exporter/core/Losses'
import type * as Outcome from '@sentry-exporter/exporter/Outcome'
import * as Acknowledgement from './acknowledgement/Acknowledgement.ts'
import * as Acknowledger from './acknowledgement/Acknowledger.ts'
import type * as Connection from './connection/Connection.ts'
import { CLOSED, type ExportResultLike, failed, SUCCESS } from './ExportResult.ts'
import type { ReadableSpan } from './readable/ReadableSpan.ts'

// model

export interface AcknowledgementTimes {
  /** The `maxExportBatchSize` of the batch processor. Default: that of the SDK and its variable `OTEL_BSP_MAX_EXPORT_BATCH_SIZE`. */
  readonly maxExportBatchSize?: number | undefined
  /** The longest wait before a batch is acknowledged without an answer of Sentry. Milliseconds. */
  readonly ackMillis?: number | undefined
}

const DEFAULT_ACK_MILLIS = 5_000

/** A `SpanExporter` of SDK 1.30, 2 and 3. `export` calls back exactly once, and no promise is rejected. */
export class ConnectedSpanExporter {
  /** Shared by the classes that are given this one as `shares`. */
  readonly connection: Connection.Connection
  readonly #ackMillis: number
  readonly #maxExportBatchSize: number
  #acknowledger: Acknowledger.Acknowledger | undefined
  #closing: Promise<void> | undefined

  constructor(connection: Connection.Connection, times: AcknowledgementTimes = {}) {
    const { maxExportBatchSize = connection.variables.maxExportBatchSize } = times
    this.connection = connection
    this.#ackMillis = times.ackMillis ?? DEFAULT_ACK_MILLIS
    this.#maxExportBatchSize = maxExportBatchSize ?? Acknowledgement.DEFAULT_BATCH_SIZE
    connection.attach()
  }

  /**
   * Calls back when everything under way is answered or counted, at the latest after `ackMillis`; for a full batch at once. The result
   * is a failure if spans of the batch are known to be lost by then.
   */
  export(spans: ReadonlyArray<ReadableSpan>, callback: (result: ExportResultLike) => void): void {
    if (this.#closing !== undefined) {
      callback(CLOSED)
      return
    }
    const sent = this.connection.exportSpans(spans)
    let result = SUCCESS
    const known = sent.then((outcome) => {
      result = resultOf(outcome)
    })
    this.#acknowledgerNow().accept({
      spans: spans.length,
      settled: () => Promise.all([known, this.connection.flush('none', this.#ackMillis)]),
      acknowledge: () => callback(result),
    })
  }

  /** Sends the segments whose entry span has ended. Resolves when they are delivered or counted as lost, or when the time is over. */
  forceFlush(timeoutMillis?: number): Promise<void> {
    return this.#closing ?? this.connection.flush('entered', timeoutMillis)
  }

  /** Sends everything that waits, and closes the connections. A second call gives the promise of the first. */
  shutdown(timeoutMillis?: number): Promise<void> {
    this.#closing ??= this.connection.release(timeoutMillis).then(() => this.#acknowledger?.close())
    return this.#closing
  }

  /** The outcome of everything since the exporter was made. */
  outcome(): Outcome.Outcome {
    return this.connection.outcome()
  }

  /** Made by the first batch: a constructor must not read the clock in Workers. */
  #acknowledgerNow(): Acknowledger.Acknowledger {
    const { clock, unanswered } = this.connection
    this.#acknowledger ??= Acknowledger.make({
      clock,
      unanswered,
      ackMillis: this.#ackMillis,
      maxExportBatchSize: this.#maxExportBatchSize,
    })
    return this.#acknowledger
  }
}

const resultOf = ({ dropped, droppedErrors, problems }: Outcome.Outcome): ExportResultLike => {
  const lost = Losses.concat(dropped, droppedErrors)
  return Losses.entries(lost).length === 0
    ? SUCCESS
    : failed([Losses.show(lost), ...problems].join(', '))
}
