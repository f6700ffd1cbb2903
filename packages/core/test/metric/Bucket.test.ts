import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/metric/Bucket.ts'

const ofHistogram = suite('Bucket.ofHistogram')

const POINT = { bounds: [5, 10], bucketCounts: [2, 1, 1] }

ofHistogram('begins at zero, unless the bounds or its user know negative values', () => {
  const lows = (buckets: ReadonlyArray<_.ValueBucket>): ReadonlyArray<number> =>
    buckets.map(({ low }) => low)
  const endless = Number.NEGATIVE_INFINITY
  assert.equal(lows(_.ofHistogram(POINT)), [0, 5, 10])
  assert.equal(lows(_.ofHistogram({ ...POINT, bounds: [0, 10] })), [0, 0, 10])
  assert.equal(lows(_.ofHistogram({ ...POINT, bounds: [-1, 10] })), [endless, -1, 10])
  assert.equal(lows(_.opened(_.ofHistogram(POINT))), [endless, 5, 10])
})

ofHistogram('has no buckets without bounds', () => {
  assert.equal(_.ofHistogram({ bounds: [], bucketCounts: [4] }), [])
})

ofHistogram.run()

const ofExponential = suite('Bucket.ofExponential')

ofExponential('has the powers of the base, mirrored for negative values, and zero between', () => {
  const found = _.ofExponential({
    scale: 0,
    zeroCount: 4,
    zeroThreshold: 0.25,
    positive: { offset: 0, counts: [1, 0, 2] },
    negative: { offset: 1, counts: [3] },
  })
  assert.equal(
    found.map(({ low, high, count }) => [low, high, count]),
    [
      [-4, -2, 3],
      [-0.25, 0.25, 4],
      [1, 2, 1],
      [4, 8, 2],
    ],
  )
  assert.ok(Math.abs((found[2]?.middle ?? 0) - Math.SQRT2) < 1e-12)
})

ofExponential('has finite values at every scale', () => {
  const scale = fc.integer({ min: -11, max: 20 })
  fc.assert(
    fc.property(scale, fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), (given, offset) => {
      const buckets = { offset, counts: [1] }
      const zero = { zeroCount: 0, zeroThreshold: 0 }
      const found = _.ofExponential({ scale: given, ...zero, positive: buckets, negative: buckets })
      for (const { low, middle, high } of found) {
        assert.ok(Number.isFinite(middle) && low <= middle && middle <= high)
      }
    }),
  )
})

ofExponential.run()

const joinedTo = suite('Bucket.joinedTo')

const buckets = fc
  .array(fc.integer({ min: 1, max: 100 }), { maxLength: 400 })
  .map((counts) => counts.map((count, n) => ({ low: n, high: n + 1, middle: n + 0.5, count })))

const totals = (list: ReadonlyArray<_.ValueBucket>): readonly [number, number] => [
  list.reduce((sum, { count }) => sum + count, 0),
  list.reduce((sum, { count, middle }) => sum + count * middle, 0),
]

joinedTo('keeps the count and the sum, and the buckets next to each other', () => {
  fc.assert(
    fc.property(buckets, fc.integer({ min: 1, max: 40 }), (given, max) => {
      const found = _.joinedTo(max, given)
      assert.ok(found.length <= max)
      assert.ok(given.length > max || found === given)
      const [before, after] = [totals(given), totals(found)]
      assert.is(after[0], before[0])
      assert.ok(Math.abs(after[1] - before[1]) <= 1e-9 * (1 + before[1]))
      for (let i = 1; i < found.length; i++) assert.is(found[i]?.low, found[i - 1]?.high)
    }),
  )
})

joinedTo('joins the neighbours with the fewest values', () => {
  const given = [9, 1, 1, 9].map((count, n) => ({ low: n, high: n + 1, middle: n + 0.5, count }))
  assert.equal(
    _.joinedTo(3, given).map(({ count }) => count),
    [9, 2, 9],
  )
})

joinedTo.run()
