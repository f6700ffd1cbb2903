import { traceId } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as TypedAttribute from '../../src/item/TypedAttribute.ts'
import * as _ from '../../src/log/LogItem.ts'

const item: _.LogItem = {
  timestamp: 1_700_000_000.5,
  trace_id: traceId(1),
  level: 'info',
  body: '€5',
  attributes: {
    é: TypedAttribute.of(1),
    list: TypedAttribute.of(['ab', 'c']),
    on: TypedAttribute.of(true),
  },
}

const bytesOf = suite('LogItem.bytesOf')

bytesOf('counts the body, the keys and the values, as UTF-8', () => {
  assert.is(_.bytesOf(item), 4 + (2 + 8) + (4 + 3) + (2 + 1))
  assert.is(TypedAttribute.bytesOfAll(item.attributes), 20)
})

bytesOf('is at least 1', () => {
  assert.is(_.bytesOf({ body: '', attributes: {} }), 1)
  assert.is(TypedAttribute.bytesOfAll({}), 0)
})

bytesOf.run()
