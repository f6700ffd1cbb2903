/** A span of the bench's reference data, before it is written in any format. */
import type { Work } from './works.ts'

// model

export interface Made extends Work {
  readonly traceId: string
  readonly spanId: string
  readonly parent: Made | undefined
  readonly startMicros: number
  readonly endMicros: number
  readonly stack: string | undefined
}
