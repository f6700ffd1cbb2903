/** A measurement of the bench, and the figure that it is compared with. */
import type { Held } from './Held.ts'
import type { Reference } from './Reference.ts'
import type { Round } from './Round.ts'

// model

export interface Figure {
  readonly name: string
  readonly description: string
  /** The name of the figure that it is divided by; `undefined` for a figure that is not a ratio. */
  readonly floor: string | undefined
  /** The name of a figure that is subtracted before: the figure is a surcharge. */
  readonly beyond?: string
  /** The same figure for few spans: the budget then limits the quotient of the two ratios. */
  readonly few?: string
  /**
   * The maximum cost: the quotient to the figure for few spans, the ratio to the floor, or microseconds (bytes) for each
   * span where both are missing.
   */
  readonly budget: number | undefined
  /** Whether bytes are measured, in place of time. */
  readonly isMemory?: boolean
  /** Whether its 200,000 spans take half a minute in one process. */
  readonly isLarge?: boolean
  /** Whether it is another implementation. */
  readonly isPeer?: boolean
  readonly prepare: (reference: Reference) => Round | Held
}
