import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../src/fetch.ts'
import * as SentryServer from './sentryServer.ts'

const DSN = 'https://key@sentry.invalid/1'

/** Longer than the test. */
const FROZEN_MILLIS = 60_000

interface Sent {
  readonly url: string
  readonly body: string
}

/** A fetch that keeps the bodies that it is given. */
const recording = () => {
  const sent: Array<Sent> = []
  return {
    sent,
    fetch: async (url: string, { body }: { readonly body: Uint8Array }) => {
      sent.push({ url, body: Buffer.from(body).toString() })
      return new Response('{}', { status: 200 })
    },
  }
}

const processor = suite('fetch: SentrySpanProcessor')

processor('sends with the fetch that it is given, and waits for it in forceFlush', async () => {
  const { fetch, sent } = recording()
  const sentry = new _.SentrySpanProcessor({
    env: { SENTRY_DSN: DSN, SENTRY_ENVIRONMENT: 'preview', OTEL_SERVICE_NAME: 'shop', KV: {} },
    transport: { fetch, gzipFromBytes: Number.POSITIVE_INFINITY },
  })
  const provider = new BasicTracerProvider({ spanProcessors: [sentry] })
  const root = provider.getTracer('test').startSpan('GET /')
  provider.getTracer('test').startSpan('step', {}, trace.setSpan(ROOT_CONTEXT, root)).end()
  root.end()
  await provider.forceFlush()
  assert.is(sent.length, 1)
  assert.match(sent[0]?.body ?? '', '"environment":"preview"')
  assert.match(sent[0]?.body ?? '', 'shop')
  assert.equal(sentry.outcome().delivered, {
    transactions: 1,
    spans: 2,
    errors: 0,
    logs: 0,
    metrics: 0,
  })
  await provider.shutdown()
})

processor(
  'sends with the fetch that was there when it was loaded, and not with a later wrapper',
  async () => {
    const sentry = await SentryServer.open()
    const before = globalThis.fetch
    let wrapped = 0
    globalThis.fetch = (...args) => {
      wrapped++
      return before(...args)
    }
    try {
      const provider = new BasicTracerProvider({
        spanProcessors: [new _.SentrySpanProcessor({ dsn: sentry.dsn })],
      })
      provider.getTracer('test').startSpan('GET /').end()
      await provider.shutdown()
      assert.is(sentry.transactions().length, 1)
      assert.is(wrapped, 0)
    } finally {
      globalThis.fetch = before
      await sentry.close()
    }
  },
)

processor(
  'leaves out a wrapper of a given fetch only where it cannot see that tracing is suppressed',
  async () => {
    const { fetch, sent } = recording()
    let wrapped = 0
    const wrapper: typeof fetch = (url, init) => {
      wrapped++
      return fetch(url, init)
    }
    const given = Object.assign(wrapper, { __original: fetch })
    const send = async (): Promise<void> => {
      const sentry = new _.SentrySpanProcessor({ dsn: DSN, transport: { fetch: given } })
      const provider = new BasicTracerProvider({ spanProcessors: [sentry] })
      provider.getTracer('test').startSpan('GET /').end()
      await provider.shutdown()
    }
    await send()
    assert.equal([sent.length, wrapped], [1, 0])
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
    try {
      await send()
    } finally {
      context.disable()
    }
    assert.equal([sent.length, wrapped], [2, 1])
  },
)

processor('flushes too when an SDK gives it something else than a time limit', async () => {
  const { fetch, sent } = recording()
  const sentry = new _.SentrySpanProcessor({ dsn: DSN, transport: { fetch } })
  const provider = new BasicTracerProvider({ spanProcessors: [sentry] })
  provider.getTracer('test').startSpan('GET /').end()
  // The id of a trace, as otel-cf-workers.
  await sentry.forceFlush('4bf92f3577b34da6a3ce929d0e0e4736' as never)
  assert.is(sent.length, 1)
  await provider.shutdown()
})

processor('gives its requests to waitUntil', async () => {
  const { fetch } = recording()
  const waited: Array<Promise<unknown>> = []
  const sentry = new _.SentrySpanProcessor({
    dsn: DSN,
    transport: { fetch, waitUntil: (promise) => waited.push(promise) },
  })
  const provider = new BasicTracerProvider({ spanProcessors: [sentry] })
  provider.getTracer('test').startSpan('GET /').end()
  await provider.forceFlush()
  assert.is(waited.length, 1)
  await provider.shutdown()
})

processor('reads no clock and sets no timer before the first span', () => {
  const forbidden = (): number => {
    throw new Error('a Worker forbids it while a program is loaded')
  }
  const kept = {
    now: Date.now,
    performanceNow: performance.now,
    setTimeout: globalThis.setTimeout,
    random: Math.random,
  }
  Date.now = forbidden
  performance.now = forbidden
  Math.random = forbidden
  globalThis.setTimeout = forbidden as never
  try {
    new _.SentrySpanProcessor({ dsn: DSN })
    new _.SentrySpanExporter({ dsn: DSN })
    new _.SentryLogRecordExporter({ dsn: DSN })
    new _.SentryMetricExporter({ dsn: DSN })
  } finally {
    Date.now = kept.now
    performance.now = kept.performanceNow
    Math.random = kept.random
    globalThis.setTimeout = kept.setTimeout
  }
})

processor('refuses to skip verification, which no fetch can', () => {
  // A program without types.
  const options = { dsn: DSN, insecureSkipVerify: true } as never
  assert.throws(() => new _.SentrySpanProcessor(options), /insecureSkipVerify/)
})

processor('hands everything over when the page is hidden, without timers', async () => {
  const { fetch } = recording()
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible' })
  const scope = globalThis as { document?: unknown; addEventListener?: unknown }
  scope.document = document
  scope.addEventListener = () => undefined
  const { setTimeout } = globalThis
  try {
    const sentry = new _.SentrySpanProcessor({ dsn: DSN, transport: { fetch } })
    const provider = new BasicTracerProvider({ spanProcessors: [sentry] })
    const tracer = provider.getTracer('test')
    // The page is frozen: no timer is called.
    globalThis.setTimeout = (() => setTimeout(() => undefined, FROZEN_MILLIS).unref()) as never
    for (let n = 0; n < 1_000; n++) tracer.startSpan('click').end()
    document.visibilityState = 'hidden'
    document.dispatchEvent(new Event('visibilitychange'))
    for (let n = 0; n < 100; n++) await new Promise((resolve) => setImmediate(resolve))
    assert.is(sentry.outcome().delivered.spans, 1_000)
  } finally {
    globalThis.setTimeout = setTimeout
    delete scope.document
    delete scope.addEventListener
  }
})

processor('sends everything when the page is left', async () => {
  const { fetch, sent } = recording()
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible' })
  const page = new EventTarget()
  const scope = globalThis as { document?: unknown; addEventListener?: unknown }
  scope.document = document
  scope.addEventListener = page.addEventListener.bind(page)
  try {
    const sentry = new _.SentrySpanProcessor({ dsn: DSN, transport: { fetch } })
    const provider = new BasicTracerProvider({ spanProcessors: [sentry] })
    const tracer = provider.getTracer('test')
    const root = tracer.startSpan('click')
    tracer.startSpan('step', {}, trace.setSpan(ROOT_CONTEXT, root)).end()
    page.dispatchEvent(new Event('pagehide'))
    await new Promise((resolve) => setTimeout(resolve, 1))
    assert.is(sent.length, 1)
    await provider.shutdown()
  } finally {
    delete scope.document
    delete scope.addEventListener
  }
})

processor.run()
