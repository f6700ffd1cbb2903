/**
 * A rule looks at a span and may answer. Rules are kept in lists: the first answer wins. Joining lists is a
 * monoid, so that users put their own rules before ours, or ours before theirs.
 */
import * as O from '#fp-ts/Option'
import type { Span } from '../model/Span.ts'

// model

export type Rule<A> = (span: Span) => O.Option<A>

// constructors

/** A rule that answers where the function gives a value. */
export const of =
  <A>(answer: (span: Span) => A | undefined): Rule<A> =>
  (span) =>
    O.fromNullable(answer(span))

// destructors

/** The first answer of a list of rules. */
export const firstOf =
  <A>(rules: ReadonlyArray<Rule<A>>): ((span: Span) => A | undefined) =>
  (span) => {
    // hot: several times for each span
    for (const rule of rules) {
      const answer = rule(span)
      if (O.isSome(answer)) return answer.value
    }
    return undefined
  }
