/**
 * The traces whose entry span has started in this process and has not ended. Only the process itself can know them: a span that has
 * not ended is not exported.
 */
import type { TraceId } from '../model/TraceId.ts'

// model

/** A set of traces, which does not change during a step. */
export interface OpenTraces {
  readonly has: (id: TraceId) => boolean
}
