/**
 * The exporter for everybody: promises that never reject, and no way to lose data by forgetting to call something.
 * The one module of this package that throws: on a configuration that cannot work, at once.
 */
import * as Batch from '@sentry-exporter/core/Batch'
import type { LogBatch } from '@sentry-exporter/core/LogBatch'
import * as Losses from '@sentry-exporter/core/Losses'
import * as Rejected from '@sentry-exporter/core/Rejected'
import { sdk } from '@sentry-exporter/core/Sdk'
import * as Utf8 from '@sentry-exporter/envelope/Utf8'
import * as DecodeError from '@sentry-exporter/otlp/DecodeError'
import * as ExportLogsRequest from '@sentry-exporter/otlp/ExportLogsRequest'
import * as ExportTraceRequest from '@sentry-exporter/otlp/ExportTraceRequest'
import { type Clock, systemClock, withDeadline } from '@sentry-exporter/transport/Clock'
import type { Http } from '@sentry-exporter/transport/Http'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as AssemblyRunner from './AssemblyRunner.ts'
import * as Config from './Config.ts'
import * as ConfigError from './ConfigError.ts'
import * as Deliveries from './Deliveries.ts'
import * as EnvelopePlan from './EnvelopePlan.ts'
import * as Outcome from './Outcome.ts'
import * as Pipeline from './Pipeline.ts'
import * as Routing from './Routing.ts'

// model

export interface Exporter {
  /**
   * Exports one OTLP request in JSON, text or UTF-8 bytes. Resolves when what became ready by it was sent; spans whose
   * trace is not complete wait, and are sent later.
   */
  readonly exportOtlp: (body: string | Uint8Array) => Promise<Outcome.Outcome>
  /**
   * Exports one OTLP request of logs in JSON: the exceptions that its records hold, as errors. Other records are counted as
   * `log_record`.
   */
  readonly exportLogs: (body: string | Uint8Array) => Promise<Outcome.Outcome>
  /** Exports spans that were decoded or made elsewhere. */
  readonly exportBatch: (batch: Batch.Batch) => Promise<Outcome.Outcome>
  /**
   * Sends all that waits, and waits at most this many milliseconds until it is sent. Gives the outcome of everything
   * since the exporter was opened; what could not be sent in time is told as waiting.
   */
  readonly flush: (timeoutMillis: number) => Promise<Outcome.Outcome>
  /** The same, then frees all connections. Later calls export nothing and say so. */
  readonly shutdown: (timeoutMillis: number) => Promise<Outcome.Outcome>
}

// constructors

/** Throws one readable error if the configuration cannot work; opens no connection. */
export const open = (
  input: Config.ConfigInput,
  http: Http,
  clock: Clock = systemClock,
): Exporter => {
  const config = orThrow(Config.decode(input))
  if (config.insecureSkipVerify && http.skipsVerify !== true) {
    throw named(
      'insecureSkipVerify: the given Http verifies certificates; build it with insecureSkipVerify too',
    )
  }
  const seal = Pipeline.toParcel(config)
  const deliveries = Deliveries.make({
    http,
    clock,
    client: `${sdk.name}/${sdk.version}`,
    dsns: Routing.dsnsOf(config.dsn, config.routes),
    options: config.delivery,
  })
  const underWay = new Set<Promise<unknown>>()
  let total = Outcome.empty
  let sendingSpans = 0
  let isClosed = false

  const record = (outcome: Outcome.Outcome): Outcome.Outcome => {
    total = Outcome.concat(total, outcome)
    return outcome
  }
  /** Sends what a step gave; records it, with what is known beside it at once. */
  const send = (
    driven: AssemblyRunner.Emitted,
    known: Outcome.Outcome,
  ): Promise<Outcome.Outcome> => {
    const { ready, losses } = driven
    const spans = EnvelopePlan.spansIn(ready)
    sendingSpans += spans
    let rejected = Losses.concat(known.rejected, losses)
    deliveries.lose(rejected)
    const delivered = deliveries.send(ready, ({ make }) => {
      const { envelope, losses: cost } = make()
      rejected = Losses.concat(rejected, cost)
      deliveries.lose(cost)
      return envelope && seal(envelope)
    })
    // All were made by now.
    const taken = record({ ...known, rejected, waiting: driven.waiting })
    const sending = delivered.then((sent) => {
      sendingSpans -= spans
      underWay.delete(sending)
      return Outcome.concat(taken, record(sent))
    })
    underWay.add(sending)
    return sending
  }
  const driver = AssemblyRunner.make({
    mapping: Pipeline.mappingOf(config),
    limits: config.limits,
    rules: Pipeline.rulesOf(config),
    clock,
    onReady: (driven) => void send(driven, Outcome.empty),
  })
  const exportBatch = async (batch: Batch.Batch): Promise<Outcome.Outcome> => {
    const spansIn = Batch.spansIn(batch)
    if (isClosed) {
      const dropped = Losses.of('shutdown', spansIn)
      return record({ ...Outcome.empty, spansIn, dropped, problems: [CLOSED] })
    }
    return send(driver.arrive(batch.spans), {
      ...Outcome.empty,
      spansIn,
      rejected: Batch.losses(batch),
      problems: batch.rejected.slice(0, MAX_PLACES).map(Rejected.show),
    })
  }
  const exportRecords = async (batch: LogBatch): Promise<Outcome.Outcome> => {
    const invalid = Losses.of('invalid_record', batch.rejected.length)
    const known = {
      ...Outcome.empty,
      rejected: Losses.concat(batch.repairs, invalid),
      problems: batch.rejected.slice(0, MAX_PLACES).map(Rejected.show),
    }
    return isClosed
      ? record({ ...known, problems: [CLOSED] })
      : send(driver.arrive([], batch.records), known)
  }
  const failed = async (error: DecodeError.DecodeError): Promise<Outcome.Outcome> =>
    record({ ...Outcome.empty, problems: [DecodeError.show(error)] })
  const flush = async (timeoutMillis: number): Promise<Outcome.Outcome> => {
    const flushing = send(driver.flush(), Outcome.empty)
    const sent = Promise.allSettled([flushing, ...underWay]).then(deliveries.report)
    await withDeadline(clock, timeoutMillis)(sent)
    return { ...total, waiting: driver.waiting() + sendingSpans }
  }
  return {
    exportBatch,
    exportOtlp: (body) =>
      pipe(ExportTraceRequest.parse(textOf(body)), E.match(failed, exportBatch)),
    exportLogs: (body) =>
      pipe(ExportLogsRequest.parse(textOf(body)), E.match(failed, exportRecords)),
    flush,
    shutdown: async (timeoutMillis) => {
      isClosed = true
      await flush(timeoutMillis)
      driver.stop()
      deliveries.stop()
      await http.close?.()
      // Closing ends what is still under way; an Http that cannot is not waited for.
      deliveries.cut()
      await Promise.allSettled(underWay)
      return { ...total, waiting: driver.waiting() + sendingSpans }
    },
  }
}

const textOf = (body: string | Uint8Array): string =>
  typeof body === 'string' ? body : Utf8.decode(body)

/** Places of bad input that an outcome tells; the rest is counted. */
const MAX_PLACES = 10

const CLOSED = 'the exporter was shut down: nothing was exported'

const orThrow = (decoded: E.Either<ConfigError.ConfigError, Config.Config>): Config.Config => {
  if (E.isRight(decoded)) return decoded.right
  throw named(ConfigError.show(decoded.left))
}

const named = (message: string): Error => Object.assign(new Error(message), { name: 'ConfigError' })
