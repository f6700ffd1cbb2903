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
import * as Rejected from '@sentry-exporter/core/Rejected'
import * as Utf8 from '@sentry-exporter/envelope/Utf8'
import * as DecodeError from '@sentry-exporter/otlp/DecodeError'
import * as ExportLogsRequest from '@sentry-exporter/otlp/ExportLogsRequest'
import * as ExportTraceRequest from '@sentry-exporter/otlp/ExportTraceRequest'
import { type Clock, systemClock } from '@sentry-exporter/transport/Clock'
import * as Http from '@sentry-exporter/transport/Http'
import * as E from '#fp-ts/Either'
import { flow } from '#fp-ts/function'
import * as Config from './Config.ts'
import * as ConfigError from './ConfigError.ts'
import * as Outcome from './Outcome.ts'
import * as Running from './Running.ts'

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
   * since the exporter was opened; spans that could not be sent in time are counted as waiting. Without a number 30,000 is used,
   * below 0 it is 0; `Infinity` waits until everything was sent or lost.
   */
  readonly flush: (timeoutMillis?: number) => Promise<Outcome.Outcome>
  /** Flushes, then frees all connections. Later calls export nothing, and their outcome has a problem that explains it. */
  readonly shutdown: (timeoutMillis?: number) => Promise<Outcome.Outcome>
  /** The outcome of everything since the exporter was opened, up to now. */
  readonly outcome: () => Outcome.Outcome
}

/** Places of bad input that an outcome names; the others are only counted. */
const MAX_PLACES = 10

const CLOSED = 'the exporter was shut down: nothing was exported'

// constructors

/** Throws one readable error if the configuration cannot work; opens no connection. */
export const open = (
  input: Config.ConfigInput,
  http: Http.Http,
  clock: Clock = systemClock,
): Exporter => ofDecoded(Config.decode(input), http, clock)

/** The same for a configuration that was decoded. */
export const ofDecoded = (
  decoded: E.Either<ConfigError.ConfigError, Config.Config>,
  http: Http.Http,
  clock: Clock,
): Exporter => {
  if (E.isLeft(decoded)) throw ConfigError.toError(decoded.left)
  const problem = Http.problemOf(http)
  if (problem !== undefined) throw ConfigError.named(`http: ${problem}`)
  const config = decoded.right
  if (config.insecureSkipVerify && http.skipsVerify !== true) {
    throw ConfigError.named(
      'insecureSkipVerify: the given Http verifies certificates; build it with insecureSkipVerify too',
    )
  }
  const running = Running.start(config, http, clock)
  const failed = async (error: DecodeError.DecodeError): Promise<Outcome.Outcome> =>
    Running.record(running, { ...Outcome.Monoid.empty, problems: [DecodeError.show(error)] })
  const exportBatch = exportSpans(running)
  return {
    exportBatch,
    exportOtlp: flow(textOf, ExportTraceRequest.parse, E.match(failed, exportBatch)),
    exportLogs: flow(textOf, ExportLogsRequest.parse, E.match(failed, exportRecords(running))),
    flush: Running.flush(running),
    shutdown: Running.shutdown(running),
    outcome: () => Running.outcomeOf(running),
  }
}

// running

const textOf = (body: string | Uint8Array): string =>
  typeof body === 'string' ? body : Utf8.decode(body)

const exportSpans =
  (running: Running.Running) =>
  async (batch: Batch.Batch): Promise<Outcome.Outcome> => {
    const spansIn = Batch.spansIn(batch)
    if (running.state.isClosed) {
      const dropped = Losses.of('shutdown', spansIn)
      return Running.record(running, {
        ...Outcome.Monoid.empty,
        spansIn,
        dropped,
        problems: [CLOSED],
      })
    }
    return Running.send(running, running.runner.arrive(batch.spans), {
      ...Outcome.Monoid.empty,
      spansIn,
      rejected: Batch.losses(batch),
      problems: placesOf(batch),
    })
  }

const exportRecords =
  (running: Running.Running) =>
  async (batch: LogBatch): Promise<Outcome.Outcome> => {
    const invalid = Losses.of('invalid_record', batch.rejected.length)
    const known = {
      ...Outcome.Monoid.empty,
      rejected: Losses.concat(batch.repairs, invalid),
      problems: placesOf(batch),
    }
    return running.state.isClosed
      ? Running.record(running, { ...known, problems: [CLOSED] })
      : Running.send(running, running.runner.arrive([], batch.records), known)
  }

const placesOf = ({ rejected }: Pick<Batch.Batch, 'rejected'>): ReadonlyArray<string> =>
  rejected.slice(0, MAX_PLACES).map(Rejected.show)
