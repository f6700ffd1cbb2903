/**
 * A rule looks at a span and may answer. Rules are kept in lists, and the first answer wins. A custom rule is put before
 * the others, or after them. A rule names the attribute keys that it reads.
 *
 * @example
 * ```ts
 * import { Mapping, Operation, Rule } from '@sentry-exporter/core'
 *
 * const job = Rule.reading(['job.name'], (span) =>
 *   span.attributes['job.name'] === undefined ? undefined : 'job',
 * )
 * const mapping: Mapping.Mapping = {
 *   ...Mapping.sentry,
 *   op: Rule.firstOf([job, ...Operation.rules]),
 * }
 * console.log(mapping.op.reads?.slice(0, 2)) // [ 'job.name', 'sentry.op' ]
 * ```
 */
import * as O from '#fp-ts/Option'
import type { Span } from '../model/Span.ts'
import * as FirstLetters from './FirstLetters.ts'
import * as SpanFunction from './SpanFunction.ts'

// model

export type Rule<A> = SpanFunction.SpanFunction<O.Option<A>>

// constructors

/** A rule that answers where the function returns a value. It may read every key, unless the function names its keys. */
export const of = <A>(answer: SpanFunction.SpanFunction<A | undefined>): Rule<A> =>
  SpanFunction.needing(
    [answer],
    SpanFunction.withReads(answer.reads, (span, letters) => O.fromNullable(answer(span, letters))),
  )

/** The same for a function that reads only these keys, and those of these functions. */
export const reading = <A>(
  sources: ReadonlyArray<SpanFunction.KeySource>,
  answer: (span: Span, letters?: FirstLetters.FirstLetters) => A | undefined,
): Rule<A> =>
  SpanFunction.reading(sources, (span, letters) => O.fromNullable(answer(span, letters)))

// folds

/** The first answer of a list of rules. It reads the keys of all of them. */
export const firstOf = <A>(
  rules: ReadonlyArray<Rule<A>>,
): SpanFunction.SpanFunction<A | undefined> => {
  const needed = rules.map(({ needs }) =>
    needs === undefined ? undefined : FirstLetters.ofKeys(needs),
  )
  return SpanFunction.needing(
    rules,
    SpanFunction.reading(rules, (span, letters = FirstLetters.every) => {
      // hot: several times for each span. Most rules need keys of a convention that the span does not use.
      for (let i = 0; i < rules.length; i++) {
        const wanted = needed[i]
        if (wanted !== undefined && !FirstLetters.mayHave(letters, wanted)) continue
        const answer = rules[i]?.(span, letters)
        if (answer !== undefined && O.isSome(answer)) return answer.value
      }
      return undefined
    }),
  )
}
