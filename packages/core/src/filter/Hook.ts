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
import * as E from '#fp-ts/Either'
import type { Monoid } from '#fp-ts/Monoid'
import * as O from '#fp-ts/Option'
import * as Form from './Form.ts'
import * as HookFailure from './HookFailure.ts'

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

/**
 * Runs a hook of which nothing is known. Gives a copy of its value that has the form, `none` if the hook dropped it, or the
 * failure of the hook.
 */
export const ask = <A>(
  name: HookFailure.HookName,
  form: Form.Form<A>,
  hook: () => O.Option<unknown>,
): E.Either<HookFailure.HookFailure, O.Option<A>> => {
  try {
    const answer = hook()
    if (!isOption(answer)) return E.left(HookFailure.returned(name, answer, NO_OPTION))
    if (O.isNone(answer)) return E.right(O.none)
    const { value } = answer
    const copy = Form.read(form, value)
    return E.isRight(copy)
      ? E.right(O.some(copy.right))
      : E.left(HookFailure.returned(name, value, copy.left))
  } catch (error) {
    return E.left(HookFailure.threw(name, error))
  }
}

const NO_OPTION: Form.Mismatch = { path: '', found: 'another value', expected: 'an Option' }

/** Programs in JavaScript may return anything. */
const isOption = (answer: unknown): answer is O.Option<unknown> =>
  typeof answer === 'object' &&
  answer !== null &&
  '_tag' in answer &&
  (answer._tag === 'None' || (answer._tag === 'Some' && 'value' in answer))

// instances

/** One hook after the other, as long as the value is not dropped. `undefined` is no hook. */
export const getMonoid = <A>(): Monoid<Hook<A> | undefined> => ({
  concat: (first, second) =>
    first === undefined || second === undefined
      ? (first ?? second)
      : (value) => O.chain(second)(first(value)),
  empty: undefined,
})
