/**
 * What an exporter is told. Options are spelled as in JavaScript (`insecureSkipVerify`) or as in the configuration
 * of the OpenTelemetry Collector's exporter (`insecure_skip_verify`).
 */
import * as Environment from '@sentry-exporter/core/Environment'
import * as Limits from '@sentry-exporter/core/Limits'
import * as Dsn from '@sentry-exporter/envelope/Dsn'
import type * as Delivery from '@sentry-exporter/transport/Delivery'
import * as E from '#fp-ts/Either'
import * as G from '#io-ts/Guard'
import * as ConfigError from './ConfigError.ts'
import { boolean, type ConfigOption, where, wholeFrom } from './ConfigOption.ts'
import * as DeliveryOptions from './DeliveryOptions.ts'
import * as ErrorsConfig from './ErrorsConfig.ts'
import * as MappingConfig from './MappingConfig.ts'
import { nearest } from './nearest.ts'
import * as Routing from './Routing.ts'

// model

export interface Config extends ErrorsConfig.ErrorsConfig, MappingConfig.MappingConfig {
  readonly dsn: Dsn.Dsn
  /** Stands on every event, whatever the spans say. `undefined`: the spans decide. */
  readonly environment: string | undefined
  /** Stands on the events whose spans name no environment. */
  readonly defaultEnvironment: string | undefined
  /** Trust any certificate of the server. */
  readonly insecureSkipVerify: boolean
  /** How long spans wait for the rest of their trace, and how large a transaction may be. */
  readonly limits: Limits.Limits
  /** How envelopes are delivered: retries, bounds, time limits. */
  readonly delivery: Delivery.Options
  /** What goes to other projects than that of `dsn`; the first that matches. */
  readonly routes: ReadonlyArray<Routing.Route>
}

/** A configuration as people write it, in JavaScript's spelling. Any other value is refused with a reason. */
export interface ConfigInput
  extends DeliveryOptions.DeliveryInput,
    ErrorsConfig.ErrorsInput,
    MappingConfig.MappingInput {
  readonly dsn: string
  readonly environment?: string
  readonly defaultEnvironment?: string
  readonly insecureSkipVerify?: boolean
  /** Whose spans come: those of this process (the default), or those of many, with their delays. */
  readonly assembly?: 'in-process' | 'gateway'
  /** Most spans below the root of one transaction; 1000 if left out. */
  readonly maxSpans?: number
  readonly routes?: ReadonlyArray<Routing.RouteInput>
}

// decoding

/** Reads a configuration; tells every problem it has, with the nearest known key for an unknown one. */
export const decode = (input: unknown): E.Either<ConfigError.ConfigError, Config> => {
  if (!G.UnknownRecord.is(input)) {
    return E.left(ConfigError.of([{ _tag: 'NotAnObject' }]))
  }
  const problems: Array<ConfigError.Problem> = [...keyProblems(input)]
  const get = <A>(option: ConfigOption<A>): A | undefined => {
    const value = optionOf(input, option.key)
    if (value === undefined || value === null || value === '') return undefined
    if (option.guard.is(value)) return value
    problems.push({ _tag: 'BadValue', key: option.key, expected: option.expected })
    return undefined
  }
  const text = get(OPTIONS.dsn)
  const dsn = text === undefined ? undefined : Dsn.parse(text)
  if (dsn === undefined) {
    if (!problems.some((problem) => 'key' in problem && problem.key === OPTIONS.dsn.key)) {
      problems.push({ _tag: 'Missing', key: OPTIONS.dsn.key })
    }
  } else if (E.isLeft(dsn)) {
    problems.push({ _tag: 'BadDsn', key: OPTIONS.dsn.key, error: dsn.left })
  }
  const routing = Routing.decode(get(OPTIONS.routes) ?? [], OPTIONS.routes.key)
  problems.push(...routing.problems)
  const config = {
    environment: get(OPTIONS.environment),
    defaultEnvironment: get(OPTIONS.defaultEnvironment),
    insecureSkipVerify: get(OPTIONS.insecureSkipVerify) ?? false,
    limits: limitsOf(get(OPTIONS.assembly) ?? 'in-process', get(OPTIONS.maxSpans)),
    ...ErrorsConfig.decode(get),
    ...MappingConfig.decode(get),
    delivery: DeliveryOptions.decode(get),
    routes: routing.routes,
  }
  return dsn !== undefined && E.isRight(dsn) && problems.length === 0
    ? E.right({ dsn: dsn.right, ...config })
    : E.left(ConfigError.of(problems))
}

const environmentName: G.Guard<unknown, string> = where(
  G.string,
  (text) => Environment.repair(text) === text,
)

type Whose = 'in-process' | 'gateway'

const assembly: G.Guard<unknown, Whose> = G.literal('in-process', 'gateway')

const limitsOf = (whose: Whose, maxSpans: number | undefined): Limits.Limits => {
  const limits = whose === 'gateway' ? Limits.gateway : Limits.inProcess
  return maxSpans === undefined ? limits : { ...limits, maxSpans }
}

const ENVIRONMENT_SHAPE = 'at most 64 characters without spaces and slashes, and not "none"'

const OPTIONS = {
  dsn: { key: 'dsn', guard: G.string, expected: 'a string' },
  environment: { key: 'environment', guard: environmentName, expected: ENVIRONMENT_SHAPE },
  defaultEnvironment: {
    key: 'defaultEnvironment',
    guard: environmentName,
    expected: ENVIRONMENT_SHAPE,
  },
  insecureSkipVerify: boolean('insecureSkipVerify'),
  assembly: { key: 'assembly', guard: assembly, expected: '"in-process" or "gateway"' },
  maxSpans: wholeFrom('maxSpans', 1),
  routes: { key: 'routes', guard: G.UnknownArray, expected: 'a list' },
} as const satisfies Readonly<Record<string, AnyOption>>

type AnyOption =
  | ConfigOption<string>
  | ConfigOption<boolean>
  | ConfigOption<number>
  | ConfigOption<Whose>
  | ConfigOption<Array<unknown>>

/** Every option, in JavaScript's spelling. */
export const KEYS: ReadonlyArray<string> = [
  ...Object.values(OPTIONS).map(({ key }) => key),
  ...ErrorsConfig.KEYS,
  ...MappingConfig.KEYS,
  ...Object.values(DeliveryOptions.options).map(({ key }) => key),
]

const collectorSpelling = (key: string): string =>
  key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

const optionOf = (input: Readonly<Record<string, unknown>>, key: string): unknown =>
  Object.hasOwn(input, key) ? input[key] : input[collectorSpelling(key)]

const keyProblems = (
  input: Readonly<Record<string, unknown>>,
): ReadonlyArray<ConfigError.Problem> => {
  const known = new Set([...KEYS, ...KEYS.map(collectorSpelling)])
  const unknown = Object.keys(input).filter((key) => !known.has(key))
  const twice = KEYS.filter(
    (key) =>
      key !== collectorSpelling(key) &&
      Object.hasOwn(input, key) &&
      Object.hasOwn(input, collectorSpelling(key)),
  )
  return [
    ...unknown.map(
      (key): ConfigError.Problem => ({ _tag: 'UnknownKey', key, nearest: nearest(key, KEYS) }),
    ),
    ...twice.map(
      (key): ConfigError.Problem => ({ _tag: 'SaidTwice', key, other: collectorSpelling(key) }),
    ),
  ]
}
