import {
  context,
  ROOT_CONTEXT,
  type Span,
  TraceFlags,
  type Tracer,
  trace,
} from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { SentryRequestSpanProcessor as _ } from '../src/fetch.ts'

const DSN = 'https://key@sentry.invalid/1'

const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736'

/** A processor, a tracer, and the names of the transactions that were sent, with their spans. */
const opened = () => {
  const sent: Array<string> = []
  const fetch = async (_url: string, { body }: { readonly body: Uint8Array }) => {
    const [, , event = '{}'] = Buffer.from(body).toString().split('\n')
    const { transaction, spans } = JSON.parse(event)
    sent.push(
      [transaction, ...spans.map((span: { description: string }) => span.description)].join(),
    )
    return new Response('{}', { status: 200 })
  }
  const sentry = new _({ dsn: DSN, transport: { fetch, gzipFromBytes: Number.POSITIVE_INFINITY } })
  const provider = new BasicTracerProvider({ spanProcessors: [sentry] })
  return { sentry, provider, sent, tracer: provider.getTracer('test') }
}

const below = (parent: Span) => trace.setSpan(ROOT_CONTEXT, parent)

/** A span of a request that another service sent. */
const remote = (tracer: Tracer, name: string): Span =>
  tracer.startSpan(
    name,
    {},
    trace.setSpanContext(ROOT_CONTEXT, {
      traceId: TRACE_ID,
      spanId: '00f067aa0ba902b7',
      traceFlags: TraceFlags.SAMPLED,
      isRemote: true,
    }),
  )

const processor = suite('fetch: SentryRequestSpanProcessor')

processor('sends a request when its last span has ended, whatever happens to others', async () => {
  const { sentry, tracer, sent } = opened()
  const [first, second] = [tracer.startSpan('first'), tracer.startSpan('second')]
  const step = tracer.startSpan('step', {}, below(first))
  tracer.startSpan('other step', {}, below(second)).end()
  first.end()
  await sentry.forceFlush(second.spanContext().traceId)
  assert.equal(sent, [])
  step.end()
  await sentry.forceFlush(first.spanContext().traceId)
  assert.equal(sent, ['first,step'])
  second.end()
  await sentry.forceFlush(second.spanContext().traceId)
  assert.equal(sent, ['first,step', 'second,other step'])
  assert.equal(sentry.outcome().delivered, {
    transactions: 2,
    spans: 4,
    errors: 0,
    logs: 0,
    metrics: 0,
  })
})

processor('separates two requests of one trace, and a span that starts late', async () => {
  const { sentry, provider, tracer, sent } = opened()
  const [first, second] = [remote(tracer, 'first'), remote(tracer, 'second')]
  first.end()
  await sentry.forceFlush()
  assert.equal(sent, ['first'])
  tracer.startSpan('late', {}, below(first)).end()
  second.end()
  await provider.shutdown()
  assert.equal(sent.sort(), ['first', 'late', 'second'])
  assert.is(sentry.outcome().waiting, 0)
  tracer.startSpan('after the end').end()
  assert.is(sent.length, 3)
})

processor('flushes the active trace, and the given one if there is an id', async () => {
  const { sentry, tracer, sent } = opened()
  const mine = tracer.startSpan('mine')
  const other = tracer.startSpan('other')
  for (const span of [mine, other]) {
    // Its own entry has ended, and the request has an open span.
    tracer.startSpan('open', {}, below(span))
    span.end()
  }
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  try {
    await context.with(below(mine), () => sentry.forceFlush())
    assert.equal(sent, ['mine'])
    await context.with(below(mine), () => sentry.forceFlush(other.spanContext().traceId))
    assert.equal(sent, ['mine', 'other'])
  } finally {
    context.disable()
  }
  await sentry.shutdown()
})

processor('throws for options that cannot work, when it is made', () => {
  assert.throws(() => new _({ dsn: 'odd' }), /dsn/)
  assert.throws(() => new _({ dsn: DSN, transport: { timeoutMillis: -1 } }), /timeoutMillis/)
})

processor.run()
