import { span, spanId } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Mapping from '../../src/mapping/Mapping.ts'
import * as Limits from '../../src/model/Limits.ts'
import { describe } from '../../src/pipeline/describe.ts'
import * as _ from '../../src/segment/Payload.ts'

const json = suite('Payload.json')

json('reparents a span, and keeps the original parent in its data', () => {
  const [node] = describe({ mapping: Mapping.sentry, limits: Limits.gateway, payload: _.json })([
    span({ spanId: spanId(1), parentSpanId: spanId(2), attributes: { a: 1 } }),
  ]).nodes
  if (node === undefined) return assert.unreachable()
  const moved = _.json.reparent(node.value, spanId(3), spanId(2))
  assert.is(moved.parent_span_id, spanId(3))
  assert.is(moved.data[_.ORIGINAL_PARENT_KEY], spanId(2))
  assert.is(moved.data['a'], 1)
  assert.is(_.json.bytes(moved), Buffer.byteLength(JSON.stringify(moved)))
  assert.is(_.json.compare(moved, moved), 0)
  assert.is(_.json.compare(moved, node.value), -_.json.compare(node.value, moved))
})

json.run()
