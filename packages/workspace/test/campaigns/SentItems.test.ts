import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/campaigns/sentryOpenTelemetry/SentItems.ts'

const of = suite('SentItems.of')

const span = (spanId: string, data = {}): object => ({
  trace_id: 'a'.repeat(32),
  span_id: spanId,
  start_timestamp: 1_700_000_000,
  timestamp: 1_700_000_001,
  data,
})

const request = (
  items: ReadonlyArray<readonly [type: string, item: object]>,
  hasLength: boolean,
) => {
  const lines = items.flatMap(([type, item]) => {
    const text = JSON.stringify(item)
    const length = hasLength ? { length: Buffer.byteLength(text) } : {}
    return [JSON.stringify({ type, ...length }), text]
  })
  return { url: 'https://sentry.invalid/', headers: {}, body: ['{}', ...lines].join('\n') }
}

const transaction = (root: object, spans: ReadonlyArray<object>): readonly [string, object] => [
  'transaction',
  { contexts: { trace: root }, spans, transaction: 'Größe' },
]

for (const hasLength of [true, false]) {
  of(`counts items ${hasLength ? 'with' : 'without'} a length`, () => {
    const sent = [
      request([transaction(span('1'), [span('2'), span('3')])], hasLength),
      request([['event', {}]], hasLength),
      request([['client_report', {}]], hasLength),
    ]
    const { transactions, errors, spans } = _.of(sent)
    assert.equal([transactions, errors], [1, 1])
    assert.equal(
      spans.map((key) => key.slice(-1)),
      ['1', '2', '3'],
    )
  })
}

of('leaves out the root that was made for a continuation, and keeps repetitions', () => {
  const root = span('9', { 'sentry_exporter.synthetic': true })
  const { spans } = _.of([request([transaction(root, [span('1'), span('1')])], true)])
  assert.is(spans.length, 2)
})

of('counts transactions that the server refuses', () => {
  const sent = request([transaction(span('1'), [])], true)
  assert.is(_.of([{ ...sent, url: 'https://sentry.invalid/api/42/envelope/' }]).notWhole, 1)
})

of.run()
