import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/metric/BoundedBuckets.ts'

const limited = suite('BoundedBuckets.limited')

const of = (length: number): _.BoundedBuckets => ({
  bounds: Array.from({ length: length - 1 }, (_unused, index) => index),
  bucketCounts: new Array<number>(length).fill(1),
})

limited('leaves what people make as it is', () => {
  assert.equal(_.limited(of(16)), of(16))
  assert.equal(_.limited({ bounds: [], bucketCounts: [] }), { bounds: [], bucketCounts: [] })
})

limited('joins neighbours of too many buckets, each below its bound', () => {
  for (const length of [1_025, 2_048, 2_049, 100_000]) {
    const { bounds, bucketCounts } = _.limited(of(length))
    assert.ok(bucketCounts.length <= 1_024)
    assert.is(bounds.length, bucketCounts.length - 1)
    let below = 0
    bounds.forEach((bound, index) => {
      below += bucketCounts[index] ?? 0
      assert.is(bound, below - 1)
    })
    assert.is(below + (bucketCounts.at(-1) ?? 0), length)
  }
})

limited.run()
