import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../../src/internal/persistent/PairingHeap.ts'

const of = (times: ReadonlyArray<number>): _.PairingHeap<number> | undefined =>
  times.reduce<_.PairingHeap<number> | undefined>(
    (heap, time) => _.push(heap, time, time),
    undefined,
  )

const drain = (heap: _.PairingHeap<number> | undefined): ReadonlyArray<number> => {
  const drained: Array<number> = []
  for (let at = heap; at !== undefined; at = _.pop(at)) drained.push(at.atMillis)
  return drained
}

const heap = suite('PairingHeap')

heap('returns all that was pushed, the earliest first, from every version', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20)), (times) => {
      const made = of(times)
      assert.equal(
        drain(made),
        [...times].sort((a, b) => a - b),
      )
      assert.equal(
        drain(made),
        [...times].sort((a, b) => a - b),
      )
    }),
  )
})

heap('knows its size, and filters', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(50)), fc.integer({ min: 1, max: 4 }), (times, modulus) => {
      const made = of(times)
      assert.is(_.size(made), times.length)
      const filtered = _.filter(made, (value, atMillis) => (value + atMillis) % modulus === 0)
      const kept = times.filter((time) => (time * 2) % modulus === 0)
      assert.is(_.size(filtered), kept.length)
      assert.equal(
        drain(filtered),
        kept.sort((a, b) => a - b),
      )
    }),
  )
})

heap('takes 100,000 in any order without deep recursion', () => {
  const up = Array.from({ length: 100_000 }, (_unused, i) => i)
  for (const times of [up, [...up].reverse()]) {
    const made = of(times)
    assert.is(drain(made).length, 100_000)
    assert.is(drain(_.filter(made, (time) => time % 2 === 0)).length, 50_000)
  }
})

heap.run()
