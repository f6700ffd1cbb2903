/**
 * The exporter for everybody: promises that never reject, and no way to lose data by forgetting to call something.
 * The one module of this package that throws: on a configuration that cannot work, at once.
 */
import * as Batch from '@sentry-exporter/core/Batch'
import * as Losses from '@sentry-exporter/core/Losses'
import * as Rejected from '@sentry-exporter/core/Rejected'
import { sdk } from '@sentry-exporter/core/Sdk'
import * as Utf8 from '@sentry-exporter/envelope/Utf8'
import * as DecodeError from '@sentry-exporter/otlp/DecodeError'
import * as ExportTraceRequest from '@sentry-exporter/otlp/ExportTraceRequest'
import type { Clock } from '@sentry-exporter/transport/Clock'
import type { Http } from '@sentry-exporter/transport/Http'
import { overHttp } from '@sentry-exporter/transport/overHttp'
import { systemClock } from '@sentry-exporter/transport/systemClock'
import { within } from '@sentry-exporter/transport/within'
import * as E from '#fp-ts/Either'
import * as Config from './Config.ts'
import * as ConfigError from './ConfigError.ts'
import * as Outcome from './Outcome.ts'
import * as Pipeline from './Pipeline.ts'
import { sendAll } from './sendAll.ts'

// model

export interface Exporter {
  /** Exports one OTLP request in JSON, text or UTF-8 bytes. The spans of one call are assembled together. */
  readonly exportOtlp: (body: string | Uint8Array) => Promise<Outcome.Outcome>
  /** Exports spans that were decoded or made elsewhere. */
  readonly exportBatch: (batch: Batch.Batch) => Promise<Outcome.Outcome>
  /**
   * Waits at most this many milliseconds for what is being sent, then frees all connections. Gives the outcome of
   * everything since the exporter was opened. Later calls export nothing and say so.
   */
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
  const toRun = Pipeline.ofBatch(config)
  const send = sendAll(overHttp({ http, clock, client: `${sdk.name}/${sdk.version}` }), CONCURRENCY)
  const underWay = new Set<Promise<unknown>>()
  let total = Outcome.empty
  let isClosed = false

  const record = (outcome: Outcome.Outcome): Outcome.Outcome => {
    total = Outcome.concat(total, outcome)
    return outcome
  }
  const exportBatch = async (batch: Batch.Batch): Promise<Outcome.Outcome> => {
    if (isClosed) {
      const dropped = Losses.of('shutdown', Batch.spansIn(batch))
      return record({
        ...Outcome.empty,
        spansIn: Batch.spansIn(batch),
        dropped,
        problems: [CLOSED],
      })
    }
    const { assembled } = toRun(batch)
    const known: Outcome.Outcome = {
      ...Outcome.empty,
      spansIn: Batch.spansIn(batch),
      rejected: assembled.losses,
      problems: batch.rejected.slice(0, MOST_PLACES).map(Rejected.show),
    }
    const sending = send(assembled.envelopes)()
    underWay.add(sending)
    const sent = await sending
    underWay.delete(sending)
    return record(Outcome.concat(known, sent))
  }
  return {
    exportBatch,
    exportOtlp: async (body) => {
      const batch = ExportTraceRequest.parse(typeof body === 'string' ? body : Utf8.decode(body))
      return E.isLeft(batch)
        ? record({ ...Outcome.empty, problems: [DecodeError.show(batch.left)] })
        : exportBatch(batch.right)
    },
    shutdown: async (timeoutMillis) => {
      isClosed = true
      await within(clock, timeoutMillis)(Promise.allSettled(underWay))
      await http.close?.()
      await Promise.allSettled(underWay)
      return total
    },
  }
}

/** Requests to Sentry at one time. */
const CONCURRENCY = 8

/** Places of bad input that an outcome tells; the rest is counted. */
const MOST_PLACES = 10

const CLOSED = 'the exporter was shut down: nothing was exported'

const orThrow = (decoded: E.Either<ConfigError.ConfigError, Config.Config>): Config.Config => {
  if (E.isRight(decoded)) return decoded.right
  throw named(ConfigError.show(decoded.left))
}

const named = (message: string): Error => Object.assign(new Error(message), { name: 'ConfigError' })
