/** One option of a configuration: its key, the values that it may have, and their description. */
import * as G from '#io-ts/Guard'

// model

export interface ConfigOption<A> {
  /** In JavaScript's spelling: `maxSpans`. */
  readonly key: string
  readonly guard: G.Guard<unknown, A>
  /** Describes the valid values in a message: `a whole number from 1`. */
  readonly expected: string
}

/** Reads the value of an option; `undefined` if it was not given, or is invalid and was added to the problems. */
export type Get = <A>(option: ConfigOption<A>) => A | undefined

// constructors

/** A guard with a further condition. */
export const where = <A>(
  guard: G.Guard<unknown, A>,
  isValid: (value: A) => boolean,
): G.Guard<unknown, A> => G.refine((value: A): value is A => isValid(value))(guard)

/** An integer of at least `min`. */
export const wholeFrom = (key: string, min: number): ConfigOption<number> => ({
  key,
  guard: where(G.number, (number) => Number.isSafeInteger(number) && number >= min),
  expected: `a whole number from ${min}`,
})

export const boolean = (key: string): ConfigOption<boolean> => ({
  key,
  guard: G.boolean,
  expected: 'true or false',
})

/** The parameters and the result of a function cannot be checked. */
export const callback = <A>(key: string): ConfigOption<A> => ({
  key,
  guard: { is: (value): value is A => typeof value === 'function' },
  expected: 'a function',
})
