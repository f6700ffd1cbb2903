/** Measures figures in turn on both sides, so that a slow minute of the machine slows both. */
import * as O from '#fp-ts/Option'
import { isOneSided, type Samples, type Side } from './Samples.ts'

// model

export interface Planned {
  readonly figure: string
  /** How often it is measured on each side. */
  readonly processes: number
}

/** One measurement in a process of its own; `none` where the program does not have the figure. */
export type Measure = (side: Side, figure: string) => Promise<O.Option<number>>

// running

/**
 * Each round measures every figure once on each side; which side is first changes from round to round. A figure that one side
 * does not have is not measured again after the first round.
 */
export const interleave = async (
  plan: ReadonlyArray<Planned>,
  measure: Measure,
): Promise<ReadonlyArray<Samples>> => {
  const figures = plan.map(({ figure, processes }) => ({
    figure,
    processes,
    values: { here: [] as Array<number>, there: [] as Array<number> },
  }))
  const rounds = Math.max(0, ...plan.map(({ processes }) => processes))
  for (let round = 0; round < rounds; round++) {
    const sides: ReadonlyArray<Side> = round % 2 === 0 ? ['here', 'there'] : ['there', 'here']
    for (const { figure, processes, values } of figures) {
      if (round >= processes || (round > 0 && isOneSided({ figure, ...values }))) continue
      for (const side of sides) {
        const value = await measure(side, figure)
        if (O.isSome(value)) values[side].push(value.value)
      }
    }
  }
  return figures.map(({ figure, values }) => ({ figure, ...values }))
}
