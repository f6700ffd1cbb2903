import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/sink/headline.ts'

const headline = suite('headline')

const item = (type: string, payload: string) => ({
  header: { type },
  payload: new TextEncoder().encode(payload),
})

const EVENT = JSON.stringify({
  level: 'error',
  transaction: 'GET /',
  exception: { values: [{ type: 'Error', value: 'no\u001b[2J tea' }] },
})

headline('shows a transaction by its name, and an error by its message', () => {
  const trace = { trace_id: 't', span_id: 's', op: 'http.server', status: 'ok' }
  const transaction = JSON.stringify({
    transaction: 'GET /',
    start_timestamp: 1,
    timestamp: 1.5,
    contexts: { trace },
    spans: [{ span_id: 'b', parent_span_id: 's' }],
  })
  assert.is(
    _.headline({ header: {}, items: [item('transaction', transaction), item('event', EVENT)] }),
    'GET /  http.server  500.0 ms; error  Error: no [2J tea  in GET /',
  )
})

headline('shows metrics by their type, name, value, unit and weight', () => {
  const rate = { 'sentry.client_sample_rate': { value: 0.083333, type: 'double' } }
  const items = [
    { name: 'orders', type: 'counter', value: 3, attributes: {} },
    { name: 'job\u001b[2J', type: 'distribution', value: 1 / 3, unit: 'second', attributes: rate },
    { name: 'size', type: 'gauge', value: 1e6, unit: 'byte' },
  ]
  const of = (...all: ReadonlyArray<object>): string =>
    _.headline({ header: {}, items: [item('trace_metric', JSON.stringify({ items: all }))] })
  assert.is(
    of(...items),
    '3 metrics: counter orders 3, distribution job [2J 0.333333 second x 12, gauge size 1000000 byte',
  )
  const [first = {}] = items
  assert.match(of(...Array.from({ length: 9 }, () => first)), /^9 metrics: .*, and 3 more$/)
  assert.is(of(), '0 metrics')
  assert.is(
    _.headline({ header: {}, items: [item('trace_metric', '{}')] }),
    'trace_metric  2 bytes',
  )
})

headline('shows an item that it cannot read by type and size, on one line', () => {
  const items = [item('event', '{}'), item('event', 'no JSON'), item('a\nb\u001b', 'abc')]
  assert.is(_.headline({ header: {}, items }), 'event  2 bytes; event  7 bytes; a b   3 bytes')
})

headline('is bounded, and describes an empty envelope', () => {
  assert.is(_.headline({ header: {}, items: [] }), 'an envelope without items')
  const many = Array.from({ length: 1000 }, () => item('session', '{}'))
  assert.match(_.headline({ header: {}, items: many }), /; 992 more$/)
})

headline.run()
