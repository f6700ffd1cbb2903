/** One option of a configuration: its key, what it may be, and how that is told to people. */
import * as t from 'io-ts'

// model

export interface ConfigOption<A> {
  /** In JavaScript's spelling. */
  readonly key: string
  readonly codec: t.Type<A, A, unknown>
  readonly expected: string
}

/** Gives the value of an option; `undefined` where it was not given, or was refused and noted. */
export type Get = <A>(option: ConfigOption<A>) => A | undefined

// constructors

export const boolean = (key: string): ConfigOption<boolean> => ({
  key,
  codec: t.boolean,
  expected: 'true or false',
})

/** What a function takes and gives cannot be looked at: it is taken at its word. */
export const callback = <A>(key: string): ConfigOption<A> => ({
  key,
  // As above: that it is a function is all that can be known.
  codec: t.Function as unknown as t.Type<A, A, unknown>,
  expected: 'a function',
})
