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
import type { Batch } from '@sentry-exporter/core/Batch'
import type { Machine } from '@sentry-exporter/core/pipeline'
import type { DecodeError } from '@sentry-exporter/otlp/DecodeError'
import * as OtlpBytes from '@sentry-exporter/otlp/OtlpBytes'
import { type Clock, systemClock } from '@sentry-exporter/transport/Clock'
import * as Http from '@sentry-exporter/transport/Http'
import * as E from '#fp-ts/Either'
import type { Backlog } from './Backlog.ts'
import * as Config from './Config.ts'
import * as ConfigError from './ConfigError.ts'
import { type BytesReader, describeBytes, type ReadInput } from './describeBytes.ts'
import { exportInput } from './exportInput.ts'
import * as InputBody from './InputBody.ts'
import type { Outcome } from './Outcome.ts'
import * as Running from './Running.ts'

// model

/** The facts about a body that its sender stated. */
export interface BodyOptions {
  /**
   * The content type of the request: `application/json` or `application/x-protobuf`. With any other one, or without one, the
   * bytes show their encoding.
   */
  readonly contentType?: string | undefined
}

/** An exporter of values that were decoded elsewhere. Bundlers leave out the decoders of OTLP where nothing else is used. */
export interface InputExporter {
  /** Exports spans, log records and metrics that were decoded elsewhere (`OtlpBytes.parse`), or that `readTraces` read. */
  readonly exportInput: (input: ReadInput) => Promise<Outcome>
  /**
   * Sends everything that waits, and waits at most this many milliseconds until it is sent. Returns the outcome of everything
   * since the exporter was opened; spans that could not be sent in time are counted as waiting. Without a number 30,000 is used,
   * below 0 it is 0; `Infinity` waits until everything was sent or lost. With the scope `entered`, spans whose entry has not
   * arrived stay; with `none`, all spans that wait stay, and the call waits for sent envelopes only.
   */
  readonly flush: (timeoutMillis?: number, scope?: Running.FlushScope) => Promise<Outcome>
  /** Flushes, then frees all connections. Later calls export nothing, and their outcome has a problem that explains it. */
  readonly shutdown: (timeoutMillis?: number) => Promise<Outcome>
  /** The outcome of everything since the exporter was opened, up to now. */
  readonly outcome: () => Outcome
  /** Everything that is not sent yet, and whether a queue is full. */
  readonly backlog: () => Backlog
}

export interface Exporter extends InputExporter {
  /**
   * Exports OTLP in JSON or protobuf: a request, or several as the Collector's `file` exporter writes them (`OtlpBytes`). The body
   * is text, bytes, also compressed with gzip, or a parsed object (`InputBody`). Resolves when the envelopes that became ready by
   * it were sent. Spans whose trace is not complete wait, and are sent later.
   */
  readonly exportOtlp: (body: InputBody.InputBody, options?: BodyOptions) => Promise<Outcome>
  /**
   * The same, for the receiver of logs: log records are sent as logs, and their exceptions as errors. With the option
   * `logs: false` records without an error are counted as `log_record`. Logs wait up to five seconds for others.
   */
  readonly exportLogs: (body: InputBody.InputBody, options?: BodyOptions) => Promise<Outcome>
  /**
   * The same, for the receiver of metrics: their points are sent as metrics. With the option `metrics: false` they are counted as
   * `metric`. Metrics wait up to five seconds for others.
   */
  readonly exportMetrics: (body: InputBody.InputBody, options?: BodyOptions) => Promise<Outcome>
  /** Exports spans that were decoded or made elsewhere. A span with an invalid id, number or other part is rejected with its place. */
  readonly exportBatch: (batch: Batch) => Promise<Outcome>
  /**
   * Reads a request of spans in protobuf for `exportInput`, and describes the spans while it does. The input is for this exporter
   * alone. Bytes are not compressed.
   */
  readonly readTraces: (bytes: Uint8Array) => E.Either<DecodeError, ReadInput>
}

// constructors

/** Throws one readable error if the configuration cannot work; opens no connection. */
export const open = (
  input: Config.ConfigInput,
  http: Http.Http,
  clock: Clock = systemClock,
): Exporter => ofDecoded(Config.decode(input), http, clock)

/** The same for a configuration that was decoded. `openTraces` has the traces whose entry span has not ended, if they are known. */
export const ofDecoded = (
  decoded: E.Either<ConfigError.ConfigError, Config.RunnableConfig>,
  http: Http.Http,
  clock: Clock,
  openTraces?: Machine.Timed['openTraces'],
): Exporter => {
  if (E.isLeft(decoded)) throw ConfigError.toError(decoded.left)
  return ofRunning(start(decoded.right, http, clock, openTraces))
}

/** The same, for input that was decoded elsewhere. */
export const openInput = (
  config: Config.RunnableConfig,
  http: Http.Http,
  clock: Clock,
  openTraces?: Machine.Timed['openTraces'],
): InputExporter => inputOf(start(config, http, clock, openTraces))

const start = (
  config: Config.RunnableConfig,
  http: Http.Http,
  clock: Clock,
  openTraces: Machine.Timed['openTraces'],
): Running.Running => {
  const problem = Http.problemOf(http)
  if (problem !== undefined) throw ConfigError.named(`http: ${problem}`)
  const address = Config.addressProblem(config)
  if (address !== undefined) throw ConfigError.named(address)
  const unverified = unverifiedProblem(config, http)
  if (unverified !== undefined) throw ConfigError.named(unverified)
  return Running.start(config, http, clock, openTraces)
}

/** Why this configuration cannot work with an `Http`; `undefined` if it can. */
export const unverifiedProblem = (
  { insecureSkipVerify }: Pick<Config.Config, 'insecureSkipVerify'>,
  { skipsVerify }: Pick<Http.Http, 'skipsVerify'>,
): string | undefined =>
  insecureSkipVerify && skipsVerify !== true
    ? 'insecureSkipVerify: the given Http verifies certificates; build it with insecureSkipVerify too'
    : undefined

/** The interface of an exporter at work. */
export const ofRunning = (running: Running.Running): Exporter => {
  const reader = readerOf(running)
  const exportOtlp = exportBody(running, reader)
  return {
    ...inputOf(running),
    exportBatch: exportBatch(running),
    exportOtlp,
    exportLogs: exportOtlp,
    exportMetrics: exportOtlp,
    readTraces: (bytes) => reader().readTraces(bytes, running.clock.now()),
  }
}

const inputOf = (running: Running.Running): InputExporter => ({
  exportInput: async (input) => exportInput(running, input),
  flush: Running.flush(running),
  shutdown: Running.shutdown(running),
  outcome: () => Running.outcomeOf(running),
  backlog: () => Running.backlogOf(running),
})

// running

/** Reads bytes for the describer that is in use. */
const readerOf = (running: Running.Running): (() => BytesReader) => {
  let { describer } = running
  let reader = describeBytes(describer)
  return () => {
    if (describer !== running.describer) {
      describer = running.describer
      reader = describeBytes(describer)
    }
    return reader
  }
}

const exportBody =
  (running: Running.Running, reader: () => BytesReader) =>
  async (body: unknown, options?: BodyOptions): Promise<Outcome> => {
    const read = InputBody.read(body, encodingIn(options), (bytes, encoding) =>
      reader().read(bytes, encoding, running.clock.now()),
    )
    // Not awaited: a body that is given before a shutdown must be part of it.
    return 'batch' in read ? exportInput(running, read) : exportInput(running, await read)
  }

/** Options of a caller in JavaScript may be of any type, and throw when they are read. */
const encodingIn = (options: BodyOptions | undefined): OtlpBytes.Encoding | undefined => {
  try {
    const contentType: unknown = options?.contentType
    return typeof contentType === 'string' ? OtlpBytes.encodingOf(contentType) : undefined
  } catch {
    return undefined
  }
}

const exportBatch =
  (running: Running.Running) =>
  async (batch: Batch): Promise<Outcome> =>
    exportInput(running, InputBody.ofBatch(batch))
