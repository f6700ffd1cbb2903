/** What is measured, and against what. */
import type { Held } from './Held.ts'
import type { Reference } from './Reference.ts'
import type { Round } from './Round.ts'

// model

export interface Figure {
  readonly name: string
  readonly says: string
  /** What it is divided by; the figure itself stands for a floor. */
  readonly floor: string | undefined
  /** The same for few spans: by how much its own ratio to its floor is larger than that one's. */
  readonly few?: string
  /**
   * The most it may cost: how much larger than for few spans, a ratio to its floor, or microseconds (bytes) for each span
   * where there is neither.
   */
  readonly budget: number | undefined
  readonly prepare: (reference: Reference) => Round | Held
}
