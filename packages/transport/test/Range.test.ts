import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../src/Range.ts'
import { odd } from './odd.ts'

const range = suite('Range')

const ranges = fc
  .tuple(fc.integer(), fc.nat())
  .map(([min, size]): _.Range => ({ min, max: min + size }))

range('law: clamp gives a number of the range for any value', () => {
  fc.assert(
    fc.property(ranges, odd, fc.nat(), ({ min, max }, value, at) => {
      const fallback = Math.min(min + at, max)
      const given = _.clamp({ min, max }, fallback)(value)
      assert.ok(given >= min && given <= max, `${String(value)} gives ${given}`)
      if (typeof value !== 'number' || Number.isNaN(value)) assert.is(given, fallback)
      else if (value >= min && value <= max) assert.is(given, value)
    }),
  )
})

range('law: has accepts whole numbers of the range only', () => {
  fc.assert(
    fc.property(ranges, odd, ({ min, max }, value) => {
      const isWhole = typeof value === 'number' && Number.isSafeInteger(value)
      assert.is(_.has({ min, max })(value), isWhole && value >= min && value <= max)
    }),
  )
})

range('describes itself for a message', () => {
  assert.is(_.show(_.timeLimit), 'a whole number from 1 to 2147483647')
  assert.is(_.show(_.count), 'a whole number from 1')
})

range.run()
