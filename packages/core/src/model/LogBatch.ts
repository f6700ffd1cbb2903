/** The result of decoding log records: the valid ones, and the places where a part was not valid. */
import type { LogRecord } from './LogRecord.ts'
import type * as Losses from './Losses.ts'
import type { Rejected } from './Rejected.ts'

// model

export interface LogBatch {
  readonly records: ReadonlyArray<LogRecord>
  /** One entry for each record, or part of a request, that could not be decoded. */
  readonly rejected: ReadonlyArray<Rejected>
  /** Values that were repaired in the valid records. */
  readonly repairs: Losses.Losses
  /** The first parts that were left out of the valid records, and of their resources. `repairs` counts all. */
  readonly invalidParts?: ReadonlyArray<Rejected> | undefined
}
