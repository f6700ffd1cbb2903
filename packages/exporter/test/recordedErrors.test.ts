import { assemble } from '@sentry-exporter/core/assemble'
import * as Mapping from '@sentry-exporter/core/Mapping'
import type { Span } from '@sentry-exporter/core/Span'
import * as DecodeError from '@sentry-exporter/otlp/DecodeError'
import * as ExportTraceRequest from '@sentry-exporter/otlp/ExportTraceRequest'
import * as Recorded from '@sentry-exporter/workspace/Recorded'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as Config from '../src/Config.ts'
import * as Pipeline from '../src/Pipeline.ts'

const spansOf = (recorded: Recorded.Recording): ReadonlyArray<Span> =>
  Recorded.bodies(recorded).flatMap((body) => {
    const batch = ExportTraceRequest.parse(body)
    if (E.isLeft(batch)) throw new Error(DecodeError.show(batch.left))
    return batch.right.spans
  })

const FIVE = [
  ['gateway', 'GET /api/orders/:id', 'Error: orders answered 404 for /orders/999', 'gateway.cjs:6'],
  ['gateway', 'POST /api/orders', 'Error: orders answered 500 for /orders', 'gateway.cjs:6'],
  ['orders', 'GET /orders/:id', 'OrderNotFound: order 999 not found', 'orders.cjs:11'],
  [
    'orders',
    'POST /orders',
    "Error: PostgreSQL error of type 'error' occurred (code: 22012)",
    'no stack',
  ],
  ['orders', 'POST /orders', 'Error: could not store the order', 'orders.cjs:20'],
]

const recorded = suite('errors of recorded input')

for (const one of Recorded.all) {
  recorded(`${one.name}: each error once, in its transaction, out of nineteen exceptions`, () => {
    const spans = spansOf(one)
    const exceptions = spans.flatMap(({ events }) =>
      events.filter(({ name }) => name === 'exception'),
    )
    assert.is(exceptions.length, 19)
    for (const errors of ['failed', 'all'] as const) {
      const made = assemble({
        mapping: Mapping.sentry,
        errors: { errors },
      })(spans)
      const shown = made.errors.map(({ tags, transaction, exception }) => {
        const [value] = exception.values
        const frames = value?.stacktrace?.frames ?? []
        const top = frames.at(-1)
        return [
          tags['service.name'],
          transaction,
          `${value?.type}: ${value?.value}`,
          top === undefined ? 'no stack' : `${top.filename?.split('/').at(-1)}:${top.lineno}`,
        ]
      })
      assert.equal(
        shown.sort((a, b) => (a.join() < b.join() ? -1 : 1)),
        FIVE,
      )
      assert.equal(made.losses, { error_copy: 14 })
      for (const { contexts, transaction } of made.errors) {
        const { trace_id: traceId, span_id: spanId } = contexts.trace
        const home = made.transactions.find(
          (candidate) =>
            candidate.contexts.trace.trace_id === traceId &&
            candidate.spans.some(({ span_id }) => span_id === spanId),
        )
        assert.is(home?.transaction, transaction)
      }
    }
  })

  recorded(`${one.name}: with errors off, or transactions off, nothing else changes`, () => {
    const run = (input: object): ReturnType<ReturnType<typeof Pipeline.ofBatch>> => {
      const config = Config.decode({ dsn: 'https://key@host/1', ...input })
      if (E.isLeft(config)) throw new Error('a bad configuration in a test')
      return Pipeline.ofBatch(config.right)({ spans: spansOf(one), rejected: [], repairs: {} })
    }
    const texts = (input: object, category: string): ReadonlyArray<string> =>
      run(input)
        .assembled.envelopes.filter((envelope) => envelope.category === category)
        .map(({ bytes }) => Buffer.from(bytes).toString())
    assert.equal(texts({ transactions: false }, 'error'), texts({}, 'error'))
    assert.equal(texts({ transactions: false }, 'transaction'), [])
    assert.equal(texts({ errors: 'none' }, 'error'), [])
    // But for the breadcrumbs that the exceptions are then.
    assert.is(texts({ errors: 'none' }, 'transaction').length, texts({}, 'transaction').length)
  })
}

recorded.run()
