/**
 * The classes for Node. Requests are made with undici, persistent connections and the proxy of the environment.
 *
 * @example
 * ```ts
 * import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base'
 * import { SentrySpanProcessor } from '@sentry-exporter/opentelemetry/node'
 *
 * const sentry = new SentrySpanProcessor({ dsn: process.env['SENTRY_DSN'] })
 * const provider = new BasicTracerProvider({ spanProcessors: [sentry] })
 * provider.getTracer('shop').startSpan('checkout').end()
 * await provider.shutdown()
 * console.log(sentry.outcome().delivered.transactions) // 1
 * ```
 */
import { v8 } from '@sentry-exporter/stacktrace/parsers'
import { systemClock } from '@sentry-exporter/transport/Clock'
import { type NodeHttpOptions, nodeHttp } from '@sentry-exporter/transport-node'
import { ConnectedLogRecordExporter } from './ConnectedLogRecordExporter.ts'
import { ConnectedMetricExporter } from './ConnectedMetricExporter.ts'
import { type AcknowledgementTimes, ConnectedSpanExporter } from './ConnectedSpanExporter.ts'
import { ConnectedSpanProcessor } from './ConnectedSpanProcessor.ts'
import * as Connection from './connection/Connection.ts'
import type { SentryOptions } from './connection/SentryOptions.ts'
import * as Variables from './connection/Variables.ts'

// model

export interface NodeSentryOptions extends SentryOptions {
  /** Connections, proxy, certificates. */
  readonly transport?: NodeHttpOptions | undefined
  /** Another object of this package: both use one exporter, its configuration and its queue. Other options are not read. */
  readonly shares?: { readonly connection: Connection.Connection } | undefined
}

/** The first choice: sends whole segments, knows open spans, and its `forceFlush` waits for delivery. */
export class SentrySpanProcessor extends ConnectedSpanProcessor {
  constructor(options: NodeSentryOptions = {}) {
    super(connect(options))
  }
}

/** For a program that needs a `SpanExporter`: in a batch processor, or behind another processor. */
export class SentrySpanExporter extends ConnectedSpanExporter {
  constructor({
    maxExportBatchSize,
    ackMillis,
    ...options
  }: NodeSentryOptions & AcknowledgementTimes = {}) {
    super(connect(options), { maxExportBatchSize, ackMillis })
  }
}

/** Log records become logs, and their exceptions errors. */
export class SentryLogRecordExporter extends ConnectedLogRecordExporter {
  constructor(options: NodeSentryOptions = {}) {
    super(connect(options))
  }
}

/** Collected metrics become metrics, in a `PeriodicExportingMetricReader`. */
export class SentryMetricExporter extends ConnectedMetricExporter {
  constructor(options: NodeSentryOptions = {}) {
    super(connect(options))
  }
}

// constructors

const connect = ({
  transport = {},
  shares,
  ...options
}: NodeSentryOptions): Connection.Connection =>
  shares?.connection ??
  Connection.make(
    {
      openHttp: () => nodeHttp({ ...transport, insecureSkipVerify: options.insecureSkipVerify }),
      clock: systemClock,
      parsers: [v8],
      environment: Variables.ofProcess(),
    },
    options,
  )
