import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/internal/Deque.ts'

const deque = suite('Deque')

/** More come than go, so that it grows. */
const turn = fc.constantFrom('push', 'push', 'push', 'oldest', 'oldest', 'newest')

deque('law: behaves as an array with shift and pop', () => {
  fc.assert(
    fc.property(fc.array(turn, { maxLength: 300, size: 'max' }), (moves) => {
      const one = _.make<number>()
      const array: Array<number> = []
      for (const [i, move] of moves.entries()) {
        if (move === 'push') {
          one.push(i)
          array.push(i)
        } else if (move === 'oldest') assert.is(one.takeOldest(), array.shift())
        else assert.is(one.takeNewest(), array.pop())
        assert.is(one.length(), array.length)
      }
      while (array.length > 0) assert.is(one.takeOldest(), array.shift())
      assert.is(one.takeOldest(), undefined)
      assert.is(one.takeNewest(), undefined)
    }),
  )
})

deque('works again after it grew and was emptied', () => {
  const one = _.make<number>()
  for (const rush of [5_000, 3, 2_000]) {
    for (let n = 0; n < rush; n++) one.push(n)
    assert.is(one.takeNewest(), rush - 1)
    for (let n = 0; n < rush - 1; n++) assert.is(one.takeOldest(), n)
    assert.is(one.length(), 0)
  }
})

deque.run()
