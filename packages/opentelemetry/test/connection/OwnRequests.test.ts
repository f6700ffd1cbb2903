import { context, type DiagLogger, diag } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { BasicTracerProvider, type ReadableSpan } from '@opentelemetry/sdk-trace-base'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/connection/OwnRequests.ts'

const URL = 'https://o1.ingest.example.com/api/7/envelope/'

const own = suite('OwnRequests')

const tracer = new BasicTracerProvider().getTracer('test')

const span = (kind: number, attributes: Record<string, string>): ReadableSpan => {
  const started = tracer.startSpan('POST', { kind, attributes })
  started.end()
  // The SDK's spans are both, as its processors receive them.
  return started as unknown as ReadableSpan
}

const child = (attributes: Record<string, string>): ReadableSpan => {
  const made = span(2, attributes)
  return Object.assign(Object.create(made), { parentSpanContext: made.spanContext() })
}

/** After one request. */
const afterRequest = async (): Promise<_.OwnRequests> => {
  const requests = _.make()
  const http = requests.noted(() => async () => ({
    _tag: 'Right',
    right: { status: 200, header: () => undefined },
  }))
  await http({ url: `${URL}?sentry_key=k`, headers: {}, body: new Uint8Array() })()
  return requests
}

/** The warnings during `run`. */
const warnings = (run: () => void): ReadonlyArray<string> => {
  const texts: Array<string> = []
  const ignore = (): void => undefined
  const logger: DiagLogger = {
    error: ignore,
    warn: (text) => void texts.push(text),
    info: ignore,
    debug: ignore,
    verbose: ignore,
  }
  diag.setLogger(logger, { suppressOverrideMessage: true })
  try {
    run()
  } finally {
    diag.disable()
  }
  return texts
}

own(
  'leaves out the spans of our requests without a context manager, with one warning',
  async () => {
    const requests = await afterRequest()
    const kept = [
      span(2, { 'url.full': 'https://o1.ingest.example.com/api/8/envelope/' }),
      span(2, { 'url.full': 'https://shop.example.com/' }),
      span(2, {}),
      // A server that passes envelopes on.
      span(1, { 'url.full': URL }),
      child({ 'url.full': URL }),
    ]
    const ours = [
      span(2, { 'url.full': URL }),
      span(2, { 'url.full': `${URL}?sentry_key=REDACTED` }),
      span(2, { 'http.url': URL }),
    ]
    const texts = warnings(() => {
      assert.equal(requests.without([...ours, ...kept]), kept)
      assert.equal(requests.without(ours), [])
      assert.is(requests.without(kept), kept)
    })
    assert.is(texts.length, 1)
    assert.match(texts[0] ?? '', 'no context manager is registered')
  },
)

own('keeps all spans where a context manager lets tracing be suppressed', async () => {
  const requests = await afterRequest()
  const spans = [span(2, { 'url.full': URL })]
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  try {
    assert.is(requests.without(spans), spans)
  } finally {
    context.disable()
  }
})

own.run()
