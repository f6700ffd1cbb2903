import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/model/Json.ts'

const fromAttributes = suite('Json.fromAttributes')

fromAttributes('keeps values that JSON has', () => {
  const attributes = { a: 'x', b: true, c: 1.5, d: null, e: ['x', 2, [false]], f: { g: { h: 1 } } }
  assert.equal(_.fromAttributes(attributes), attributes)
})

fromAttributes('writes values that JSON lacks as text', () => {
  assert.equal(
    _.fromAttributes({
      big: 9223372036854775807n,
      bytes: new Uint8Array([1, 2, 3]),
      nan: Number.NaN,
      infinite: [Number.NEGATIVE_INFINITY],
    }),
    { big: '9223372036854775807', bytes: 'AQID', nan: 'NaN', infinite: ['-Infinity'] },
  )
})

fromAttributes('treats the names of an object as plain keys', () => {
  const hostile = JSON.parse('{"__proto__": {"polluted": true}, "constructor": "c"}')
  const json = _.fromAttributes(hostile)
  assert.is(JSON.stringify(json), '{"__proto__":{"polluted":true},"constructor":"c"}')
  assert.is(Reflect.get({}, 'polluted'), undefined)
  assert.is(Object.getPrototypeOf(json), Object.prototype)
})

fromAttributes.run()
