import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Bucket from '../../src/metric/Bucket.ts'
import * as _ from '../../src/metric/PowerBuckets.ts'

const side = (minLength = 0) =>
  fc.record({
    offset: fc.integer({ min: -2_000, max: 2_000 }),
    counts: fc.array(fc.nat(50), { minLength, maxLength: 40 }),
  })

const buckets = fc.record({
  scale: fc.integer({ min: -2, max: 8 }),
  zeroCount: fc.nat(50),
  zeroThreshold: fc.constantFrom(0, 1e-3),
  positive: side(),
  negative: side(),
})

const countOf = ({ zeroCount, positive, negative }: _.PowerBuckets): number =>
  [zeroCount, ...positive.counts, ...negative.counts].reduce((a, b) => a + b, 0)

const NOTHING: _.PowerBuckets = {
  scale: 20,
  zeroCount: 0,
  zeroThreshold: 0,
  positive: { offset: 0, counts: [] },
  negative: { offset: 0, counts: [] },
}

const sums = suite('PowerBuckets')

sums('adding keeps all counts', () => {
  fc.assert(
    fc.property(buckets, buckets, (a, b) => {
      const both = _.add(a, b)
      assert.is(countOf(both), countOf(a) + countOf(b))
      assert.ok(both.scale <= Math.min(a.scale, b.scale))
    }),
  )
})

/** By bucket, the counts of the positive values, in buckets of a smaller scale. */
const at = (one: _.PowerBuckets, scale: number): ReadonlyMap<number, number> => {
  const map = new Map<number, number>()
  one.positive.counts.forEach((count, index) => {
    if (count === 0) return
    const number = Math.floor((one.positive.offset + index) / 2 ** (one.scale - scale))
    map.set(number, (map.get(number) ?? 0) + count)
  })
  return map
}

sums('subtracting one of two added ones gives the other, at the scale of both', () => {
  fc.assert(
    fc.property(buckets, buckets, (a, b) => {
      const both = _.add(a, b)
      const found = _.subtract(both, a)
      const expected = _.add(b, { ...NOTHING, zeroThreshold: both.zeroThreshold })
      assert.is(countOf(found), countOf(b))
      const sorted = (map: ReadonlyMap<number, number>) => [...map].sort(([x], [y]) => x - y)
      assert.equal(sorted(at(found, found.scale)), sorted(at(expected, found.scale)))
    }),
  )
})

sums('has no buckets where one decreased', () => {
  const one = { scale: 0, zeroCount: 1, zeroThreshold: 0, negative: { offset: 0, counts: [] } }
  const found = _.subtract(
    { ...one, positive: { offset: 0, counts: [1, 5] } },
    { ...one, positive: { offset: 0, counts: [2, 1] } },
  )
  assert.is(countOf(found), 0)
  assert.equal(Bucket.ofExponential(found), [])
})

sums('a threshold that grew made zeros of buckets', () => {
  const earlier = { ...NOTHING, scale: 0, positive: { offset: -2, counts: [3, 2, 1] } }
  const later = { ...NOTHING, scale: 0, zeroCount: 4, zeroThreshold: 0.5 }
  const found = _.subtract({ ...later, positive: { offset: -1, counts: [2, 7] } }, earlier)
  assert.equal([found.zeroCount, found.positive], [1, { offset: -1, counts: [0, 6] }])
})

sums('is bounded for buckets that are far from each other', () => {
  const far = (offset: number): _.PowerBuckets => ({
    scale: 20,
    zeroCount: 0,
    zeroThreshold: 0,
    positive: { offset, counts: [1] },
    negative: { offset: 0, counts: [] },
  })
  const both = _.add(far(-(2 ** 31)), far(2 ** 31 - 1))
  assert.ok(both.positive.counts.length <= 1_024)
  assert.is(countOf(both), 2)
})

sums('one list of too many buckets is bounded', () => {
  const counts = new Array<number>(100_000).fill(1)
  const found = _.limited({ ...NOTHING, negative: { offset: -7, counts } })
  assert.ok(found.negative.counts.length <= 1_024)
  assert.is(countOf(found), 100_000)
})

sums.run()
