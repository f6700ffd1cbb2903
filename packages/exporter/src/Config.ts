/**
 * The configuration of an exporter. Options are spelled as in JavaScript (`insecureSkipVerify`) or as in the configuration of the
 * OpenTelemetry Collector's exporter (`insecure_skip_verify`).
 *
 * @example
 * ```ts
 * import { Config } from '@sentry-exporter/exporter'
 *
 * const config = Config.decode({ dsn: 'https://key@sentry.example.com/42', max_spans: 500 })
 * console.log(config._tag === 'Right' ? config.right.limits.maxSpans : 'invalid') // 500
 * ```
 */
import type { ErrorRules } from '@sentry-exporter/core/ErrorRules'
import * as Limits from '@sentry-exporter/core/Limits'
import { defaultErrorRules } from '@sentry-exporter/core/pipeline'
import * as Dsn from '@sentry-exporter/envelope/Dsn'
import * as ConfigOption from '@sentry-exporter/transport/ConfigOption'
import type * as Delivery from '@sentry-exporter/transport/Delivery'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as G from '#io-ts/Guard'
import * as ConfigError from './ConfigError.ts'
import * as DeliveryOptions from './DeliveryOptions.ts'
import * as ErrorsConfig from './ErrorsConfig.ts'
import * as LimitsOptions from './LimitsOptions.ts'
import * as MappingConfig from './MappingConfig.ts'
import * as MetricsOptions from './MetricsOptions.ts'
import type { ProjectLookup } from './ProjectLookup.ts'
import * as ReportingOptions from './ReportingOptions.ts'
import * as Routing from './Routing.ts'

// model

export interface Config
  extends ErrorsConfig.ErrorsConfig,
    MappingConfig.MappingConfig,
    MetricsOptions.MetricsConfig {
  readonly dsn: Dsn.Dsn
  /** The environment of every event, also if a span names another one. `undefined`: the spans decide. */
  readonly environment: string | undefined
  /** The environment of events whose spans name none. */
  readonly defaultEnvironment: string | undefined
  /** Accept any certificate of the server. */
  readonly insecureSkipVerify: boolean
  /** How long spans wait for the rest of their trace, and how large a transaction may be. */
  readonly limits: Limits.Limits
  /** How envelopes are delivered: retries, bounds, time limits. */
  readonly delivery: Delivery.Options
  /** Transactions outside of the times that the server accepts: shifted by whole days, or dropped. */
  readonly oldTraces: 'shift' | 'drop'
  /** The receivers of reports about sent and lost data. */
  readonly reporting: ReportingOptions.ReportingConfig
  /** Segments for other projects than that of `dsn`, or with other options; the first route that matches wins. */
  readonly routes: ReadonlyArray<Routing.Route>
  /** Segments without a route: to `dsn`, or left out and counted. */
  readonly unmatched: 'default' | 'drop'
}

/** A configuration to run: one without a DSN looks its projects up. Every `Config` is one. */
export interface RunnableConfig extends Omit<Config, 'dsn'> {
  /** The default project. */
  readonly dsn: Dsn.Dsn | undefined
  readonly projects?: ProjectLookup | undefined
  /** Whether the input is a recording: its first point takes the place of the start of the exporter for series of metrics. */
  readonly isRecording?: boolean | undefined
}

/** A configuration as users write it, in JavaScript's spelling. The decoder refuses any other value with a reason. */
export interface ConfigInput
  extends DeliveryOptions.DeliveryInput,
    ErrorsConfig.ErrorsInput,
    LimitsOptions.LimitsInput,
    MappingConfig.MappingInput,
    MetricsOptions.MetricsInput,
    ReportingOptions.ReportingInput {
  readonly dsn: string
  readonly environment?: string | undefined
  readonly defaultEnvironment?: string | undefined
  readonly insecureSkipVerify?: boolean | undefined
  /** The origin of spans: this process (the default), or `gateway`: several processes, seconds apart. */
  readonly assembly?: 'in-process' | 'gateway' | undefined
  /**
   * Transactions that are older than five days, or of the future, which Sentry does not accept: `shift` (the default) moves
   * all transactions of a trace by whole days; `drop` drops them.
   */
  readonly oldTraces?: 'shift' | 'drop' | undefined
  readonly routes?: ReadonlyArray<Routing.RouteInput> | undefined
  /** `default` (the default): segments without a route go to `dsn`. `drop`: they are left out and counted as `unrouted`. */
  readonly unmatched?: 'default' | 'drop' | undefined
}

// decoding

/** Reads a configuration. The error has every problem, and for an unknown key the known one that it resembles. */
export const decode = (input: unknown): E.Either<ConfigError.ConfigError, Config> =>
  decodeWith(defaultErrorRules.parsers)(input)

/** The same with these parsers of stack traces, in place of those of all languages. */
export const decodeWith =
  (parsers: ErrorRules['parsers']) =>
  (input: unknown): E.Either<ConfigError.ConfigError, Config> =>
    pipe(
      // Getters and proxies of a caller may throw, also in the parts of an option.
      E.tryCatch(
        () => decodeRecord(parsers, input),
        () => ConfigError.of([ConfigOption.unreadable('options')]),
      ),
      E.flatten,
    )

// guards

/** Why nothing can be addressed with a configuration; `undefined` if all its parts fit together. */
export const addressProblem = ({ dsn, projects, routes }: RunnableConfig): string | undefined => {
  if (projects !== undefined) return undefined
  if (dsn === undefined) return 'dsn: missing'
  const at = routes.findIndex(({ to }) => to?._tag === 'Project')
  return at < 0
    ? undefined
    : `routes[${at}].project: no projects are looked up here; write the dsn of the project`
}

const decodeRecord = (
  parsers: ErrorRules['parsers'],
  input: unknown,
): E.Either<ConfigError.ConfigError, Config> => {
  if (!G.UnknownRecord.is(input)) return E.left(ConfigError.of([{ _tag: 'NotAnObject' }]))
  const { get, problems } = ConfigOption.read(input, KEYS)
  const dsn = readDsn(get(OPTIONS.dsn), problems)
  const routing = Routing.decode(get(OPTIONS.routes) ?? [], OPTIONS.routes.key)
  problems.push(...routing.problems)
  const config = {
    environment: get(OPTIONS.environment),
    defaultEnvironment: get(OPTIONS.defaultEnvironment),
    insecureSkipVerify: get(OPTIONS.insecureSkipVerify) ?? false,
    limits: LimitsOptions.decode(get, limitsFor(get(OPTIONS.assembly) ?? 'in-process')),
    oldTraces: get(OPTIONS.oldTraces) ?? 'shift',
    ...ErrorsConfig.decode(get, parsers),
    ...MappingConfig.decode(get),
    ...MetricsOptions.decode(get),
    delivery: DeliveryOptions.decode(get),
    reporting: ReportingOptions.decode(get),
    routes: routing.routes,
    unmatched: get(OPTIONS.unmatched) ?? 'default',
  }
  return dsn !== undefined && problems.length === 0
    ? E.right({ dsn, ...config })
    : E.left(ConfigError.of(problems))
}

/** `undefined` if there is no valid DSN, which is then among the problems. */
const readDsn = (
  text: string | undefined,
  problems: Array<ConfigError.Problem>,
): Dsn.Dsn | undefined => {
  const { key } = OPTIONS.dsn
  if (text === undefined) {
    const isKnown = problems.some((problem) => 'key' in problem && problem.key === key)
    if (!isKnown) problems.push({ _tag: 'Missing', key })
    return undefined
  }
  const dsn = Dsn.parse(text)
  if (E.isRight(dsn)) return dsn.right
  problems.push({ _tag: 'BadDsn', key, error: dsn.left })
  return undefined
}

type Origin = 'in-process' | 'gateway'

const limitsFor = (origin: Origin): Limits.Limits =>
  origin === 'gateway' ? Limits.gateway : Limits.inProcess

const OPTIONS = ConfigOption.named({
  dsn: ConfigOption.string,
  ...MappingConfig.environments,
  insecureSkipVerify: ConfigOption.boolean,
  assembly: ConfigOption.oneOf('in-process', 'gateway'),
  oldTraces: ConfigOption.oneOf('shift', 'drop'),
  routes: { guard: G.UnknownArray, expected: 'a list' },
  unmatched: ConfigOption.oneOf('default', 'drop'),
})

/** Every option, in JavaScript's spelling. */
export const KEYS: ReadonlyArray<string> = [
  ...Object.keys(OPTIONS),
  ...ErrorsConfig.KEYS,
  ...LimitsOptions.KEYS,
  ...MappingConfig.KEYS,
  ...MetricsOptions.KEYS,
  ...Object.keys(DeliveryOptions.options),
  ...ReportingOptions.KEYS,
]
