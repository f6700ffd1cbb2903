/**
 * A custom function that may change a value, and may drop it by returning `none`.
 *
 * @example
 * ```ts
 * import { Hook } from '@sentry-exporter/core'
 *
 * const dropEven = Hook.dropIf((n: number) => n % 2 === 0)
 * console.log(dropEven(1)._tag, dropEven(2)._tag) // Some None
 *
 * const failing: Hook.Hook<number> = () => {
 *   throw new Error('a fault of the hook')
 * }
 * console.log(Hook.run(() => failing(1))._tag) // None
 * ```
 */
import type { Monoid } from '#fp-ts/Monoid'
import * as O from '#fp-ts/Option'

// model

export type Hook<A> = (value: A) => O.Option<A>

// constructors

/** Drops the values for which the predicate holds. */
export const dropIf =
  <A>(isDropped: (value: A) => boolean): Hook<A> =>
  (value) =>
    isDropped(value) ? O.none : O.some(value)

// folds

/** A hook that throws drops its value: it may have been about to remove something from it. */
export const run = <A>(hook: () => O.Option<A>): O.Option<A> => O.flatten(O.tryCatch(hook))

// instances

/** One hook after the other, as long as the value is not dropped. `undefined` is no hook. */
export const getMonoid = <A>(): Monoid<Hook<A> | undefined> => ({
  concat: (first, second) =>
    first === undefined || second === undefined
      ? (first ?? second)
      : (value) => O.chain(second)(first(value)),
  empty: undefined,
})
