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
  /** The most it may cost: a ratio to its floor, or microseconds (bytes) for each span where there is none. */
  readonly budget: number | undefined
  readonly prepare: (reference: Reference) => Round | Held
}
