import { resource, span, spanId } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Mapping from '../../src/mapping/Mapping.ts'
import * as Limits from '../../src/model/Limits.ts'
import * as Micros from '../../src/model/Micros.ts'
import { describe } from '../../src/pipeline/describe.ts'
import * as Payload from '../../src/segment/Payload.ts'
import * as _ from '../../src/segment/SyntheticRoot.ts'

const parentSpanId = spanId(9)

const [first, second] = describe({
  mapping: Mapping.sentry,
  limits: Limits.gateway,
  payload: Payload.json,
})([
  span({ spanId: spanId(1), parentSpanId, startMicros: Micros.of(1_700_000_000_500_000) }),
  span({ spanId: spanId(2), parentSpanId, resource: resource('other') }),
]).nodes

const over = suite('SyntheticRoot.over')

over('spans all members, and has the service of the smallest span id, in any order', () => {
  if (first === undefined || second === undefined) return assert.unreachable()
  const root = _.over({ parentSpanId, roots: [second, first], members: [second, first] })
  assert.equal(root, _.over({ parentSpanId, roots: [first, second], members: [first, second] }))
  assert.is(root.parentSpanId, parentSpanId)
  assert.is(root.startMicros, span().startMicros)
  assert.is(root.endMicros, span().endMicros)
  assert.is(root.service.name, 'shop')
  assert.ok(_.isSynthetic(root))
  assert.not(_.isSynthetic(first))
})

over('has another id for other members', () => {
  if (first === undefined || second === undefined) return assert.unreachable()
  assert.is.not(
    _.over({ parentSpanId, roots: [first], members: [first] }).spanId,
    _.over({ parentSpanId, roots: [first, second], members: [first, second] }).spanId,
  )
})

over.run()
