import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../../src/internal/persistent/BatchedQueue.ts'

const queue = suite('BatchedQueue')

queue('behaves like a list, and old versions stay valid', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.nat()), { maxLength: 60 }), (steps) => {
      const versions: Array<readonly [_.BatchedQueue<number>, ReadonlyArray<number>]> = []
      let made: _.BatchedQueue<number> = _.empty
      let model: ReadonlyArray<number> = []
      for (const step of steps) {
        made = step === null ? _.pop(made) : _.push(made, step)
        model = step === null ? model.slice(1) : [...model, step]
        versions.push([made, model])
      }
      for (const [version, expected] of versions) {
        const found: Array<number> = []
        let at = version
        for (let value = _.first(at); value !== undefined; value = _.first(at)) {
          found.push(value)
          at = _.pop(at)
        }
        assert.equal(found, expected)
        assert.is(version.size, expected.length)
        const isKept = (value: number): boolean => value % 3 !== 0
        const kept = expected.filter(isKept)
        let filtered = _.filter(version, isKept)
        assert.is(filtered.size, kept.length)
        for (const value of kept) {
          assert.is(_.first(filtered), value)
          filtered = _.pop(filtered)
        }
        assert.is(filtered, _.empty)
      }
    }),
    { numRuns: 300 },
  )
})

queue.run()
