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

const show = suite('Losses.show')

show('lists losses and repairs, then merges, by reason', () => {
  assert.is(_.show(_.empty), 'nothing lost')
  assert.is(
    _.show({ moved: 1, duplicate: 2, invalid: 3, error_copy: 4 }),
    'lost or repaired: invalid 3, moved 1, merged: duplicate 2, error_copy 4',
  )
})

show.run()

const ofCounts = suite('Losses.ofCounts')

ofCounts('leaves out counts of zero', () => {
  assert.equal(_.ofCounts({ field: 0, moved: 2 }), { moved: 2 })
  assert.is(_.ofCounts({ field: 0 }), _.empty)
})

ofCounts.run()

const of = suite('Losses.of')

of('has no count of zero', () => {
  assert.equal(_.of('cycle', 0), _.empty)
})

of.run()
