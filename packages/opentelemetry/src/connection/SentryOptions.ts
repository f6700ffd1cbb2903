/** The options of the classes, and how they are joined with environment variables. */
import type { ErrorRules } from '@sentry-exporter/core/ErrorRules'
import * as Config from '@sentry-exporter/exporter/Config'
import * as ConfigError from '@sentry-exporter/exporter/ConfigError'
import type { Variables } from './Variables.ts'

// model

/** As for `Exporter.open`, with the environment's values for those that are left out. */
export interface SentryOptions extends Omit<Config.ConfigInput, 'dsn'> {
  /** Where the telemetry goes. Default: `SENTRY_DSN`. Without either nothing is sent. */
  readonly dsn?: string | undefined
  /** The parsers of stack traces. Default: those of JavaScript. */
  readonly parsers?: ErrorRules['parsers'] | undefined
  /** The time limit of `forceFlush` and `shutdown`. Milliseconds. */
  readonly flushMillis?: number | undefined
}

/** Configuration, or the reason why there is none. */
export interface DecodedOptions {
  /** `undefined`: nothing is sent. */
  readonly config: Config.Config | undefined
  /** Problems of environment variables, a line each. Their values are not used. */
  readonly problems: ReadonlyArray<string>
}

const VARIABLES = [
  ['dsn', 'SENTRY_DSN'],
  ['environment', 'SENTRY_ENVIRONMENT'],
  ['release', 'SENTRY_RELEASE'],
] as const

// decoding

/** Throws one readable error for options that cannot work. A variable that cannot work is left out: it does not stop a program. */
export const decode = (
  { parsers, flushMillis: _, ...input }: SentryOptions,
  variables: Variables,
  ownParsers: ErrorRules['parsers'],
): DecodedOptions => {
  const toConfig = Config.decodeWith(parsers ?? ownParsers)
  const problems: Array<string> = []
  const joined: Record<string, unknown> = { ...input }
  for (const [key, name] of VARIABLES) {
    const value = variables[key]
    if (value === undefined || isGiven(input[key])) continue
    const problem = problemOf(key, value)
    if (problem === undefined) joined[key] = value
    else problems.push(`${name} is not used: ${problem}`)
  }
  if (variables.isDisabled || !isGiven(joined['dsn'])) {
    // Other options are checked all the same.
    const checked = toConfig({ ...joined, dsn: isGiven(joined['dsn']) ? joined['dsn'] : ANY_DSN })
    if (checked._tag === 'Left') throw ConfigError.toError(checked.left)
    return { config: undefined, problems }
  }
  const config = toConfig(joined)
  if (config._tag === 'Left') throw ConfigError.toError(config.left)
  return { config: config.right, problems }
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null && value !== ''

/** A valid DSN, to check a value alone. Nothing is sent to it. */
const ANY_DSN = 'https://key@sentry.invalid/1'

const problemOf = (key: string, value: string): string | undefined => {
  const decoded = Config.decodeWith([])({ dsn: ANY_DSN, [key]: value })
  return decoded._tag === 'Left' ? ConfigError.show(decoded.left) : undefined
}
