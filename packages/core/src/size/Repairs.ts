/** Counts of repairs: written while events are made, read when all of them are made. */
import * as Losses from '../model/Losses.ts'

// model

export interface Repairs {
  /** Fields with a value that the server would refuse: characters, a length, a number. */
  field: number
  /** Invalid times, or times that contradict each other. */
  time: number
  /** Parts that were too large. */
  trimmed: number
}

// constructors

export const start = (): Repairs => ({ field: 0, time: 0, trimmed: 0 })

// folds

export const count = ({ field, time, trimmed }: Repairs): number => field + time + trimmed

export const losses = ({ field, time, trimmed }: Repairs): Losses.Losses =>
  field + time + trimmed === 0
    ? Losses.empty
    : Losses.concatAll([
        Losses.of('field', field),
        Losses.of('time', time),
        Losses.of('trimmed', trimmed),
      ])
