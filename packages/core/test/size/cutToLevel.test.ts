import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/size/cutToLevel.ts'
import { bytesOf } from '../../src/size/fitContext.ts'

const level = suite('levelOf')

level('cuts parts so that they fit, and no part of which a larger one stays whole', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1_000)), fc.nat(5_000), (sizes, available) => {
      const found = _.levelOf(sizes, available)
      const cut = sizes.map((size) => Math.min(size, found))
      const total = (all: ReadonlyArray<number>): number => all.reduce((sum, one) => sum + one, 0)
      assert.ok(total(cut) <= available)
      if (found === Number.POSITIVE_INFINITY) assert.ok(total(sizes) <= available)
      else assert.ok(total(sizes) > available && total(cut) > available - sizes.length)
    }),
  )
})

level.run()

const cut = suite('cutTo')

cut('is the data itself if it fits, and else at most so many bytes', () => {
  const data = { a: 'x'.repeat(500), b: 1 }
  assert.is(_.cutTo(data, bytesOf(data)), data)
  assert.ok(bytesOf(_.cutTo(data, 300)) <= 300)
  assert.is(_.cutTo(data, 300).b, 1)
  assert.equal(_.cutAllTo({ data, small: { c: 1 } }, 300).small, { c: 1 })
})

cut.run()
