import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { mapAttributes } from '../../src/filter/mapAttributes.ts'

const map = suite('mapAttributes')

const attributes = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.double()))

map('is the same object if nothing changes', () => {
  fc.assert(
    fc.property(attributes, (given) => {
      assert.is(
        mapAttributes(given, (value) => value),
        given,
      )
    }),
  )
})

map('changes and drops by key, keeps the order and the input', () => {
  const given = Object.freeze({ a: 'x', b: 'y', c: 'z' })
  const mapped = mapAttributes(given, (value, key) =>
    key === 'a' ? 'X' : key === 'b' ? undefined : value,
  )
  assert.equal(Object.entries(mapped), [
    ['a', 'X'],
    ['c', 'z'],
  ])
  assert.equal(given, { a: 'x', b: 'y', c: 'z' })
})

map.run()
