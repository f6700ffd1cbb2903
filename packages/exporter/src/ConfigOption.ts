/** One option of a configuration: its key, what it may be, and how that is told to people. */
import * as G from '#io-ts/Guard'

// model

export interface ConfigOption<A> {
  /** In JavaScript's spelling. */
  readonly key: string
  readonly guard: G.Guard<unknown, A>
  readonly expected: string
}

/** Gives the value of an option; `undefined` where it was not given, or was refused and noted. */
export type Get = <A>(option: ConfigOption<A>) => A | undefined

// constructors

/** What a guard lets pass and something more holds for. */
export const where = <A>(
  guard: G.Guard<unknown, A>,
  holds: (value: A) => boolean,
): G.Guard<unknown, A> => G.refine((value: A): value is A => holds(value))(guard)

/** A whole number that is not less than another one. */
export const wholeFrom = (key: string, least: number): ConfigOption<number> => ({
  key,
  guard: where(G.number, (number) => Number.isSafeInteger(number) && number >= least),
  expected: `a whole number from ${least}`,
})

export const boolean = (key: string): ConfigOption<boolean> => ({
  key,
  guard: G.boolean,
  expected: 'true or false',
})

/** What a function takes and gives cannot be looked at: it is taken at its word. */
export const callback = <A>(key: string): ConfigOption<A> => ({
  key,
  guard: { is: (value): value is A => typeof value === 'function' },
  expected: 'a function',
})
