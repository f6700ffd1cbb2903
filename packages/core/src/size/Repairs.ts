/** Counts what was mended while events are made: written down by those who mend, read when all is made. */
import * as Losses from '../model/Losses.ts'

// model

export interface Repairs {
  /** Fields in which the server would refuse something: characters, a length, a number. */
  field: number
  /** Times that are none, or that contradict each other. */
  time: number
  /** What was too large. */
  trimmed: number
}

// constructors

export const start = (): Repairs => ({ field: 0, time: 0, trimmed: 0 })

// destructors

export const losses = ({ field, time, trimmed }: Repairs): Losses.Losses =>
  field + time + trimmed === 0
    ? Losses.empty
    : Losses.concatAll([
        Losses.of('field', field),
        Losses.of('time', time),
        Losses.of('trimmed', trimmed),
      ])
