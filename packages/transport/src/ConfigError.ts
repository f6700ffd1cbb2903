/**
 * The problems of a configuration: all of them together, each with its key. A message never shows the value of a secret, also if
 * the secret is in the place of a key.
 *
 * @example
 * ```ts
 * import { Config, ConfigError } from '@sentry-exporter/exporter'
 *
 * const config = Config.decode({ enviroment: 'production' })
 * const problems = config._tag === 'Left' ? ConfigError.show(config.left) : ''
 * console.log(problems) // enviroment: unknown, did you mean environment?; dsn: missing
 * ```
 */
import * as DsnError from '@sentry-exporter/envelope/DsnError'
import { withoutCredentials } from '@sentry-exporter/envelope/withoutCredentials'

// model

export type Problem =
  | { readonly _tag: 'NotAnObject' }
  | { readonly _tag: 'Missing'; readonly key: string }
  | { readonly _tag: 'UnknownKey'; readonly key: string; readonly nearest: string | undefined }
  | { readonly _tag: 'GivenTwice'; readonly key: string; readonly other: string }
  | {
      readonly _tag: 'BadValue'
      readonly key: string
      readonly expected: string
      /** The value, if it is a number, and else its type; nothing of a text, which may be a secret. */
      readonly got?: string | undefined
    }
  | { readonly _tag: 'BadDsn'; readonly key: string; readonly error: DsnError.DsnError }

export interface ConfigError {
  readonly _tag: 'ConfigError'
  /** At least one. */
  readonly problems: ReadonlyArray<Problem>
}

// constructors

export const of = (problems: ReadonlyArray<Problem>): ConfigError => ({
  _tag: 'ConfigError',
  problems: problems.map((problem) =>
    problem._tag === 'UnknownKey' ? { ...problem, key: shownKey(problem.key) } : problem,
  ),
})

/** An error that can be thrown, named `ConfigError`. `place` is what has the options: `nodeHttp`. */
export const toError = (error: ConfigError, place?: string): Error =>
  named(place === undefined ? show(error) : `${place}: ${show(error)}`)

/** An error with this message, named `ConfigError`. */
export const named = (message: string): Error =>
  Object.assign(new Error(message), { name: 'ConfigError' })

// encoding

const MAX_KEY_CHARACTERS = 100

/** Keys of Sentry have 32 hexadecimal digits; no option has so many in its name. */
const HEX_KEY = /[0-9a-f]{24,}/gi

/** A key that a user wrote, on one line and without credentials. */
const shownKey = (key: string): string =>
  withoutCredentials(key)
    .replace(HEX_KEY, '[Filtered]')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .slice(0, MAX_KEY_CHARACTERS)

/** `environment: expected ...; enviroment: unknown, did you mean environment?` */
export const show = (error: ConfigError): string => error.problems.map(showProblem).join('; ')

const showProblem = (problem: Problem): string => {
  switch (problem._tag) {
    case 'NotAnObject':
      return 'the configuration is not an object'
    case 'Missing':
      return `${problem.key}: missing`
    case 'UnknownKey': {
      const key = shownKey(problem.key)
      return problem.nearest === undefined
        ? `${key}: unknown`
        : `${key}: unknown, did you mean ${problem.nearest}?`
    }
    case 'GivenTwice':
      return `${problem.key}: given twice, also as ${problem.other}`
    case 'BadValue':
      return `${problem.key}: expected ${problem.expected}${problem.got === undefined ? '' : `, got ${problem.got}`}`
    case 'BadDsn':
      return `${problem.key}: ${DsnError.show(problem.error)}`
  }
}
