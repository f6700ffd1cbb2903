/** What a decoder of log records gives: those that are good, and the places where something was not. */
import type { LogRecord } from './LogRecord.ts'
import type * as Losses from './Losses.ts'
import type { Rejected } from './Rejected.ts'

// model

export interface LogBatch {
  readonly records: ReadonlyArray<LogRecord>
  /** One entry for each record, or part of the request, that could not be decoded. */
  readonly rejected: ReadonlyArray<Rejected>
  /** What was mended in the records that are good. */
  readonly repairs: Losses.Losses
}
