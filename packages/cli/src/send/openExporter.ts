/**
 * An exporter for recordings: spans wait for the end of the input, not for a time, so that the result does not depend on the speed of
 * the machine or of Sentry. The bytes of waiting spans are bounded: above the bound, the trace with the oldest last arrival is sent.
 */
import * as Config from '@sentry-exporter/exporter/Config'
import * as ConfigError from '@sentry-exporter/exporter/ConfigError'
import * as Exporter from '@sentry-exporter/exporter/Exporter'
import { Range } from '@sentry-exporter/transport'
import type { Clock } from '@sentry-exporter/transport/Clock'
import type { Http } from '@sentry-exporter/transport/Http'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import type { SendOptions } from '../Capabilities.ts'
import { pacedHttp } from './pacedHttp.ts'

// model

export interface OpenExporterWiring {
  readonly http: Http
  readonly clock: Clock
}

/** Bytes of spans that wait for the rest of their trace: about 50,000 spans. */
const MAX_PENDING_BYTES = 64 * 1024 * 1024

/** That of an exporter without a limit of its rate. */
const MAX_CONCURRENCY = 8

const FOREVER = Range.MAX_TIMER_MILLIS

/** Nothing ends by time, and no error is one too many of its kind. */
const LIMITS = {
  settleMillis: FOREVER,
  maxWaitMillis: FOREVER,
  lateSettleMillis: FOREVER,
  orphanWaitMillis: FOREVER,
  maxOrphanWaitMillis: FOREVER,
  errorWaitMillis: FOREVER,
  lateWindowMillis: FOREVER,
  maxErrorsPerMinute: Number.MAX_SAFE_INTEGER,
  maxPendingBytes: MAX_PENDING_BYTES,
}

// constructors

/** The error is a message about the options. */
export const openExporter =
  ({ http, clock }: OpenExporterWiring) =>
  ({
    dsn,
    environment,
    timeoutMillis,
    insecureSkipVerify,
    perSecond,
    onOutcome,
  }: SendOptions): E.Either<string, Exporter.Exporter> =>
    pipe(
      Config.decode({
        dsn,
        environment,
        timeoutMillis,
        insecureSkipVerify,
        onOutcome,
        concurrency: concurrencyFor(perSecond),
        assembly: 'gateway',
        // Problems are printed at the end.
        warn: false,
        ...LIMITS,
      }),
      E.bimap(ConfigError.show, (config) =>
        Exporter.ofDecoded(
          E.right({ ...config, isRecording: true }),
          perSecond === undefined ? http : pacedHttp(clock, perSecond, http),
          clock,
        ),
      ),
    )

/** Requests wait for their turn within their time limit, so few of them wait at once: each for a second at most. */
const concurrencyFor = (perSecond: number | undefined): number | undefined =>
  perSecond === undefined ? undefined : Math.min(MAX_CONCURRENCY, Math.ceil(perSecond / 4))
