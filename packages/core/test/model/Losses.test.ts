import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/model/Losses.ts'

const losses: fc.Arbitrary<_.Losses> = fc
  .dictionary(fc.constantFrom('invalid', 'duplicate', 'cycle'), fc.integer({ min: 1, max: 9 }))
  .map((counts) => counts)

const concat = suite('Losses.concat')

concat('is a commutative monoid', () => {
  fc.assert(
    fc.property(losses, losses, losses, (a, b, c) => {
      const show = (sum: _.Losses): string => JSON.stringify(_.entries(sum))
      assert.is(show(_.concat(_.concat(a, b), c)), show(_.concat(a, _.concat(b, c))))
      assert.is(show(_.concat(a, b)), show(_.concat(b, a)))
      assert.is(_.concat(a, _.empty), a)
      assert.is(_.concat(_.empty, a), a)
    }),
  )
})

concat.run()

const spans = suite('Losses.spans')

spans('counts only reasons that cost a whole span', () => {
  assert.is(_.spans({ invalid: 2, duplicate: 3, cycle: 5, rounded: 7 }), 5)
})

spans.run()

const of = suite('Losses.of')

of('says nothing of what did not happen', () => {
  assert.equal(_.of('cycle', 0), _.empty)
})

of.run()
