import { span, spanId } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Mapping from '../../src/mapping/Mapping.ts'
import * as Limits from '../../src/model/Limits.ts'
import type { Span } from '../../src/model/Span.ts'
import * as Pending from '../../src/pending/Pending.ts'
import { describe } from '../../src/pipeline/describe.ts'
import * as Payload from '../../src/segment/Payload.ts'
import type { Segment } from '../../src/segment/Segment.ts'
import * as _ from '../../src/segment/SegmentName.ts'
import type { SentrySpan } from '../../src/sentry/SentrySpan.ts'

const segmentsOf = (spans: ReadonlyArray<Span>): ReadonlyArray<Segment<SentrySpan>> => {
  const limits = Limits.untimed(Limits.gateway)
  const step = Pending.step<SentrySpan>(limits, () => 0)
  const { nodes } = describe({ mapping: Mapping.sentry, limits, payload: Payload.json })(spans)
  const { state } = step(Pending.empty, { _tag: 'Arrived', nowMillis: 0, nodes })
  return step(state, { _tag: 'Flush', nowMillis: 0 }).ready
}

const named = (name: string): ReadonlyArray<readonly [string, boolean]> =>
  segmentsOf([span({ name })]).map((segment) => [_.of(segment).name, _.isCut(segment)])

const of = suite('SegmentName.of')

of('is the name of the root, on one line and within the limit of the server', () => {
  assert.equal(named('checkout'), [['checkout', false]])
  assert.equal(named('a\nb'), [['a b', false]])
  assert.equal(named('x'.repeat(300)), [['x'.repeat(200), true]])
})

of('is the name of the service for siblings that wait for the same missing parent', () => {
  const orphan = (id: number): Span => span({ spanId: spanId(id), parentSpanId: spanId(9) })
  const names = segmentsOf([orphan(1), orphan(2)]).map((segment) => _.of(segment))
  assert.equal(names, [{ name: 'shop (continued)', source: 'custom' }])
})

of('is that of the span directly below the root which knows the route', () => {
  const request = { 'http.method': 'GET', 'http.target': '/orders/7' }
  const root = span({ name: 'GET', kind: 'SERVER', attributes: request })
  const below = (fields: Partial<Span>): Span =>
    span({ name: 'x', spanId: spanId(2), parentSpanId: spanId(1), ...fields })
  const nameOf = (inner: Partial<Span>): unknown =>
    segmentsOf([root, below(inner)]).map((segment) => _.of(segment))
  const routed = { name: 'GET /orders/[id]', source: 'route' }
  const attributes = { ...request, 'next.route': '/orders/[id]' }
  assert.equal(nameOf({ kind: 'SERVER', attributes }), [routed])
  assert.equal(nameOf({ kind: 'INTERNAL', attributes }), [routed])
  const own = { name: 'GET /orders/7', source: 'url' }
  // A call, another method, and no request at all.
  assert.equal(nameOf({ kind: 'CLIENT', attributes }), [own])
  assert.equal(nameOf({ kind: 'INTERNAL', attributes: { ...attributes, 'http.method': 'PUT' } }), [
    own,
  ])
  assert.equal(nameOf({ kind: 'INTERNAL', attributes: { 'http.route': '/orders/[id]' } }), [own])
})

of.run()

const fit = suite('SegmentName.fit')

fit('puts a name on one line and cuts it; an empty one is undefined', () => {
  assert.is(_.fit('  a \r\n b  '), 'a   b')
  assert.is(_.fit(' '), undefined)
  assert.is(_.fit('x'.repeat(201)), 'x'.repeat(200))
})

fit.run()
