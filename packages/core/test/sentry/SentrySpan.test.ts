import { span, spanId, traceId } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Mapping from '../../src/mapping/Mapping.ts'
import * as Operation from '../../src/mapping/Operation.ts'
import * as Rule from '../../src/mapping/Rule.ts'
import * as _ from '../../src/sentry/SentrySpan.ts'

const of = suite('SentrySpan.of')

of('leaves out absent fields', () => {
  assert.equal(_.of(Mapping.sentry)(span({ name: 'work' })), {
    span_id: spanId(1),
    trace_id: traceId(1),
    description: 'work',
    status: 'ok',
    origin: 'auto.otlp.spans',
    start_timestamp: 1_700_000_000,
    timestamp: 1_700_000_001,
    data: { 'sentry.name': 'work' },
  })
})

of('keeps attributes typed, and adds further facts', () => {
  const made = _.of(Mapping.sentry)(
    span({
      kind: 'CLIENT',
      attributes: { a: 1, b: ['x'], 'sentry.op': 'mine', 'sentry.origin': 'auto.http.hono' },
      scope: { name: 'lib', version: '2', attributes: {} },
      traceState: 'a=b',
      droppedAttributes: 3,
      status: { code: 'ERROR', message: 'no' },
      parentSpanId: spanId(7),
    }),
  )
  assert.is(made.op, 'mine')
  assert.is(made.origin, 'auto.http.hono')
  assert.is(made.parent_span_id, spanId(7))
  assert.equal(made.data, {
    a: 1,
    b: '["x"]',
    'otel.kind': 'CLIENT',
    'otel.scope.name': 'lib',
    'otel.scope.version': '2',
    'otel.trace_state': 'a=b',
    'otel.dropped_attributes_count': 3,
    'sentry.status.message': 'no',
    'sentry.name': 'work',
  })
})

of('keeps links, sampled by the bit and not by the byte', () => {
  const link = {
    traceId: traceId(2),
    spanId: spanId(3),
    traceState: '',
    attributes: { a: 1, b: [1] },
    droppedAttributes: 0,
  }
  const { links } = _.of(Mapping.sentry)(
    span({
      links: [
        { ...link, flags: 3 },
        { ...link, flags: undefined, attributes: {} },
      ],
    }),
  )
  assert.equal(links, [
    { trace_id: traceId(2), span_id: spanId(3), sampled: true, attributes: { a: 1, b: '[1]' } },
    { trace_id: traceId(2), span_id: spanId(3) },
  ])
})

of('takes a mapping with a rule put before ours', () => {
  const mine = Rule.of((one) => (one.name === 'special' ? 'my.op' : undefined))
  const mapping = { ...Mapping.sentry, op: Rule.firstOf([mine, ...Operation.rules]) }
  assert.is(_.of(mapping)(span({ name: 'special' })).op, 'my.op')
  assert.is(_.of(mapping)(span({ attributes: { 'db.system': 'x' } })).op, 'db')
})

of.run()
