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
import { type AcknowledgementTimes, ConnectedSpanExporter } from './ConnectedSpanExporter.ts'
import { ConnectedSpanProcessor } from './ConnectedSpanProcessor.ts'
import * as Connection from './connection/Connection.ts'
import { onPageHide } from './connection/onPageHide.ts'
import { originalOf } from './connection/originalFetch.ts'
import type { SentryOptions } from './connection/SentryOptions.ts'
import { suppressed } from './connection/suppressed.ts'
import * as Variables from './connection/Variables.ts'

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

/** Records with an exception become errors. Others are counted as `log_record`. */
export class SentryLogRecordExporter extends ConnectedLogRecordExporter {
  constructor(options: FetchSentryOptions = {}) {
    super(connect(options))
  }
}

// constructors

/** Taken here: an instrumentation that is loaded later replaces the global. */
const platformFetch: Fetch | undefined = originalOf(Reflect.get(globalThis, 'fetch'))

/** Each call is made in the suppressed context, since it is lost at the first `await` before it in browsers. */
const suppressedFetch =
  (fetch: Fetch): Fetch =>
  (url, init) =>
    suppressed(() => fetch(url, init))

const connect = ({
  transport = {},
  env,
  shares,
  ...options
}: FetchSentryOptions): Connection.Connection => {
  if (shares !== undefined) return shares.connection
  const { fetch = platformFetch, ...others } = transport
  return Connection.make(
    {
      http: fetchHttp({
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
