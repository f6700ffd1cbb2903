/** The result of decoding metrics: the valid ones, and the places where a part was not valid. */
import type * as Losses from './Losses.ts'
import type { Metric } from './Metric.ts'
import type { Rejected } from './Rejected.ts'

// model

export interface MetricBatch {
  readonly metrics: ReadonlyArray<Metric>
  /** One entry for each point, metric, or part of a request, that could not be decoded. */
  readonly rejected: ReadonlyArray<Rejected>
  /** Values that were repaired in the valid metrics. */
  readonly repairs: Losses.Losses
  /** The first parts that were left out of the valid metrics, and of their resources. `repairs` counts all. */
  readonly invalidParts?: ReadonlyArray<Rejected> | undefined
}
