/** One option of a configuration: its key, the values that it may have, and their description. */
import * as G from '#io-ts/Guard'

// model

/** The values that an option may have. */
export interface ConfigValue<A> {
  readonly guard: G.Guard<unknown, A>
  /** Describes the valid values in a message: `a whole number from 1`. */
  readonly expected: string
}

export interface ConfigOption<A> extends ConfigValue<A> {
  /** In JavaScript's spelling: `maxSpans`. */
  readonly key: string
}

/** Reads the value of an option; `undefined` if it was not given, or is invalid and was added to the problems. */
export type Get = <A>(option: ConfigOption<A>) => A | undefined

// constructors

/** Options whose keys are those of a record. */
export const named = <A extends Readonly<Record<string, ConfigValue<unknown>>>>(
  values: A,
): { readonly [K in keyof A]: A[K] & { readonly key: string } } =>
  Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, { key, ...value }]),
    // The compiler does not relate the entries of a record to its keys.
  ) as { [K in keyof A]: A[K] & { key: string } }

/** A guard with a further condition. */
export const where = <A>(
  guard: G.Guard<unknown, A>,
  isValid: (value: A) => boolean,
): G.Guard<unknown, A> => G.refine((value: A): value is A => isValid(value))(guard)

/** An integer of at least `min`. */
export const wholeFrom = (min: number): ConfigValue<number> => ({
  guard: where(G.number, (number) => Number.isSafeInteger(number) && number >= min),
  expected: `a whole number from ${min}`,
})

export const boolean: ConfigValue<boolean> = { guard: G.boolean, expected: 'true or false' }

/** The parameters and the result of a function cannot be checked. */
export const callback = <A>(): ConfigValue<A> => ({
  guard: { is: (value): value is A => typeof value === 'function' },
  expected: 'a function',
})
