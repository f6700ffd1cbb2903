/**
 * From the body of a request to sealed envelopes: the whole transformation, pure. Each function can be called alone.
 *
 *     text -> parse -> spans -> machine -> plans of envelopes -> sealed envelopes
 *                   -> log records -> items -> groups       -> sealed envelopes
 *                   -> metrics     -> items -> groups       -> sealed envelopes
 *
 * @example
 * ```ts
 * import { Config, ConfigError, Pipeline } from '@sentry-exporter/exporter'
 *
 * const config = Config.decode({ dsn: 'https://key@sentry.example.com/42' })
 * if (config._tag === 'Left') throw new Error(ConfigError.show(config.left))
 *
 * const run = Pipeline.ofOtlpJson(config.right)('{"resourceSpans":[]}')
 * console.log(run._tag === 'Right' ? run.right.assembled.envelopes.length : 'not OTLP') // 0
 * ```
 */
import type * as Batch from '@sentry-exporter/core/Batch'
import type { ErrorRules } from '@sentry-exporter/core/ErrorRules'
import * as Limits from '@sentry-exporter/core/Limits'
import type { LogRecord } from '@sentry-exporter/core/LogRecord'
import * as Losses from '@sentry-exporter/core/Losses'
import * as Mapping from '@sentry-exporter/core/Mapping'
import type { Metric } from '@sentry-exporter/core/Metric'
import { Assembly, runToEnd } from '@sentry-exporter/core/pipeline'
import type { Span } from '@sentry-exporter/core/Span'
import type { Sealed } from '@sentry-exporter/envelope/Sealed'
import type { DecodeError } from '@sentry-exporter/otlp/DecodeError'
import type * as OtlpBytes from '@sentry-exporter/otlp/OtlpBytes'
import * as OtlpInput from '@sentry-exporter/otlp/OtlpInput'
import * as E from '#fp-ts/Either'
import { flow, identity, pipe } from '#fp-ts/function'
import type { Config, RunnableConfig } from './Config.ts'
import { describeBytes, type ReadInput } from './describeBytes.ts'
import * as EnvelopePlan from './EnvelopePlan.ts'
import * as EventEnvelope from './EventEnvelope.ts'
import * as FinishedSpan from './FinishedSpan.ts'
import * as ItemEnvelope from './ItemEnvelope.ts'
import * as ItemSteps from './ItemSteps.ts'
import * as LogSteps from './LogSteps.ts'
import type { EventOptions } from './MappingConfig.ts'
import * as MetricSteps from './MetricSteps.ts'
import * as MetricsOptions from './MetricsOptions.ts'
import * as Routing from './Routing.ts'

// model

export interface Options<A> extends LogSteps.LogOptions<A>, MetricSteps.MetricOptions<A> {
  readonly limits: Limits.Limits
  /** Which exceptions become errors. */
  readonly errors: ErrorRules
  /** `false` makes errors alone. */
  readonly transactions?: boolean | undefined
  /** Transactions outside of the times that the server accepts: shifted by whole days (the default), or dropped. */
  readonly oldTraces?: 'shift' | 'drop' | undefined
  /** Machines that follow each other with one state share it. */
  readonly payload?: ReturnType<typeof FinishedSpan.payload> | undefined
  /** `false` prints each span with `JSON.stringify`: the result is the same, and takes longer. For comparisons. */
  readonly bytePath?: boolean | undefined
  readonly encode: EventEnvelope.Encode<A>
}

/** The other values of an input: each left out if there are none. */
export interface OtherSignals {
  readonly records?: ReadonlyArray<LogRecord> | undefined
  readonly metrics?: ReadonlyArray<Metric> | undefined
}

/** The result of one request. */
export interface PipelineRun {
  readonly batch: Batch.Batch
  /** Errors before transactions, which are sent first; then logs, then metrics. */
  readonly assembled: EnvelopePlan.MadeEnvelopes<Sealed>
}

// constructors

/** The mapping of a configuration, or of a route. */
export const mappingOf = (config: EventOptions): Mapping.Mapping =>
  pipe(
    config.mapping === 'collector' ? Mapping.collector : Mapping.sentry,
    config.status4xx === 'ok' ? Mapping.with4xxOk : identity,
    config.release === undefined ? identity : Mapping.withRelease(config.release),
    config.defaultEnvironment === undefined
      ? identity
      : Mapping.defaultEnvironment(config.defaultEnvironment),
    config.environment === undefined ? identity : Mapping.forceEnvironment(config.environment),
  )

/** The options of a configuration: envelopes are sealed. */
export const optionsOf = (config: RunnableConfig): Options<EventEnvelope.AddressedEnvelope> => ({
  mapping: mappingOf(config),
  limits: config.limits,
  errors: config.rules,
  hooks: config.hooks,
  transactions: config.transactions,
  oldTraces: config.oldTraces,
  mappingFor: Routing.mappingFor(config.routes, (own) => mappingOf({ ...config, ...own })),
  destinationOf: Routing.destinationOf(Routing.rulesOf(config)),
  encode: sealOf(config),
  encodeItems: ItemEnvelope.seal(config.dsn),
  logs: config.logs,
  metrics: config.metrics,
  metricRules: MetricsOptions.rulesOf(config.metricRules),
  isRecording: config.isRecording,
})

/** Seals the envelopes of a configuration. `earlier` as for `EventEnvelope.seal`. */
export const sealOf = (
  config: RunnableConfig,
  earlier?: EventEnvelope.Headings['earlier'],
): EventEnvelope.Encode<EventEnvelope.AddressedEnvelope> =>
  EventEnvelope.seal(config.dsn, headingOf(config), {
    headOf: config.projects?.directory.head,
    earlier,
  })

/** The part of the trace header that a configuration gives. */
export const headingOf = (config: RunnableConfig): EventEnvelope.Heading => ({
  environment: Routing.isForced(config) ? config.environment : undefined,
  sampleRate: config.hooks.sampleRate,
  upstreamSampleRate: config.upstreamSampleRate,
})

/** The assembly over time: spans and log records in, plans of envelopes out. */
export const machine = <A>({
  destinationOf = () => Routing.DEFAULT,
  bytePath = true,
  payload = bytePath ? FinishedSpan.payload() : FinishedSpan.printed(),
  encode,
  ...options
}: Options<A>): Assembly.AssemblyMachine<FinishedSpan.FinishedSpan, EnvelopePlan.EnvelopePlan<A>> =>
  Assembly.machine({
    ...options,
    sendsLogs: LogSteps.isOn(options),
    payload,
    emit: EnvelopePlan.emit(encode, destinationOf),
  })

// transformations

/**
 * Batches of spans, log records and metrics to envelopes: as an exporter assembles them, but all at once. With a time, transactions
 * are moved into the window that the server accepts then.
 */
export const assemble = <A>(
  options: Options<A>,
): ((
  batches: ReadonlyArray<ReadonlyArray<Span>>,
  others?: OtherSignals,
  nowMillis?: number,
) => EnvelopePlan.MadeEnvelopes<A>) => {
  const { run } = assembling(options)
  return (batches, { records = [], metrics = [] } = {}, nowMillis = 0) => {
    const logged = records.length === 0 ? [] : [{ ...Assembly.arrived([]), records }]
    return run([...batches.map(Assembly.arrived), ...logged], metrics, nowMillis)
  }
}

/** The bytes of a request to envelopes, all at once: its spans are described while they are read. */
export const assembleBytes = <A>(
  options: Options<A>,
): ((
  bytes: Uint8Array,
  encoding?: OtlpBytes.Encoding,
  nowMillis?: number,
) => E.Either<DecodeError, AssembledBytes<A>>) => {
  const { machine: made, run } = assembling(options)
  const { read } = describeBytes(made.describer)
  return (bytes, encoding, nowMillis = 0) =>
    pipe(
      read(bytes, encoding, nowMillis),
      E.map((input) => {
        const { batch, logs, described } = input
        const arrived = { ...Assembly.arrived(batch.spans), described, records: logs.records }
        return { input, assembled: run([arrived], input.metrics.metrics, nowMillis) }
      }),
    )
}

/** A request that was read, and its envelopes. */
export interface AssembledBytes<A> {
  readonly input: ReadInput
  /** Without the losses of reading. */
  readonly assembled: EnvelopePlan.MadeEnvelopes<A>
}

type Arrivals = ReadonlyArray<Assembly.Arrived<FinishedSpan.FinishedSpan>>

const assembling = <A>(
  options: Options<A>,
): {
  readonly machine: ReturnType<typeof machine<A>>
  readonly run: (
    arrivals: Arrivals,
    metrics: ReadonlyArray<Metric>,
    nowMillis: number,
  ) => EnvelopePlan.MadeEnvelopes<A>
} => {
  const hooksDrop = options.hooks?.span !== undefined
  const made = machine({ ...options, limits: Limits.untimed(options.limits, hooksDrop) })
  const toEnd = runToEnd(made)
  const toLogs = ItemSteps.toEnd(LogSteps.of(options))
  const toMetrics = ItemSteps.toEnd(MetricSteps.of(options))
  return {
    machine: made,
    run: (arrivals, metrics, nowMillis) => {
      const { emitted: plans, ...events } = toEnd(arrivals.map((one) => ({ ...one, nowMillis })))
      const records = arrivals.flatMap((one) => one.records ?? [])
      return EnvelopePlan.makeSteps([
        { plans, ...events },
        toLogs(records, nowMillis),
        toMetrics(metrics, nowMillis),
      ])
    },
  }
}

/** Input that was read, its log records and metrics included, to sealed envelopes. The losses of reading are included. */
export const ofInput = (
  config: Config,
  nowMillis?: number,
): ((input: ReadInput) => PipelineRun) => {
  const toEnvelopes = assemble(optionsOf(config))
  return (input) => {
    const { losses, ...made } = toEnvelopes(
      [input.batch.spans],
      { records: input.logs.records, metrics: input.metrics.metrics },
      nowMillis,
    )
    return {
      batch: input.batch,
      assembled: { ...made, losses: Losses.concat(OtlpInput.losses(input), losses) },
    }
  }
}

/** Decoded spans to sealed envelopes. The losses of decoding are included. */
export const ofBatch = (config: Config): ((batch: Batch.Batch) => PipelineRun) => {
  const run = ofInput(config)
  return (batch) => run({ ...OtlpInput.empty, batch })
}

/** OTLP in JSON, one request or several, to sealed envelopes. */
export const ofOtlpJson = (
  config: Config,
): ((text: string) => E.Either<DecodeError, PipelineRun>) =>
  flow(OtlpInput.parse, E.map(ofInput(config)))
