/**
 * The problems of a configuration: all of them together, each with its key. A message never shows the value of a secret.
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

// model

export type Problem =
  | { readonly _tag: 'NotAnObject' }
  | { readonly _tag: 'Missing'; readonly key: string }
  | { readonly _tag: 'UnknownKey'; readonly key: string; readonly nearest: string | undefined }
  | { readonly _tag: 'GivenTwice'; readonly key: string; readonly other: string }
  | { readonly _tag: 'BadValue'; readonly key: string; readonly expected: string }
  | { readonly _tag: 'BadDsn'; readonly key: string; readonly error: DsnError.DsnError }

export interface ConfigError {
  readonly _tag: 'ConfigError'
  /** At least one. */
  readonly problems: ReadonlyArray<Problem>
}

// constructors

export const of = (problems: ReadonlyArray<Problem>): ConfigError => ({
  _tag: 'ConfigError',
  problems,
})

// encoding

/** `environment: expected ...; enviroment: unknown, did you mean environment?` */
export const show = (error: ConfigError): string => error.problems.map(showProblem).join('; ')

const showProblem = (problem: Problem): string => {
  switch (problem._tag) {
    case 'NotAnObject':
      return 'the configuration is not an object'
    case 'Missing':
      return `${problem.key}: missing`
    case 'UnknownKey':
      return problem.nearest === undefined
        ? `${problem.key}: unknown`
        : `${problem.key}: unknown, did you mean ${problem.nearest}?`
    case 'GivenTwice':
      return `${problem.key}: given twice, also as ${problem.other}`
    case 'BadValue':
      return `${problem.key}: expected ${problem.expected}`
    case 'BadDsn':
      return `${problem.key}: ${DsnError.show(problem.error)}`
  }
}
