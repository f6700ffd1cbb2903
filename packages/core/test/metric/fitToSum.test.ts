import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Bucket from '../../src/metric/Bucket.ts'
import { fitToSum as _, type CountedValue } from '../../src/metric/fitToSum.ts'

const totalOf = (values: ReadonlyArray<CountedValue>): number =>
  values.reduce((sum, { value, count }) => sum + value * count, 0)

/** Buckets of a histogram with these upper bounds. */
const buckets = (bounds: ReadonlyArray<number>, counts: ReadonlyArray<number>) =>
  Bucket.ofHistogram({ bounds, bucketCounts: counts })

const fit = suite('fitToSum')

fit('has the middles where the sum is not known', () => {
  assert.equal(_(buckets([1, 2], [3, 4, 5]), undefined), [
    { value: 0.5, count: 3 },
    { value: 1.5, count: 4 },
    { value: 2, count: 5 },
  ])
})

fit('moves the bucket without an upper bound with the others, and alone beyond them', () => {
  assert.equal(_(buckets([1, 2], [1, 1, 2]), 0.75 + 1.75 + 6), [
    { value: 0.75, count: 1 },
    { value: 1.75, count: 1 },
    { value: 3, count: 2 },
  ])
  assert.equal(_(buckets([1, 2], [1, 1, 2]), 1 + 2 + 40), [
    { value: 1, count: 1 },
    { value: 2, count: 1 },
    { value: 20, count: 2 },
  ])
})

fit('does not make zeros negative while other buckets have room', () => {
  // The first bounds of SDKs.
  assert.equal(_(buckets([0, 5, 10], [1, 100, 0, 0]), 200), [
    { value: 0, count: 1 },
    { value: 2, count: 100 },
  ])
})

fit('moves all by the same part of their room', () => {
  assert.equal(_(buckets([2, 4], [1, 1, 0]), 5), [
    { value: 1.5, count: 1 },
    { value: 3.5, count: 1 },
  ])
})

fit('moves values below zero down', () => {
  assert.equal(_(buckets([-1, 0], [2, 0, 0]), -10), [{ value: -5, count: 2 }])
  assert.equal(_(buckets([-1, 0], [2, 0, 0]), -3), [{ value: -1.5, count: 2 }])
})

fit('stays within the buckets where the sum contradicts them', () => {
  assert.equal(_(buckets([1, 2], [0, 2, 0]), 100), [{ value: 2, count: 2 }])
  assert.equal(_(buckets([1, 2], [0, 2, 0]), -100), [{ value: 1, count: 2 }])
  assert.equal(_(buckets([1], [2, 0]), Number.NaN), [{ value: 0.5, count: 2 }])
})

/** Bounds, counts, and a value inside each bucket. */
const histogram = fc
  .array(fc.tuple(fc.nat(1_000), fc.nat(10_000), fc.double({ min: 0, max: 1, noNaN: true })), {
    minLength: 1,
    maxLength: 20,
  })
  .map((parts) => {
    let bound = 0
    const bounds = parts.map(([width]) => (bound += width + 1))
    const inside = parts.map(([width, count, at], index) => ({
      value: (bounds[index] ?? 0) - (width + 1) * (1 - at),
      count,
    }))
    return { bounds, bucketCounts: [...parts.map(([, count]) => count), 0], inside }
  })

fit('has the sum of any values that are in the buckets, and stays in them', () => {
  fc.assert(
    fc.property(histogram, ({ bounds, bucketCounts, inside }) => {
      const sum = totalOf(inside)
      const found = Bucket.ofHistogram({ bounds, bucketCounts })
      const values = _(found, sum)
      assert.ok(Math.abs(totalOf(values) - sum) <= Math.abs(sum) * 1e-12 + 1e-9)
      values.forEach(({ value, count }, index) => {
        const bucket = found[index]
        assert.is(count, bucket?.count)
        assert.ok(bucket !== undefined && value >= bucket.low && value <= bucket.high)
      })
    }),
    { numRuns: 1_000 },
  )
})

fit.run()
