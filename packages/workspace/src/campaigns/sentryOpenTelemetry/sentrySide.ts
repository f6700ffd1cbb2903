/**
 * `@sentry/opentelemetry` 10, set up by the seven steps of its README. The client is that of `@sentry/core`, without the integrations of
 * `@sentry/node`, and its transport is made with `createTransport`, as all transports of Sentry's SDKs are.
 */
import {
  type ContextManager,
  context,
  propagation,
  type TextMapPropagator,
} from '@opentelemetry/api'
import type { Sampler, SpanProcessor } from '@opentelemetry/sdk-trace-base'
import * as Peers from '../../bench/peers/Peers.ts'
import { type ComparedExporter, DSN, FLUSH_MILLIS, type SentRequest } from './ComparedExporter.ts'
import type { SpanObserver } from './SpanScript.ts'

// model

interface TransportOptions {
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
}

interface SentryClient {
  readonly init: () => void
  readonly flush: (millis: number) => Promise<boolean>
}

interface SentryCore {
  readonly ServerRuntimeClient: new (options: object) => SentryClient
  readonly getCurrentScope: () => { readonly setClient: (client: SentryClient) => void }
  readonly createTransport: (
    options: TransportOptions,
    send: (request: Pick<SentRequest, 'body'>) => Promise<{ readonly statusCode: number }>,
  ) => unknown
}

interface SentryOpenTelemetry {
  readonly SentryAsyncLocalStorageContextManager: new () => ContextManager
  readonly SentryPropagator: new () => TextMapPropagator
  readonly SentrySampler: new (client: SentryClient) => Sampler
  readonly SentrySpanProcessor: new () => SpanProcessor
  readonly openTelemetrySetupCheck: () => ReadonlyArray<string>
  readonly setOpenTelemetryContextAsyncContextStrategy: () => void
  readonly setupEventContextTrace: (client: SentryClient) => void
}

export interface SentrySetUp {
  /** The parts that see a span when it starts. Both sides are given spans that were made with them. */
  readonly observer: SpanObserver
  readonly side: (take: (request: SentRequest) => void) => ComparedExporter
}

const PARTS = ['SentryContextManager', 'SentryPropagator', 'SentrySampler', 'SentrySpanProcessor']

// running

/** Once in a process. Throws if the set-up is not complete by Sentry's own check. */
export const setUpSentry = (): SentrySetUp => {
  const core = Peers.load<SentryCore>('@sentry/core')
  const sentry = Peers.load<SentryOpenTelemetry>('@sentry/opentelemetry')
  let taken: (request: SentRequest) => void = () => undefined
  const client = new core.ServerRuntimeClient({
    dsn: DSN,
    integrations: [],
    stackParser: () => [],
    tracesSampleRate: 1,
    transport: (options: TransportOptions) =>
      core.createTransport(options, ({ body }) => {
        taken({ url: options.url, headers: options.headers ?? {}, body })
        return Promise.resolve({ statusCode: 200 })
      }),
  })
  core.getCurrentScope().setClient(client)
  client.init()
  sentry.setupEventContextTrace(client)
  context.setGlobalContextManager(new sentry.SentryAsyncLocalStorageContextManager())
  propagation.setGlobalPropagator(new sentry.SentryPropagator())
  sentry.setOpenTelemetryContextAsyncContextStrategy()
  const sampler = new sentry.SentrySampler(client)
  const first = new sentry.SentrySpanProcessor()
  const missing = PARTS.filter((part) => !sentry.openTelemetrySetupCheck().includes(part))
  if (missing.length > 0) throw new Error(`@sentry/opentelemetry lacks ${missing.join(', ')}`)
  return {
    observer: { sampler, onStart: (span, parent) => first.onStart(span, parent) },
    side: (take) => {
      taken = take
      const processor = new sentry.SentrySpanProcessor()
      const flush = async (): Promise<void> => {
        await processor.forceFlush()
        await client.flush(FLUSH_MILLIS)
      }
      return {
        // It was called when the span was made: it may add attributes, which a span that has ended does not take.
        onStart: () => undefined,
        onEnd: (span) => processor.onEnd(span),
        flush,
        end: async () => {
          await flush()
          await processor.shutdown()
        },
        countedLost: () => 0,
      }
    },
  }
}
