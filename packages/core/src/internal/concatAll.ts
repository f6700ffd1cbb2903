import type { Monoid } from '#fp-ts/Monoid'

/** Folds a list with a monoid. That of fp-ts would bring its modules for records and arrays into a bundle. */
export const concatAll =
  <A>({ empty, concat }: Monoid<A>) =>
  (values: ReadonlyArray<A>): A =>
    values.reduce(concat, empty)
