import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../src/Item.ts'
import * as Utf8 from '../src/Utf8.ts'

const item = suite('Item')

item('has a JSON value as its payload', () => {
  const { header, payload } = _.json('event', { text: '\ud800' })
  assert.equal(header, { type: 'event' })
  assert.is(Utf8.decode(payload), '{"text":"\ufffd"}')
})

item('has the same payload in pieces and joined', () => {
  const one = _.of('event', ['{"a":', Utf8.slice('1'), '}'])
  assert.is(Utf8.decode(_.joined(one).payload), '{"a":1}')
  assert.equal(_.joined(_.joined(one)), _.joined(one))
})

item.run()
