/** The log record exporter of both runtimes: records become logs, and their exceptions error events. */
import type * as Losses from '@sentry-exporter/core/Losses'
import { ConnectedExporter } from './ConnectedExporter.ts'
import { CLOSED, type ExportResultLike, failed, SUCCESS } from './ExportResult.ts'
import type { ReadableLogRecord } from './readable/ReadableLogRecord.ts'

// model

/** A `LogRecordExporter` of the SDK for logs 0.57, 0.223 and 3. `export` calls back exactly once, and no promise is rejected. */
export class ConnectedLogRecordExporter extends ConnectedExporter {
  /** Calls back when the envelopes that became ready are answered or counted. Logs may wait for others, up to five seconds. */
  export(
    records: ReadonlyArray<ReadableLogRecord>,
    callback: (result: ExportResultLike) => void,
  ): void {
    if (this.isClosed) {
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
}

const isEmpty = (losses: Losses.Losses): boolean => Object.keys(losses).length === 0
