/** One option of a configuration: its key, what it may be, and how that is told to people. */
import type * as t from 'io-ts'

// model

export interface ConfigOption<A> {
  /** In JavaScript's spelling. */
  readonly key: string
  readonly codec: t.Type<A, A, unknown>
  readonly expected: string
}

/** Gives the value of an option; `undefined` where it was not given, or was refused and noted. */
export type Get = <A>(option: ConfigOption<A>) => A | undefined
