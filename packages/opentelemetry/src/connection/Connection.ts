/**
 * The exporter behind the classes of this package: opened by the first telemetry, and not before, since Workers allow no clock, timers
 * and random numbers while a program is loaded. Several classes may share one; the last that is shut down closes it.
 */
import { diag } from '@opentelemetry/api'
import type { ErrorRules } from '@sentry-exporter/core/ErrorRules'
import type * as Config from '@sentry-exporter/exporter/Config'
import * as ConfigError from '@sentry-exporter/exporter/ConfigError'
import * as Exporter from '@sentry-exporter/exporter/Exporter'
import * as Outcome from '@sentry-exporter/exporter/Outcome'
import * as OtlpInput from '@sentry-exporter/otlp/OtlpInput'
import type { Clock } from '@sentry-exporter/transport/Clock'
import type { Http } from '@sentry-exporter/transport/Http'
import * as DebugImages from '../debug/DebugImages.ts'
import * as LogRecordReader from '../readable/LogRecordReader.ts'
import * as MetricsReader from '../readable/MetricsReader.ts'
import type { ReadableLogRecord } from '../readable/ReadableLogRecord.ts'
import type { ReadableMetrics } from '../readable/ReadableMetrics.ts'
import { isSampled, type ReadableSpan } from '../readable/ReadableSpan.ts'
import * as SpanReader from '../readable/SpanReader.ts'
import * as OpenEntries from '../spans/OpenEntries.ts'
import * as SpanSlices from '../spans/SpanSlices.ts'
import * as OwnRequests from './OwnRequests.ts'
import * as SentryOptions from './SentryOptions.ts'
import { suppressed, suppressedClock, suppressedHttp } from './suppressed.ts'
import { timeLimitOf } from './timeLimit.ts'
import * as Variables from './Variables.ts'

// model

export interface Connection {
  readonly exportSpans: (spans: ReadonlyArray<ReadableSpan>) => Promise<Outcome.Outcome>
  readonly exportRecords: (records: ReadonlyArray<ReadableLogRecord>) => Promise<Outcome.Outcome>
  readonly exportMetrics: (metrics: ReadableMetrics) => Promise<Outcome.Outcome>
  /** Hands over the spans that wait for a later turn of the event loop. */
  readonly handOverAll: () => void
  /** Entry spans that have started and have not ended. */
  readonly openEntries: OpenEntries.OpenEntries
  /** Waits until what a flush of this scope releases, and all that was under way, is answered or counted. */
  readonly flush: (scope: 'entered' | 'none' | 'all', timeoutMillis?: number) => Promise<void>
  /** Envelopes that are under way, and spans that may become some. */
  readonly unanswered: () => number
  /** One more class uses it. */
  readonly attach: () => void
  /** One class has ended. Delivers, and closes the exporter if no other class uses it. */
  readonly release: (timeoutMillis?: number) => Promise<void>
  /** Everything since it was opened. */
  readonly outcome: () => Outcome.Outcome
  readonly clock: Clock
  readonly variables: Variables.Variables
}

/** The parts that a runtime provides. */
export interface RuntimeParts {
  /** Opens no connection before the first request. Throws if an option cannot work. */
  readonly openHttp: () => Http
  readonly clock: Clock
  /** The parsers of the stack traces of this runtime. */
  readonly parsers: ErrorRules['parsers']
  readonly environment: Variables.ProcessVariables
}

/** Shorter than the grace periods of serverless platforms and process managers. */
const DEFAULT_FLUSH_MILLIS = 10_000

// constructors

/** Throws one readable error if the options cannot work. Opens nothing. */
export const make = (runtime: RuntimeParts, options: SentryOptions.SentryOptions): Connection =>
  maker(runtime, options)()

/** The same for many connections with these options, which are decoded and reported once. */
export const maker = (
  runtime: RuntimeParts,
  options: SentryOptions.SentryOptions,
): (() => Connection) => {
  const variables = Variables.decode(runtime.environment)
  const { config, problems } = SentryOptions.decode(
    withDebugImages(runtime, options),
    variables,
    runtime.parsers,
  )
  for (const problem of problems) diag.error(`sentry-exporter: ${problem}`)
  if (config === undefined && !variables.isDisabled) {
    diag.warn('sentry-exporter: no DSN is given: nothing is sent to Sentry')
  }
  let checked: Http | undefined = runtime.openHttp()
  if (config?.insecureSkipVerify === true && checked.skipsVerify !== true) {
    throw ConfigError.named('insecureSkipVerify: this runtime verifies certificates')
  }
  const { flushMillis = DEFAULT_FLUSH_MILLIS } = options
  return () => {
    const http = checked ?? runtime.openHttp()
    checked = undefined
    return connect({ ...runtime, http }, { config, variables, flushMillis })
  }
}

interface DecodedParts {
  readonly config: Config.Config | undefined
  readonly variables: Variables.Variables
  readonly flushMillis: number
}

const connect = (
  { http, ...runtime }: Pick<RuntimeParts, 'clock'> & { readonly http: Http },
  { config, variables, flushMillis }: DecodedParts,
): Connection => {
  const clock = suppressedClock(runtime.clock)
  const openEntries = OpenEntries.make()
  const ownRequests = OwnRequests.make()
  const { resourceAttributes } = variables
  const { hasRemoteParent } = openEntries
  const spanReader = SpanReader.make({ resourceAttributes, hasRemoteParent })
  const recordReader = LogRecordReader.make(resourceAttributes)
  const metricsReader = MetricsReader.make(resourceAttributes)
  let users = 0
  let opened: Exporter.InputExporter | undefined

  const exporter = (): Exporter.InputExporter | undefined => {
    if (config === undefined) return undefined
    opened ??= Exporter.openInput(
      config,
      suppressedHttp(ownRequests.noted(http)),
      clock,
      openEntries,
    )
    return opened
  }
  const exportInput = (input: () => OtlpInput.OtlpInput): Promise<Outcome.Outcome> =>
    suppressed(async () => {
      try {
        return (await exporter()?.exportInput(input())) ?? Outcome.Monoid.empty
      } catch (error) {
        // An exporter does not reject: a mistake of this package must not end the program.
        diag.error(`sentry-exporter: ${String(error)}`)
        return Outcome.Monoid.empty
      }
    })

  const slices = SpanSlices.make({
    clock,
    handOver: (spans) => exportInput(() => ({ ...OtlpInput.empty, batch: spanReader.read(spans) })),
    isEntry: openEntries.isEntry,
  })
  /** Runs after all spans are handed over, with the time that is left. */
  const afterSlices = <A>(timeoutMillis: number, run: (leftMillis: number) => A): A | Promise<A> =>
    slices.waiting() === 0 ? run(timeoutMillis) : slices.drain(timeoutMillis).then(run)

  return {
    // Spans that were only recorded are not part of the input: a processor must not export them.
    exportSpans: (spans) => slices.give(ownRequests.without(spans.filter(isSampled))),
    exportRecords: (records) =>
      exportInput(() => ({ ...OtlpInput.empty, logs: recordReader.read(records) })),
    exportMetrics: (metrics) =>
      exportInput(() => ({ ...OtlpInput.empty, metrics: metricsReader.read(metrics) })),
    handOverAll: slices.release,
    openEntries,
    flush: async (scope, timeoutMillis) => {
      const limit = timeLimitOf(timeoutMillis) ?? flushMillis
      await suppressed(async () =>
        afterSlices(limit, (leftMillis) => opened?.flush(leftMillis, scope)),
      )
    },
    unanswered: () => (opened?.backlog().unanswered ?? 0) + slices.waiting(),
    attach: () => {
      users++
    },
    release: async (timeoutMillis) => {
      const limit = timeLimitOf(timeoutMillis) ?? flushMillis
      users--
      await suppressed(async () =>
        afterSlices(limit, (leftMillis) =>
          users > 0 ? opened?.flush(leftMillis, 'entered') : opened?.shutdown(leftMillis),
        ),
      )
    },
    outcome: () => {
      const waiting = slices.waiting()
      const outcome = opened?.outcome() ?? Outcome.Monoid.empty
      if (waiting === 0) return outcome
      return Outcome.Monoid.concat(outcome, { ...Outcome.Monoid.empty, spansIn: waiting, waiting })
    },
    clock,
    variables,
  }
}

/** Error events name the debug ids of their files, after the hook of the user. */
const withDebugImages = (
  { parsers }: RuntimeParts,
  options: SentryOptions.SentryOptions,
): SentryOptions.SentryOptions => {
  const { beforeSendError } = options
  if (beforeSendError !== undefined && typeof beforeSendError !== 'function') return options
  const add = DebugImages.withImages(DebugImages.reader(parsers))
  return {
    ...options,
    beforeSendError: (error) => {
      const kept = beforeSendError === undefined ? error : beforeSendError(error)
      return kept === null || kept === undefined ? kept : add(kept)
    },
  }
}
