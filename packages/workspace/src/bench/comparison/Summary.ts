/** The measurements of one figure on one side, in short. */
import * as O from '#fp-ts/Option'
import { median } from '../median.ts'

// model

export interface Summary {
  readonly median: number
  readonly min: number
  readonly max: number
}

// constructors

/** `none` if nothing was measured. */
export const of = (values: ReadonlyArray<number>): O.Option<Summary> =>
  values.length === 0
    ? O.none
    : O.some({ median: median(values), min: Math.min(...values), max: Math.max(...values) })
