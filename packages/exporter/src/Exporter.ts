/**
 * The exporter with promises. They never reject, and nothing is lost silently: losses are counted in the outcome. `open` throws
 * one readable error if the configuration cannot work.
 *
 * @example
 * ```ts
 * import { Exporter, Outcome } from '@sentry-exporter/exporter'
 * import type { Http } from '@sentry-exporter/transport'
 *
 * const http: Http.Http = () => async () => ({
 *   _tag: 'Right',
 *   right: { status: 200, header: () => undefined },
 * })
 * const exporter = Exporter.open({ dsn: 'https://key@sentry.example.com/42' }, http)
 * const outcome = await exporter.exportOtlp('{"resourceSpans":[]}')
 * await exporter.shutdown(1_000)
 * console.log(Outcome.show(outcome)) // 0 spans in, 0 transactions, 0 errors, nothing lost
 * ```
 */
import * as Batch from '@sentry-exporter/core/Batch'
import type { LogBatch } from '@sentry-exporter/core/LogBatch'
import * as Losses from '@sentry-exporter/core/Losses'
import { HookFailure } from '@sentry-exporter/core/pipeline'
import * as Rejected from '@sentry-exporter/core/Rejected'
import { sdk } from '@sentry-exporter/core/Sdk'
import * as Utf8 from '@sentry-exporter/envelope/Utf8'
import * as DecodeError from '@sentry-exporter/otlp/DecodeError'
import * as ExportLogsRequest from '@sentry-exporter/otlp/ExportLogsRequest'
import * as ExportTraceRequest from '@sentry-exporter/otlp/ExportTraceRequest'
import { type Clock, systemClock, withDeadline } from '@sentry-exporter/transport/Clock'
import type { Http } from '@sentry-exporter/transport/Http'
import * as E from '#fp-ts/Either'
import { flow, pipe } from '#fp-ts/function'
import * as AssemblyRunner from './AssemblyRunner.ts'
import * as Config from './Config.ts'
import * as ConfigError from './ConfigError.ts'
import * as DeliveryByDsn from './DeliveryByDsn.ts'
import * as EnvelopePlan from './EnvelopePlan.ts'
import * as ExporterState from './ExporterState.ts'
import * as Outcome from './Outcome.ts'
import * as Pipeline from './Pipeline.ts'
import * as Routing from './Routing.ts'

// model

export interface Exporter {
  /**
   * Exports one OTLP request in JSON, text or UTF-8 bytes. Resolves when the envelopes that became ready by it were sent. Spans
   * whose trace is not complete wait, and are sent later.
   */
  readonly exportOtlp: (body: string | Uint8Array) => Promise<Outcome.Outcome>
  /**
   * Exports one OTLP request of logs in JSON: the exceptions in its records, as errors. Other records are counted as
   * `log_record`.
   */
  readonly exportLogs: (body: string | Uint8Array) => Promise<Outcome.Outcome>
  /** Exports spans that were decoded or made elsewhere. */
  readonly exportBatch: (batch: Batch.Batch) => Promise<Outcome.Outcome>
  /**
   * Sends everything that waits, and waits at most this many milliseconds until it is sent. Returns the outcome of everything
   * since the exporter was opened; spans that could not be sent in time are counted as waiting.
   */
  readonly flush: (timeoutMillis: number) => Promise<Outcome.Outcome>
  /** Flushes, then frees all connections. Later calls export nothing, and their outcome has a problem that explains it. */
  readonly shutdown: (timeoutMillis: number) => Promise<Outcome.Outcome>
}

interface Running {
  state: ExporterState.ExporterState
  readonly http: Http
  readonly clock: Clock
  readonly deliveries: DeliveryByDsn.DeliveryByDsn
  readonly runner: AssemblyRunner.AssemblyRunner<EnvelopePlan.EnvelopePlan>
  /** Sends that have not finished. */
  readonly underWay: Set<Promise<unknown>>
}

/** Places of bad input that an outcome names; the others are only counted. */
const MAX_PLACES = 10

const CLOSED = 'the exporter was shut down: nothing was exported'

// constructors

/** Throws one readable error if the configuration cannot work; opens no connection. */
export const open = (input: Config.ConfigInput, http: Http, clock: Clock = systemClock): Exporter =>
  ofDecoded(Config.decode(input), http, clock)

/** The same for a configuration that was decoded. */
export const ofDecoded = (
  decoded: E.Either<ConfigError.ConfigError, Config.Config>,
  http: Http,
  clock: Clock,
): Exporter => {
  if (E.isLeft(decoded)) throw configError(ConfigError.show(decoded.left))
  const config = decoded.right
  if (config.insecureSkipVerify && http.skipsVerify !== true) {
    throw configError(
      'insecureSkipVerify: the given Http verifies certificates; build it with insecureSkipVerify too',
    )
  }
  const running = start(config, http, clock)
  const failed = async (error: DecodeError.DecodeError): Promise<Outcome.Outcome> =>
    record(running, { ...Outcome.Monoid.empty, problems: [DecodeError.show(error)] })
  const exportBatch = exportSpans(running)
  return {
    exportBatch,
    exportOtlp: flow(textOf, ExportTraceRequest.parse, E.match(failed, exportBatch)),
    exportLogs: flow(textOf, ExportLogsRequest.parse, E.match(failed, exportRecords(running))),
    flush: flush(running),
    shutdown: shutdown(running),
  }
}

const configError = (message: string): Error =>
  Object.assign(new Error(message), { name: 'ConfigError' })

// running

const textOf = (body: string | Uint8Array): string =>
  typeof body === 'string' ? body : Utf8.decode(body)

const start = (config: Config.Config, http: Http, clock: Clock): Running => {
  const running: Running = {
    state: ExporterState.empty,
    http,
    clock,
    deliveries: DeliveryByDsn.make({
      http,
      clock,
      client: `${sdk.name}/${sdk.version}`,
      dsns: Routing.dsnsOf(config.dsn, config.routes),
      options: config.delivery,
    }),
    runner: AssemblyRunner.make({
      machine: pipe(config, Pipeline.optionsOf, Pipeline.machine),
      clock,
      onReady: (emitted) => void send(running, emitted, Outcome.Monoid.empty),
    }),
    underWay: new Set(),
  }
  return running
}

const record = (running: Running, outcome: Outcome.Outcome): Outcome.Outcome => {
  running.state = ExporterState.record(outcome)(running.state)
  return outcome
}

/** Makes and sends the envelopes of a step. Records `known` and the losses of the step at once. */
const send = (
  running: Running,
  { plans, losses, failures = [], waiting }: AssemblyRunner.Emitted<EnvelopePlan.EnvelopePlan>,
  known: Outcome.Outcome,
): Promise<Outcome.Outcome> => {
  const { deliveries, underWay } = running
  const spans = EnvelopePlan.spansIn(plans)
  running.state = ExporterState.sending(spans)(running.state)
  let rejected = Losses.concat(known.rejected, losses)
  const failed = new Set(failures.map(HookFailure.show))
  deliveries.lose(rejected)
  const delivered = deliveries.send(plans, ({ make }) => {
    const made = make()
    rejected = Losses.concat(rejected, made.losses)
    deliveries.lose(made.losses)
    if (made.failure !== undefined) failed.add(HookFailure.show(made.failure))
    return made.envelope
  })
  // `send` made all envelopes before it returned, so that `rejected` and `failed` are complete.
  const problems = [...known.problems, ...failed]
  const taken = record(running, { ...known, rejected, waiting, problems })
  const sending = delivered.then((sent) => {
    running.state = ExporterState.sending(-spans)(running.state)
    underWay.delete(sending)
    return Outcome.Monoid.concat(taken, record(running, sent))
  })
  underWay.add(sending)
  return sending
}

const exportSpans =
  (running: Running) =>
  async (batch: Batch.Batch): Promise<Outcome.Outcome> => {
    const spansIn = Batch.spansIn(batch)
    if (running.state.isClosed) {
      const dropped = Losses.of('shutdown', spansIn)
      return record(running, { ...Outcome.Monoid.empty, spansIn, dropped, problems: [CLOSED] })
    }
    return send(running, running.runner.arrive(batch.spans), {
      ...Outcome.Monoid.empty,
      spansIn,
      rejected: Batch.losses(batch),
      problems: placesOf(batch),
    })
  }

const exportRecords =
  (running: Running) =>
  async (batch: LogBatch): Promise<Outcome.Outcome> => {
    const invalid = Losses.of('invalid_record', batch.rejected.length)
    const known = {
      ...Outcome.Monoid.empty,
      rejected: Losses.concat(batch.repairs, invalid),
      problems: placesOf(batch),
    }
    return running.state.isClosed
      ? record(running, { ...known, problems: [CLOSED] })
      : send(running, running.runner.arrive([], batch.records), known)
  }

const placesOf = ({ rejected }: Pick<Batch.Batch, 'rejected'>): ReadonlyArray<string> =>
  rejected.slice(0, MAX_PLACES).map(Rejected.show)

const flush =
  (running: Running) =>
  async (timeoutMillis: number): Promise<Outcome.Outcome> => {
    const { clock, deliveries, runner, underWay } = running
    const flushing = send(running, runner.flush(), Outcome.Monoid.empty)
    const sent = Promise.allSettled([flushing, ...underWay]).then(deliveries.report)
    await withDeadline(clock, timeoutMillis)(sent)
    return ExporterState.outcome(runner.waiting())(running.state)
  }

const shutdown =
  (running: Running) =>
  async (timeoutMillis: number): Promise<Outcome.Outcome> => {
    const { deliveries, http, runner, underWay } = running
    running.state = ExporterState.close(running.state)
    await flush(running)(timeoutMillis)
    runner.stop()
    deliveries.stop()
    await http.close?.()
    // Closing ends the requests that are under way. An Http that cannot end them is not waited for.
    deliveries.cut()
    await Promise.allSettled(underWay)
    return ExporterState.outcome(runner.waiting())(running.state)
  }
