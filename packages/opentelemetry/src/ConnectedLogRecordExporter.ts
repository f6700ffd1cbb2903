/** The log record exporter of both runtimes: records become logs, and their exceptions error events. */
import type * as Losses from '@sentry-exporter/core/Losses'
import type * as Outcome from '@sentry-exporter/exporter/Outcome'
import type * as Connection from './connection/Connection.ts'
import { CLOSED, type ExportResultLike, failed, SUCCESS } from './ExportResult.ts'
import type { ReadableLogRecord } from './readable/ReadableLogRecord.ts'

// model

/** A `LogRecordExporter` of the SDK for logs 0.57, 0.223 and 3. `export` calls back exactly once, and no promise is rejected. */
export class ConnectedLogRecordExporter {
  /** Shared by the classes that are given this one as `shares`. */
  readonly connection: Connection.Connection
  #closing: Promise<void> | undefined

  constructor(connection: Connection.Connection) {
    this.connection = connection
    connection.attach()
  }

  /** Calls back when the envelopes that became ready are answered or counted. Logs may wait for others, up to five seconds. */
  export(
    records: ReadonlyArray<ReadableLogRecord>,
    callback: (result: ExportResultLike) => void,
  ): void {
    if (this.#closing !== undefined) {
      callback(CLOSED)
      return
    }
    void this.connection.exportRecords(records).then(({ droppedErrors, droppedLogs, problems }) => {
      const lost = [
        ...(isEmpty(droppedErrors) ? [] : ['errors were lost']),
        ...(isEmpty(droppedLogs) ? [] : ['logs were lost']),
      ]
      callback(lost.length > 0 ? failed([...lost, ...problems].join(', ')) : SUCCESS)
    })
  }

  /** Sends the logs that wait, and waits for their answers. Spans that wait for the rest of their trace are not sent early. */
  forceFlush(timeoutMillis?: number): Promise<void> {
    return this.#closing ?? this.connection.flush('none', timeoutMillis)
  }

  /** A second call gives the promise of the first. */
  shutdown(timeoutMillis?: number): Promise<void> {
    this.#closing ??= this.connection.release(timeoutMillis)
    return this.#closing
  }

  /** The outcome of everything since the exporter was made. */
  outcome(): Outcome.Outcome {
    return this.connection.outcome()
  }
}

const isEmpty = (losses: Losses.Losses): boolean => Object.keys(losses).length === 0
