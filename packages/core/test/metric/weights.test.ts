import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { weightsOf as _, ofRate } from '../../src/metric/weights.ts'

/** The weight that Sentry's storage gives an item with a rate. */
const stored = (rate: number): number => Math.round(1 / (Math.round(rate * 1e6) / 1e6))

const shown = (count: number): ReadonlyArray<number> => _(count).weights.map(({ weight }) => weight)

const weights = suite('weightsOf')

const TABLE: ReadonlyArray<readonly [count: number, weights: ReadonlyArray<number>]> = [
  [0, []],
  [1, [1]],
  [3, [3]],
  [1_022, [1_022]],
  [34_567, [34_483, 84]],
  [1_234_567, [1_000_000, 200_000, 34_483, 84]],
]

for (const [count, expected] of TABLE) {
  weights(`of ${count}`, () => assert.equal(shown(count), expected))
}

weights('add up to the count, as the storage reads their rates', () => {
  fc.assert(
    fc.property(fc.nat({ max: 8_000_000 }), (count) => {
      const found = _(count)
      const sum = found.weights.reduce((total, { rate }) => total + stored(rate), 0)
      assert.is(sum + found.rest, count)
      assert.is(found.rest, 0)
      for (const { weight, rate } of found.weights) assert.is(stored(rate), weight)
    }),
    { numRuns: 2_000 },
  )
})

weights('are those of their rates', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), (count) => {
      for (const { weight, rate } of _(count).weights) assert.is(ofRate(rate), weight)
    }),
  )
  assert.equal([0, -1, 2, Number.NaN, 1e-9].map(ofRate), [1, 1, 1, 1, 1_000_000])
})

weights('are exact and single up to 1022', () => {
  for (let count = 1; count <= 1_022; count++) assert.equal(shown(count), [count])
})

weights('are few for a count beyond all items, and leave a rest', () => {
  const { weights: found, rest } = _(1e15)
  assert.is(found.length, 16)
  assert.is(rest, 1e15 - 16e6)
})

weights.run()
