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

read('throws on anything else', () => {
  assert.throws(() => _.read([Buffer.from('{}')]), /not three lines/)
  assert.throws(() => _.read([Buffer.from('{}\n{"length":3}\n{}')]), /the length is 2/)
  assert.throws(
    () => _.read([envelope({ event_id: '1' }, 'event', { event_id: '2' })]),
    /names another event/,
  )
  assert.throws(() => _.read([envelope({ event_id: '1' }, 'profile')]), /an item of type profile/)
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
