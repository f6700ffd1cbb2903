/** All measurements of one figure in one run, in the working tree (here) and in the other commit (there). */

// model

export interface Samples {
  readonly figure: string
  readonly here: ReadonlyArray<number>
  readonly there: ReadonlyArray<number>
}

export type Side = 'here' | 'there'

// guards

/** Whether one of the two programs does not have the figure. */
export const isOneSided = ({ here, there }: Samples): boolean =>
  here.length === 0 || there.length === 0
