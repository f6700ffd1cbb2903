import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../src/EnvelopeReader.ts'

type Fields = Readonly<Record<string, unknown>>

const envelope = (event: Fields, type = 'transaction', header: Fields = event): Uint8Array => {
  const payload = Buffer.from(JSON.stringify(event))
  const item = JSON.stringify({ type, length: payload.length })
  return Buffer.from(`${JSON.stringify({ event_id: header['event_id'] })}\n${item}\n${payload}\n`)
}

const ROOT = { trace_id: 't', span_id: 'r' }

const transaction = (event_id: string, spans: ReadonlyArray<Fields>, root = ROOT): Fields => ({
  event_id,
  transaction: 'GET /ü',
  contexts: { trace: root },
  spans,
})

const child = (span_id: string, parent_span_id: string, trace_id = 't'): Fields => ({
  trace_id,
  span_id,
  parent_span_id,
})

const read = suite('EnvelopeReader.read')

read('reads transactions and errors', () => {
  const synthetic = { ...child('b', 'a'), data: { 'sentry_exporter.synthetic': true } }
  const bytes = [
    envelope(transaction('1', [child('a', 'r'), synthetic])),
    envelope({ event_id: '2' }, 'event'),
  ]
  const all = _.read(bytes)
  assert.equal(all.errors, ['2'])
  assert.equal(all.transactions, [
    {
      eventId: '1',
      name: 'GET /ü',
      root: { traceId: 't', spanId: 'r', parentSpanId: undefined, isSynthetic: false },
      spans: [
        { traceId: 't', spanId: 'a', parentSpanId: 'r', isSynthetic: false },
        { traceId: 't', spanId: 'b', parentSpanId: 'a', isSynthetic: true },
      ],
    },
  ])
  assert.equal(_.spanKeys(all), ['t a', 't r'])
  assert.equal(_.problems(all), [])
})

const container = (type: string, count: number, items: ReadonlyArray<Fields>): Uint8Array => {
  const payload = JSON.stringify({ version: 2, items })
  const item = JSON.stringify({ type, item_count: count, length: Buffer.byteLength(payload) })
  return Buffer.from(`{}\n${item}\n${payload}\n`)
}

read('reads logs and metrics, and the weights of metrics', () => {
  const metric = { trace_id: 't', name: 'size', type: 'distribution', value: 2.5 }
  const weighted = (rate: number): Fields => ({
    ...metric,
    unit: 'byte',
    attributes: {
      a: { value: 1, type: 'integer' },
      'sentry.client_sample_rate': { value: rate, type: 'double' },
    },
  })
  const rates = [1, 0.5, 0.333333, 0.000029, 0.000001, 1e-9]
  const { logs, metrics } = _.read([
    container('log', 1, [{ trace_id: 't', level: 'info', body: 'a', attributes: {} }]),
    container('trace_metric', 1, [metric]),
    container('trace_metric', rates.length, rates.map(weighted)),
  ])
  assert.equal(logs, [{ traceId: 't', level: 'info', body: 'a', attributes: {} }])
  const [plain, ...others] = metrics
  assert.equal(plain, {
    traceId: 't',
    name: 'size',
    type: 'distribution',
    value: 2.5,
    unit: undefined,
    weight: 1,
    attributes: {},
  })
  assert.equal(
    others.map(({ weight }) => weight),
    [1, 2, 3, 34_483, 1_000_000, 1_000_000],
  )
  assert.equal([others[0]?.unit, others[0]?.attributes['a']], ['byte', 1])
})

read('throws on anything else', () => {
  assert.throws(() => _.read([Buffer.from('{}')]), /not three lines/)
  assert.throws(() => _.read([Buffer.from('{}\n{"length":3}\n{}')]), /the length is 2/)
  assert.throws(
    () => _.read([envelope({ event_id: '1' }, 'event', { event_id: '2' })]),
    /names another event/,
  )
  assert.throws(() => _.read([envelope({ event_id: '1' }, 'profile')]), /an item of type profile/)
  for (const type of ['log', 'trace_metric']) {
    assert.throws(() => _.read([container(type, 2, [])]), /are 0 items, the header states 2/)
  }
})

read.run()

const problems = suite('EnvelopeReader.problems')

problems('are event ids and spans that are used twice', () => {
  const bytes = envelope(transaction('1', []))
  assert.equal(_.problems(_.read([bytes, bytes])), [
    'event id 1 is used twice',
    'span t r is in 1 and in 1',
  ])
})

problems('are spans before or without their parents, or of another trace', () => {
  const spans = [child('a', 'b'), child('b', 'r', 'other'), child('c', 'missing')]
  assert.equal(_.problems(_.read([envelope(transaction('1', spans))])), [
    'span other b is of another trace than its root',
    'span a comes before its parent, or without it',
    'span c comes before its parent, or without it',
  ])
})

problems.run()
