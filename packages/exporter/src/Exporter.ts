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
import * as Losses from '@sentry-exporter/core/Losses'
import { HookFailure } from '@sentry-exporter/core/pipeline'
import * as RecordedException from '@sentry-exporter/core/RecordedException'
import { sdk } from '@sentry-exporter/core/Sdk'
import * as OtlpInput from '@sentry-exporter/otlp/OtlpInput'
import { type Clock, systemClock, withDeadline } from '@sentry-exporter/transport/Clock'
import type { Http } from '@sentry-exporter/transport/Http'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as AssemblyRunner from './AssemblyRunner.ts'
import * as Config from './Config.ts'
import * as ConfigError from './ConfigError.ts'
import * as DeliveryByDsn from './DeliveryByDsn.ts'
import * as EnvelopePlan from './EnvelopePlan.ts'
import * as ExporterState from './ExporterState.ts'
import * as InputBody from './InputBody.ts'
import * as Outcome from './Outcome.ts'
import * as Pipeline from './Pipeline.ts'
import * as Routing from './Routing.ts'

// model

export interface Exporter {
  /**
   * Exports OTLP in JSON: a request, or several as the Collector's `file` exporter writes them (`OtlpInput`). The body is text,
   * bytes, also compressed with gzip, or a parsed object (`InputBody`). Resolves when the envelopes that became ready by it were
   * sent. Spans whose trace is not complete wait, and are sent later.
   */
  readonly exportOtlp: (body: InputBody.InputBody) => Promise<Outcome.Outcome>
  /**
   * The same, for the receiver of logs: the exceptions in log records are sent as errors. Other records are counted as
   * `log_record`.
   */
  readonly exportLogs: (body: InputBody.InputBody) => Promise<Outcome.Outcome>
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
  const exportOtlp = exportBody(running)
  return {
    exportBatch: exportBatch(running),
    exportOtlp,
    exportLogs: exportOtlp,
    flush: flush(running),
    shutdown: shutdown(running),
  }
}

const configError = (message: string): Error =>
  Object.assign(new Error(message), { name: 'ConfigError' })

// running

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
  { plans, losses, failures, waiting }: AssemblyRunner.Emitted<EnvelopePlan.EnvelopePlan>,
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

const exportBody =
  (running: Running) =>
  async (body: unknown): Promise<Outcome.Outcome> => {
    const read = InputBody.read(body)
    // Without waiting, so that what was given before a shutdown is part of it.
    return 'batch' in read ? exportInput(running, read) : exportInput(running, await read)
  }

const exportBatch =
  (running: Running) =>
  async (batch: Batch.Batch): Promise<Outcome.Outcome> =>
    exportInput(running, InputBody.ofBatch(batch))

const exportInput = (
  running: Running,
  input: OtlpInput.OtlpInput,
): Outcome.Outcome | Promise<Outcome.Outcome> => {
  const { spans } = input.batch
  const { records } = input.logs
  const known: Outcome.Outcome = {
    ...Outcome.Monoid.empty,
    spansIn: Batch.spansIn(input.batch),
    rejected: OtlpInput.losses(input),
    problems: OtlpInput.problems(input).slice(0, MAX_PLACES),
  }
  if (!running.state.isClosed) {
    // Spans that were made by hand may lack a field.
    const arrived = E.tryCatch(() => running.runner.arrive(spans, records), E.toError)
    return E.isRight(arrived)
      ? send(running, arrived.right, known)
      : record(running, {
          ...known,
          rejected: Losses.concatAll([
            known.rejected,
            Losses.of('invalid', spans.length),
            Losses.of('invalid_record', records.length),
          ]),
          problems: [`spans could not be read: ${arrived.left.message}`, ...known.problems],
        })
  }
  const exceptions = records.filter(({ attributes }) =>
    RecordedException.hasExceptionAttributes(attributes),
  ).length
  return record(running, {
    ...known,
    rejected: Losses.concat(known.rejected, Losses.of('log_record', records.length - exceptions)),
    dropped: Losses.of('shutdown', spans.length),
    droppedErrors: Losses.of('shutdown', exceptions),
    problems: [CLOSED, ...known.problems],
  })
}

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
