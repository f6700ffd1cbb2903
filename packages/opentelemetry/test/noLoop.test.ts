/** The requests of the exporter make no spans, and few metrics, with the instrumentations of http, undici and fetch enabled. */
import { createServer } from 'node:http'
import { context, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { registerInstrumentations } from '@opentelemetry/instrumentation'
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http'
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici'
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace-base'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as fetchEntry from '../src/fetch.ts'
import * as nodeEntry from '../src/node.ts'
import * as SentryServer from './sentryServer.ts'

const noLoop = suite('requests of the exporter')

/** Retries go on for longer. */
const QUICK = { flushMillis: 400, warn: false } as const

const CASES: Readonly<Record<string, (dsn: string) => SpanProcessor>> = {
  'of the span processor for Node': (dsn) => new nodeEntry.SentrySpanProcessor({ dsn, ...QUICK }),
  'of the span exporter for Node': (dsn) =>
    new SimpleSpanProcessor(new nodeEntry.SentrySpanExporter({ dsn, ackMillis: 300, ...QUICK })),
  'of the span processor with fetch': (dsn) =>
    new fetchEntry.SentrySpanProcessor({ dsn, ...QUICK }),
  'of the span exporter with fetch': (dsn) =>
    new SimpleSpanProcessor(new fetchEntry.SentrySpanExporter({ dsn, ackMillis: 300, ...QUICK })),
}

for (const [name, processor] of Object.entries(CASES)) {
  noLoop(`${name} make no spans and carry no trace`, async () => {
    const sentry = await SentryServer.open({ status: 503 })
    const good = await SentryServer.open()
    // The address of a program's own request, which is instrumented.
    const other = createServer((_request, response) => response.end('ok'))
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const address = other.address()
    const port = typeof address === 'object' ? address?.port : 0
    const seen = new InMemorySpanExporter()
    const provider = new BasicTracerProvider({
      spanProcessors: [
        new SimpleSpanProcessor(seen),
        processor(good.dsn),
        // Its requests are retried, by timers.
        processor(sentry.dsn),
      ],
    })
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
    trace.setGlobalTracerProvider(provider)
    const disable = registerInstrumentations({
      instrumentations: [new HttpInstrumentation(), new UndiciInstrumentation()],
      tracerProvider: provider,
    })
    try {
      await provider.getTracer('test').startActiveSpan('work', async (span) => {
        await (await fetch(`http://127.0.0.1:${port}/`)).text()
        span.end()
      })
      await provider.forceFlush().catch(() => undefined)
      const urls = seen
        .getFinishedSpans()
        .map(({ name: spanName, attributes }) => [spanName, attributes['url.full']])
      assert.equal(urls, [
        ['GET', `http://127.0.0.1:${port}/`],
        ['work', undefined],
      ])
      assert.is(good.spans(), 2)
      assert.ok(sentry.requests.length >= 1)
      for (const headers of [...sentry.requests, ...good.requests]) {
        assert.is(headers['traceparent'], undefined)
        assert.is(headers['sentry-trace'], undefined)
        assert.is(headers['baggage'], undefined)
      }
    } finally {
      await provider.shutdown().catch(() => undefined)
      disable()
      trace.disable()
      context.disable()
      await Promise.all([sentry.close(), good.close()])
      other.closeAllConnections()
      other.close()
    }
  })
}

const ENTRIES = { Node: nodeEntry, fetch: fetchEntry } as const

for (const [name, { SentrySpanProcessor }] of Object.entries(ENTRIES)) {
  noLoop(`of ${name} lead to no further ones without a context manager`, async () => {
    const good = await SentryServer.open()
    const provider = new BasicTracerProvider({
      spanProcessors: [new SentrySpanProcessor({ dsn: good.dsn })],
    })
    trace.setGlobalTracerProvider(provider)
    const disable = registerInstrumentations({
      instrumentations: [new HttpInstrumentation(), new UndiciInstrumentation()],
      tracerProvider: provider,
    })
    try {
      provider.getTracer('test').startSpan('work').end()
      // Without tracing suppressed, the first flush sends the span, and the second one that of its request.
      for (let i = 0; i < 3; i++) await provider.forceFlush()
      assert.equal(
        good.transactions().map(({ transaction }) => transaction),
        ['work'],
      )
    } finally {
      await provider.shutdown()
      disable()
      trace.disable()
      await good.close()
    }
  })
}

for (const [name, { SentryMetricExporter }] of Object.entries(ENTRIES)) {
  noLoop(`of ${name} are measured once for each collection, or not at all`, async () => {
    const good = await SentryServer.open()
    const exporter = new SentryMetricExporter({ dsn: good.dsn })
    const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 60_000 })
    const provider = new MeterProvider({ readers: [reader] })
    let isIgnored = false
    const instrumentations = [
      new HttpInstrumentation(),
      new UndiciInstrumentation({
        ignoreRequestHook: ({ origin }) => isIgnored && origin === good.origin,
      }),
    ]
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
    const disable = registerInstrumentations({ instrumentations, meterProvider: provider })
    try {
      provider.getMeter('test').createCounter('orders').add(1)
      // Suppressed tracing does not suppress metrics: a collection sends the duration of the request before it.
      for (let i = 0; i < 4; i++) await provider.forceFlush()
      const durations = good.metrics.filter((one) => one['name'] === 'http.client.request.duration')
      assert.equal([good.requests.length, durations.length], [4, 3])
      isIgnored = true
      for (let i = 0; i < 4; i++) await provider.forceFlush()
      // That of the last request before the hook.
      assert.equal([good.requests.length, good.metrics.length], [5, 5])
    } finally {
      await provider.shutdown()
      disable()
      context.disable()
      await good.close()
    }
  })
}

noLoop.run()
