import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../src/Utf8.ts'

const pool = suite('Utf8.pool')

pool('encodes texts of any length without damage to their neighbours', () => {
  const texts = fc.array(fc.string({ unit: 'binary', maxLength: 60 }), { maxLength: 40 })
  fc.assert(
    fc.property(texts, fc.constantFrom(1, 16, 200, 10_000), (all, poolBytes) => {
      const { encode } = _.pool(poolBytes)
      const slices = all.map(encode)
      assert.equal(
        slices.map((slice) => _.decode(_.bytesOf(slice))),
        all.map((text) => text.toWellFormed()),
      )
    }),
    { numRuns: 300 },
  )
})

pool('joins slices and texts', () => {
  const text = fc.oneof(
    fc.string({ maxLength: 30 }),
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.constantFrom('é', '\ud83d\ude00', '\ud800', '\u0000', ''),
  )
  const parts = fc.array(fc.tuple(fc.boolean(), text), { maxLength: 9 })
  fc.assert(
    fc.property(parts, fc.constantFrom(1, 16, 200), (all, poolBytes) => {
      const { encode } = _.pool(poolBytes)
      const given = all.map(([isSlice, one]) => (isSlice ? encode(one) : one))
      const expected = all.map(([, one]) => one.toWellFormed()).join('')
      assert.is(_.decode(_.join(given)), expected)
      assert.is(_.decode(_.join(given.map(_.slice))), expected)
    }),
    { numRuns: 300 },
  )
})

pool.run()
