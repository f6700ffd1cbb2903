/**
 * A codec of io-ts for one part of the configuration: from a node of the tree to a value. It collects all problems; a result
 * with warnings and notes has both, the value and the problems.
 *
 * `Kleisli` is io-ts's form of a decoder with a type of errors of its own; here errors are `ConfigProblems`, with places.
 */
import * as TH from '#fp-ts/These'
import type * as K from '#io-ts/Kleisli'
import type { ConfigNode } from '../ConfigNode.ts'
import * as Node from '../ConfigNode.ts'
import type { ConfigPath } from '../ConfigPath.ts'
import * as ConfigProblem from '../ConfigProblem.ts'
import type { Place } from '../Place.ts'

// model

/** A value and where it is, or a missing value and where it should be. */
export interface Given {
  /** `undefined` if the key is not in the map. */
  readonly node: ConfigNode | undefined
  readonly path: ConfigPath
  /** Of a missing value: the place of the map around it. */
  readonly place: Place
}

export type Codec<A> = K.Kleisli<TH.URI, Given, ConfigProblem.ConfigProblems, A>

export type Decoded<A> = TH.These<ConfigProblem.ConfigProblems, A>

export type ValueOf<C> = K.TypeOf<TH.URI, C>

/** A value with its place, for checks that need several components. */
export interface Located<A> {
  readonly value: A
  readonly location: ConfigProblem.Location
}

// constructors

export const succeed = <A>(value: A): Decoded<A> => TH.right(value)

export const fail = (given: Given, finding: ConfigProblem.Finding): Decoded<never> =>
  TH.left([ConfigProblem.error(given, finding)])

/** A value and the problems beside it: without it if one of them is an error. */
export const withProblems = <A>(problems: ConfigProblem.ConfigProblems, value: A): Decoded<A> => {
  if (problems.length === 0) return TH.right(value)
  return problems.some(ConfigProblem.isError) ? TH.left(problems) : TH.both(problems, value)
}

// guards

/** Whether a value was left out, or is null, which is the same for single values. */
export const isAbsent = ({ node }: Given): boolean => node === undefined || Node.isNull(node)

// transformations

/** `undefined` if the value was left out. */
export const optional = <A>(codec: Codec<A>): Codec<A | undefined> => ({
  decode: (given) => (isAbsent(given) ? succeed(undefined) : codec.decode(given)),
})

export const withDefault = <A>(codec: Codec<A>, value: A): Codec<A> => ({
  decode: (given) => (isAbsent(given) ? succeed(value) : codec.decode(given)),
})

/** A component that is null has its defaults; one that was left out is not there. */
export const present = <A>(codec: Codec<A>): Codec<A | undefined> => ({
  decode: (given) => (given.node === undefined ? succeed(undefined) : codec.decode(given)),
})

export const located = <A>(codec: Codec<A>): Codec<Located<A>> =>
  mapWith(codec, (value, { place, path }) => ({ value, location: { place, path } }))

/** Maps a value, also by its place. */
export const mapWith = <A, B>(codec: Codec<A>, f: (value: A, given: Given) => B): Codec<B> => ({
  decode: (given) => instance.map(codec.decode(given), (value) => f(value, given)),
})

/** A further condition: the problems of a value, none for a valid one. */
export const checked = <A>(
  codec: Codec<A>,
  check: (value: A, given: Given) => ConfigProblem.ConfigProblems,
): Codec<A> => ({
  decode: (given) =>
    instance.chain(codec.decode(given), (value) => withProblems(check(value, given), value)),
})

// instances

const applicative = TH.getApplicative(ConfigProblem.Semigroup)

/** Collects the problems of independent parts; a part that depends on another one is decoded after it. */
export const instance: ReturnType<typeof TH.getMonad<ConfigProblem.ConfigProblems>> &
  ReturnType<typeof TH.getApplicative<ConfigProblem.ConfigProblems>> &
  typeof TH.Bifunctor = {
  ...TH.Bifunctor,
  ...TH.getMonad(ConfigProblem.Semigroup),
  ...applicative,
}
