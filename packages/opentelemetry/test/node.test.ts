import { context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  SamplingDecision,
  SimpleSpanProcessor,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace-base'
import * as Sdk1 from 'sdk-trace-base-1'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../src/node.ts'
import * as SentryServer from './sentryServer.ts'

/** Runs with a server and a provider, and shuts both down. */
const within = async (
  server: SentryServer.ServerOptions,
  processor: (dsn: string) => SpanProcessor,
  run: (provider: BasicTracerProvider, sentry: SentryServer.SentryServer) => Promise<void>,
): Promise<void> => {
  const sentry = await SentryServer.open(server)
  const provider = new BasicTracerProvider({ spanProcessors: [processor(sentry.dsn)] })
  try {
    await run(provider, sentry)
  } finally {
    await provider.shutdown().catch(() => undefined)
    await sentry.close()
  }
}

/** A root with so many children, all ended. */
const work = (provider: BasicTracerProvider, children: number, name = 'work'): void => {
  const tracer = provider.getTracer('test')
  const root = tracer.startSpan(name, { root: true })
  const inRoot = trace.setSpan(ROOT_CONTEXT, root)
  for (let i = 0; i < children; i++) tracer.startSpan(`step ${i}`, {}, inRoot).end()
  root.end()
}

const exporterIn =
  (wrap: (exporter: _.SentrySpanExporter) => SpanProcessor) =>
  (dsn: string): SpanProcessor =>
    wrap(new _.SentrySpanExporter({ dsn }))

const PROCESSORS: Readonly<Record<string, (dsn: string) => SpanProcessor>> = {
  SentrySpanProcessor: (dsn) => new _.SentrySpanProcessor({ dsn }),
  'SentrySpanExporter in a BatchSpanProcessor': exporterIn((one) => new BatchSpanProcessor(one)),
  'SentrySpanExporter in a SimpleSpanProcessor': exporterIn((one) => new SimpleSpanProcessor(one)),
}

const flush = suite('node: forceFlush')

for (const [name, processor] of Object.entries(PROCESSORS)) {
  flush(`with ${name} everything has arrived, also at a slow server`, () =>
    within({ delayMillis: 300 }, processor, async (provider, sentry) => {
      work(provider, 3)
      await provider.forceFlush()
      assert.is(sentry.transactions().length, 1)
      assert.is(sentry.spans(), 4)
    }),
  )
}

flush('keeps the spans of an entry that is open, and a shutdown sends them', () =>
  within({}, PROCESSORS['SentrySpanProcessor'] as never, async (provider, sentry) => {
    const tracer = provider.getTracer('test')
    const root = tracer.startSpan('stream')
    tracer.startSpan('chunk', {}, trace.setSpan(ROOT_CONTEXT, root)).end()
    await provider.forceFlush()
    assert.is(sentry.spans(), 0)
    await provider.shutdown()
    assert.is(sentry.spans(), 1)
  }),
)

flush.run()

const spanProcessor = suite('node: SentrySpanProcessor')

spanProcessor('sends one transaction for a segment, and an error for an exception', () =>
  within({}, PROCESSORS['SentrySpanProcessor'] as never, async (provider, sentry) => {
    const tracer = provider.getTracer('test')
    const span = tracer.startSpan('GET /', { kind: SpanKind.SERVER })
    span.recordException(new TypeError('no tea'))
    span.setStatus({ code: SpanStatusCode.ERROR })
    span.end()
    await provider.forceFlush()
    const [error] = sentry.errors()
    assert.equal(
      error?.exception?.values.map(({ type, value }) => [type, value]),
      [['TypeError', 'no tea']],
    )
    assert.is(error?.contexts.trace.span_id, span.spanContext().spanId)
    assert.is(sentry.transactions()[0]?.transaction, 'GET /')
  }),
)

spanProcessor('gathers spans that end after their root into one transaction', () =>
  within({}, PROCESSORS['SentrySpanProcessor'] as never, async (provider, sentry) => {
    const tracer = provider.getTracer('test')
    const root = tracer.startSpan('request')
    const inRoot = trace.setSpan(ROOT_CONTEXT, root)
    const late = [1, 2, 3].map((n) => tracer.startSpan(`late ${n}`, {}, inRoot))
    root.end()
    await provider.forceFlush()
    for (const span of late) span.end()
    await provider.forceFlush()
    assert.is(sentry.transactions().length, 2)
    assert.is(sentry.transactions()[1]?.spans?.length, 3)
  }),
)

spanProcessor('does not send spans that were only recorded', async () => {
  const sentry = await SentryServer.open()
  const processor = new _.SentrySpanProcessor({ dsn: sentry.dsn })
  const provider = new BasicTracerProvider({
    spanProcessors: [processor],
    sampler: { shouldSample: () => ({ decision: SamplingDecision.RECORD }), toString: () => '' },
  })
  work(provider, 2)
  await provider.shutdown()
  assert.is(processor.outcome().spansIn, 0)
  assert.is(sentry.requests.length, 0)
  await sentry.close()
})

spanProcessor('shuts down once, and takes nothing afterwards', () =>
  within({}, PROCESSORS['SentrySpanProcessor'] as never, async (provider, sentry) => {
    const processor = new _.SentrySpanProcessor({ dsn: sentry.dsn })
    const first = processor.shutdown()
    assert.is(processor.shutdown(), first)
    await first
    await processor.forceFlush()
    const other = new BasicTracerProvider({ spanProcessors: [processor] })
    work(other, 1)
    assert.is(processor.outcome().spansIn, 0)
    work(provider, 0)
  }),
)

spanProcessor('sends nothing without a DSN, and does not fail', async () => {
  const processor = new _.SentrySpanProcessor({ dsn: '' })
  const provider = new BasicTracerProvider({ spanProcessors: [processor] })
  work(provider, 2)
  await provider.shutdown()
  assert.is(processor.outcome().spansIn, 0)
})

spanProcessor('refuses options that cannot work, in one readable error', () => {
  const make = (options: object) => () => new _.SentrySpanProcessor(options)
  assert.throws(make({ dsn: 'no dsn' }), /dsn: /)
  assert.throws(make({ dsn: 'https://key@host/1', maxSpan: 5 }), /maxSpan: unknown/)
  assert.throws(make({ transport: { connections: 0 } }), /connections/)
})

spanProcessor('names the debug ids of the files of an error', () =>
  within({}, PROCESSORS['SentrySpanProcessor'] as never, async (provider, sentry) => {
    const error = new TypeError('no tea')
    // As Sentry's plugins for bundlers do in each file.
    const ids = { [error.stack ?? '']: '11111111-2222-4333-8444-555555555555' }
    Reflect.set(globalThis, '_sentryDebugIds', ids)
    try {
      const span = provider.getTracer('test').startSpan('GET /')
      span.recordException(error)
      span.setStatus({ code: SpanStatusCode.ERROR })
      span.end()
      await provider.forceFlush()
    } finally {
      Reflect.deleteProperty(globalThis, '_sentryDebugIds')
    }
    const { images } = Reflect.get(sentry.errors()[0] ?? {}, 'debug_meta')
    assert.is(images.length, 1)
    assert.is(images[0].debug_id, '11111111-2222-4333-8444-555555555555')
    assert.match(images[0].code_file, 'node.test')
  }),
)

spanProcessor.run()

const sdk1 = suite('node: with SDK 1.30')

sdk1('a remote parent begins a segment, and its children belong to it', async () => {
  const sentry = await SentryServer.open()
  const processor = new _.SentrySpanProcessor({ dsn: sentry.dsn })
  const provider = new Sdk1.BasicTracerProvider({ spanProcessors: [processor] })
  const remote = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1, isRemote: true }
  const caller = trace.setSpanContext(ROOT_CONTEXT, remote)
  const tracer = provider.getTracer('test', '1.0')
  const server = tracer.startSpan('GET /', { kind: SpanKind.SERVER }, caller)
  const inServer = trace.setSpan(ROOT_CONTEXT, server)
  tracer.startSpan('inner', { kind: SpanKind.SERVER }, inServer).end()
  tracer.startSpan('query', { kind: SpanKind.CLIENT, attributes: { a: [1, 2] } }, inServer).end()
  server.end()
  await provider.forceFlush()
  const [transaction] = sentry.transactions()
  assert.is(transaction?.transaction, 'GET /')
  // The context of the parent states that it is local, which the kind alone would not.
  assert.is(transaction?.spans?.length, 2)
  assert.is(Reflect.get(transaction?.contexts.trace ?? {}, 'parent_span_id'), remote.spanId)
  await provider.shutdown()
  assert.equal(processor.outcome().delivered, {
    transactions: 1,
    spans: 3,
    errors: 0,
    logs: 0,
    metrics: 0,
  })
  await sentry.close()
})

sdk1('the exporter works in its batch processor', async () => {
  const sentry = await SentryServer.open()
  const exporter = new _.SentrySpanExporter({ dsn: sentry.dsn })
  const provider = new Sdk1.BasicTracerProvider({
    spanProcessors: [new Sdk1.BatchSpanProcessor(exporter)],
  })
  const span = provider.getTracer('test').startSpan('work')
  provider.getTracer('test').startSpan('step', {}, trace.setSpan(ROOT_CONTEXT, span)).end()
  span.end()
  await provider.forceFlush()
  assert.is(sentry.spans(), 2)
  await provider.shutdown()
  await sentry.close()
})

sdk1.run()

const spanExporter = suite('node: SentrySpanExporter')

spanExporter(
  'under a server that never answers the SDK drops nothing, and shutdown is in time',
  async () => {
    const sentry = await SentryServer.open({ delayMillis: Number.POSITIVE_INFINITY })
    const exporter = new _.SentrySpanExporter({ dsn: sentry.dsn, warn: false })
    const provider = new BasicTracerProvider({ spanProcessors: [new BatchSpanProcessor(exporter)] })
    for (let round = 0; round < 20; round++) {
      for (let n = 0; n < 25; n++) work(provider, 9)
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    assert.ok(exporter.outcome().spansIn >= 5_000 - 512)
    const start = performance.now()
    await exporter.shutdown(2_000)
    // The whole machine may be slow.
    assert.ok(performance.now() - start < 10_000)
    assert.is(exporter.outcome().waiting, 0)
    await sentry.close()
  },
)

spanExporter('fails politely after its shutdown, and calls back once', async () => {
  const sentry = await SentryServer.open()
  const exporter = new _.SentrySpanExporter({ dsn: sentry.dsn })
  const first = exporter.shutdown()
  assert.is(exporter.shutdown(), first)
  await first
  const results: Array<unknown> = []
  exporter.export([], (result) => results.push(result.code, result.error?.message))
  assert.equal(results, [1, 'sentry-exporter: the exporter was shut down'])
  await sentry.close()
})

spanExporter('fails if Sentry refuses the envelopes', async () => {
  const sentry = await SentryServer.open({ status: 400 })
  const exporter = new _.SentrySpanExporter({ dsn: sentry.dsn, warn: false })
  const provider = new BasicTracerProvider({ spanProcessors: [new BatchSpanProcessor(exporter)] })
  work(provider, 1)
  try {
    await provider.forceFlush()
    assert.unreachable('the flush should have failed')
  } catch (error) {
    assert.match(String(error), 'send_error')
  }
  await provider.shutdown().catch(() => undefined)
  await sentry.close()
})

spanExporter.run()

const shares = suite('node: shares')

shares('one exporter for spans and log records: an exception of both is one error', async () => {
  const sentry = await SentryServer.open()
  const spans = new _.SentrySpanProcessor({ dsn: sentry.dsn })
  const logs = new _.SentryLogRecordExporter({ shares: spans })
  const provider = new BasicTracerProvider({ spanProcessors: [spans] })
  const span = provider.getTracer('test').startSpan('work')
  const error = new TypeError('no tea')
  span.recordException(error)
  span.setStatus({ code: SpanStatusCode.ERROR })
  const codes: Array<number> = []
  logs.export(
    [
      {
        hrTime: [1_700_000_000, 0],
        hrTimeObserved: [1_700_000_000, 0],
        spanContext: span.spanContext(),
        severityNumber: 17,
        body: 'failed',
        attributes: {
          'exception.type': 'TypeError',
          'exception.message': 'no tea',
          'exception.stacktrace': error.stack,
        },
        resource: { attributes: {} },
      },
    ],
    ({ code }) => codes.push(code),
  )
  span.end()
  await logs.shutdown()
  await provider.shutdown()
  assert.equal(codes, [0])
  assert.is(sentry.errors().length, 1)
  assert.is(sentry.transactions().length, 1)
  assert.equal(
    sentry.logs.map(({ body, span_id: spanId }) => [body, spanId]),
    [['failed', span.spanContext().spanId]],
  )
  await sentry.close()
})

shares.run()

const metrics = suite('node: SentryMetricExporter')

/** The name, the type and the value of each metric, by name. */
const shownMetrics = (sentry: SentryServer.SentryServer): ReadonlyArray<unknown> =>
  sentry.metrics
    .map(({ name, type: kind, value }) => [name, kind, value])
    .sort(([a], [b]) => String(a).localeCompare(String(b)))

metrics('sends what instruments measured since the last collection', async () => {
  const sentry = await SentryServer.open()
  const exporter = new _.SentryMetricExporter({ dsn: sentry.dsn })
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 60_000 })
  const meter = new MeterProvider({ readers: [reader] }).getMeter('shop')
  const [orders, queue] = [meter.createCounter('orders'), meter.createUpDownCounter('queue')]
  orders.add(3)
  queue.add(5)
  meter.createHistogram('duration', { unit: 's' }).record(0.25)
  await reader.forceFlush()
  assert.equal(shownMetrics(sentry), [
    ['duration', 'distribution', 0.25],
    ['orders', 'counter', 3],
    ['queue', 'gauge', 5],
  ])
  orders.add(4)
  queue.add(-1)
  await reader.shutdown()
  assert.equal(shownMetrics(sentry).slice(-3), [
    ['orders', 'counter', 4],
    ['queue', 'gauge', 5],
    ['queue', 'gauge', 4],
  ])
  const { metricsIn, delivered, droppedMetrics, waitingMetrics } = exporter.outcome()
  assert.equal([metricsIn, delivered.metrics, droppedMetrics, waitingMetrics], [5, 5, {}, 0])
  await sentry.close()
})

metrics(
  'fails the collection whose metrics are lost, and sends nothing after its end',
  async () => {
    const sentry = await SentryServer.open({ status: 400 })
    const exporter = new _.SentryMetricExporter({ dsn: sentry.dsn, warn: false })
    const results: Array<number> = []
    const empty = { resource: { attributes: {} }, scopeMetrics: [] }
    exporter.export(empty, ({ code }) => results.push(code))
    await exporter.shutdown()
    exporter.export(empty, ({ code }) => results.push(code))
    assert.equal(results, [0, 1])
    await sentry.close()
  },
)

metrics.run()

const noLoop = suite('node: no loop')

noLoop('requests of the exporter have the suppressed context, whichever is active', async () => {
  const manager = new AsyncLocalStorageContextManager().enable()
  context.setGlobalContextManager(manager)
  try {
    await within({}, PROCESSORS['SentrySpanProcessor'] as never, async (provider, sentry) => {
      work(provider, 2)
      await provider.forceFlush()
      assert.is(sentry.requests.length, 1)
      for (const headers of sentry.requests) {
        assert.is(headers['traceparent'], undefined)
        assert.is(headers['baggage'], undefined)
      }
    })
  } finally {
    context.disable()
  }
})

noLoop.run()
