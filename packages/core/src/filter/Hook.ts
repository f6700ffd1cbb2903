/** A function that users put in the way of something: it may change it, and it may drop it by answering with nothing. */
import * as O from '#fp-ts/Option'

// model

export type Hook<A> = (value: A) => O.Option<A>

// constructors

/** Drops the values for which this holds. */
export const dropIf =
  <A>(isDropped: (value: A) => boolean): Hook<A> =>
  (value) =>
    isDropped(value) ? O.none : O.some(value)

// combinators

/** One after the other, as long as something is left; a monoid. Either may be none. */
export const concat = <A>(
  first: Hook<A> | undefined,
  second: Hook<A> | undefined,
): Hook<A> | undefined =>
  first === undefined || second === undefined
    ? (first ?? second)
    : (value) => O.chain(second)(first(value))

// destructors

/** A hook that fails drops what it was given: it may have been about to take something out of it. */
export const run = <A>(hook: () => O.Option<A>): O.Option<A> => O.flatten(O.tryCatch(hook))
