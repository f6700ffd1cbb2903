/** A law of the product as a property: checked a few hundred times by the tests, by the ten thousand in a campaign. */
import fc from 'fast-check'

// model

export interface Law {
  readonly name: string
  /** Throws, with the seed and the smallest counterexample, if the law does not hold. */
  readonly check: (options: { readonly runs: number; readonly seed?: number }) => void
}

// constructors

export const of = <A>(
  name: string,
  arbitrary: fc.Arbitrary<A>,
  holds: (value: A) => void,
): Law => ({
  name,
  check: ({ runs, seed }) =>
    fc.assert(fc.property(arbitrary, holds), {
      numRuns: runs,
      ...(seed === undefined ? {} : { seed }),
    }),
})
