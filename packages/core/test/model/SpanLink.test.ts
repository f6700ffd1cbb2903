import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as SpanId from '../../src/model/SpanId.ts'
import * as _ from '../../src/model/SpanLink.ts'

const contentOf = suite('SpanLink.contentOf')

contentOf('is everything that a link without both ids has', () => {
  const spanId = SpanId.fromContent(['a'])
  const link = { traceId: undefined, spanId, traceState: 'a=1', attributes: { b: 2 } }
  assert.equal(_.contentOf(link), { span_id: spanId, trace_state: 'a=1', attributes: { b: 2 } })
})

contentOf('is nothing for a link that has nothing', () => {
  const link = { traceId: undefined, spanId: undefined, traceState: '', attributes: {} }
  assert.is(_.contentOf(link), undefined)
})

contentOf.run()

const withUnresolved = suite('SpanLink.withUnresolved')

withUnresolved('adds the content under its own key, to a copy', () => {
  const attributes = { a: 1 }
  const all = _.withUnresolved(attributes, [{ trace_state: 'a=1' }])
  assert.equal(all, { a: 1, 'otel.links_without_ids': [{ trace_state: 'a=1' }] })
  assert.equal(attributes, { a: 1 })
})

withUnresolved.run()
