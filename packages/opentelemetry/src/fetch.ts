/**
 * The classes for Workers, browsers, Deno and Bun. Requests are made with the fetch that the platform had when this module was loaded.
 * Constructors start no timer and read no clock, as Workers demand.
 *
 * @example
 * ```ts
 * import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base'
 * import { SentrySpanProcessor } from '@sentry-exporter/opentelemetry/fetch'
 *
 * const sentry = new SentrySpanProcessor({ dsn: process.env['SENTRY_DSN'] })
 * const provider = new BasicTracerProvider({ spanProcessors: [sentry] })
 * provider.getTracer('shop').startSpan('checkout').end()
 * await provider.forceFlush()
 * console.log(sentry.outcome().delivered.transactions) // 1
 * ```
 */
import { javascript } from '@sentry-exporter/stacktrace/parsers'
import { systemClock } from '@sentry-exporter/transport/Clock'
import { type Fetch, type FetchHttpOptions, fetchHttp } from '@sentry-exporter/transport-fetch'
import { ConnectedLogRecordExporter } from './ConnectedLogRecordExporter.ts'
import { ConnectedMetricExporter } from './ConnectedMetricExporter.ts'
import { type AcknowledgementTimes, ConnectedSpanExporter } from './ConnectedSpanExporter.ts'
import { ConnectedSpanProcessor } from './ConnectedSpanProcessor.ts'
import * as Connection from './connection/Connection.ts'
import { onPageHide } from './connection/onPageHide.ts'
import { originalOf } from './connection/originalFetch.ts'
import type { SentryOptions } from './connection/SentryOptions.ts'
import { canSuppress, suppressed } from './connection/suppressed.ts'
import * as Variables from './connection/Variables.ts'
import { PerRequestSpanProcessor } from './PerRequestSpanProcessor.ts'

// model

export interface FetchSentryOptions extends Omit<SentryOptions, 'insecureSkipVerify'> {
  /** Another fetch, `waitUntil` of Workers, time limits. */
  readonly transport?: Omit<FetchHttpOptions, 'auth'> | undefined
  /** Variables where there is no process: the second argument of a Worker. Default: those of the process. */
  readonly env?: object | undefined
  /** Another object of this package: both use one exporter, its configuration and its queue. Other options are not read. */
  readonly shares?: { readonly connection: Connection.Connection } | undefined
}

/** The first choice: sends whole segments, knows open spans, and its `forceFlush` waits for delivery. */
export class SentrySpanProcessor extends ConnectedSpanProcessor {
  constructor(options: FetchSentryOptions = {}) {
    super(connect(options))
    onPageHide({
      onHidden: () => this.hide(),
      onLeft: () => this.leave(),
    })
  }
}

/**
 * For Workers whose SDK has one provider for all requests, as otel-cf-workers has: each request has an exporter of its own, which sends
 * when its last span has ended.
 */
export class SentryRequestSpanProcessor extends PerRequestSpanProcessor {
  constructor(options: Omit<FetchSentryOptions, 'shares'> = {}) {
    const open = connector(options)
    super(() => new ConnectedSpanProcessor(open()))
  }
}

/** For a program that needs a `SpanExporter`: in a batch processor, or behind another processor. */
export class SentrySpanExporter extends ConnectedSpanExporter {
  constructor({
    maxExportBatchSize,
    ackMillis,
    ...options
  }: FetchSentryOptions & AcknowledgementTimes = {}) {
    super(connect(options), { maxExportBatchSize, ackMillis })
  }
}

/** Log records become logs, and their exceptions errors. */
export class SentryLogRecordExporter extends ConnectedLogRecordExporter {
  constructor(options: FetchSentryOptions = {}) {
    super(connect(options))
  }
}

/** Collected metrics become metrics, in a `PeriodicExportingMetricReader`. */
export class SentryMetricExporter extends ConnectedMetricExporter {
  constructor(options: FetchSentryOptions = {}) {
    super(connect(options))
  }
}

// constructors

/** Taken here: an instrumentation that is loaded later replaces the global. */
const platformFetch: Fetch | undefined = originalOf(Reflect.get(globalThis, 'fetch'))

/**
 * Each call is made in the suppressed context, since it is lost at the first `await` before it in browsers. Without a context manager a
 * wrapper cannot see that context, and is left out.
 */
const suppressedFetch = (fetch: Fetch): Fetch => {
  const original = originalOf(fetch) ?? fetch
  return (url, init) => suppressed(() => (canSuppress() ? fetch : original)(url, init))
}

const connect = (options: FetchSentryOptions): Connection.Connection =>
  options.shares?.connection ?? connector(options)()

/** Opens connections with the same options. */
const connector = ({
  transport = {},
  env,
  shares: _,
  ...options
}: FetchSentryOptions): (() => Connection.Connection) => {
  const { fetch = platformFetch, ...others } = transport
  return Connection.maker(
    {
      openHttp: () =>
        fetchHttp({
          ...others,
          ...(fetch === undefined ? {} : { fetch: suppressedFetch(fetch) }),
        }),
      clock: systemClock,
      parsers: javascript,
      environment: env === undefined ? Variables.ofProcess() : Variables.textsOf(env),
    },
    options,
  )
}
