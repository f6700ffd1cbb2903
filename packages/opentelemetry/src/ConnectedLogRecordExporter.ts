/** The log record exporter of both runtimes: records become logs, and their exceptions error events. */
import { ConnectedExporter } from './ConnectedExporter.ts'
import { CLOSED, type ExportResultLike, resultOf } from './ExportResult.ts'
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
      const lost = [['errors', droppedErrors] as const, ['logs', droppedLogs] as const]
      callback(resultOf(lost, problems))
    })
  }
}
