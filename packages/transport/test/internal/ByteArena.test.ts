import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/internal/ByteArena.ts'

const arena = suite('ByteArena')

/** Operations: keep some bytes, or release a kept range that is chosen by its relative position. */
const acts = fc.array(
  fc.oneof(
    fc.record({ keep: fc.integer({ min: 0, max: 40 }) }),
    fc.record({ take: fc.double({ min: 0, max: 0.999, noNaN: true }) }),
    fc.record({ drop: fc.double({ min: 0, max: 0.999, noNaN: true }) }),
  ),
  { maxLength: 200 },
)

arena('returns the kept bytes in any order of operations', () => {
  fc.assert(
    fc.property(acts, fc.constantFrom(1, 16, 64, 1000), (all, chunkBytes) => {
      const { keep, take, drop } = _.make(chunkBytes)
      const there: Array<{ readonly kept: _.Kept; readonly bytes: Uint8Array }> = []
      for (const [index, act] of all.entries()) {
        if ('keep' in act) {
          const bytes = new Uint8Array(act.keep).fill(1 + (index % 255))
          there.push({ kept: keep(bytes), bytes: bytes.slice() })
          bytes.fill(0)
          continue
        }
        const at = Math.floor(('take' in act ? act.take : act.drop) * there.length)
        const [one] = there.splice(at, 1)
        if (one === undefined) continue
        if ('take' in act) assert.equal(take(one.kept), one.bytes)
        else drop(one.kept)
      }
      for (const { kept, bytes } of there) assert.equal(take(kept), bytes)
    }),
    { numRuns: 500 },
  )
})

arena('holds little more than the kept bytes, if they are released in order', () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 50, maxLength: 300 })
  fc.assert(
    fc.property(lengths, fc.integer({ min: 1, max: 40 }), (all, max) => {
      const { keep, drop, heldBytes } = _.make(1000)
      const there: Array<_.Kept> = []
      for (const length of all) {
        there.push(keep(new Uint8Array(length)))
        const [oldest] = there
        if (oldest !== undefined && there.length > max) {
          drop(oldest)
          there.shift()
        }
        const used = there.reduce((sum, one) => sum + one.length, 0)
        // A chunk is left when less than a quarter of it is free; two are begun, four are spare.
        assert.ok(heldBytes() <= (used * 4) / 3 + 6 * 1000, `${heldBytes()} for ${used}`)
      }
    }),
  )
})

arena('law: holds at most twice the bytes that wait, and some chunks, in any order', () => {
  const lengths = fc.oneof(
    fc.integer({ min: 0, max: 20 }),
    fc.integer({ min: 0, max: 300 }),
    fc.integer({ min: 0, max: 3000 }),
  )
  const step = fc.tuple(lengths, fc.nat(12), fc.double({ min: 0, max: 0.999, noNaN: true }))
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 400 }), (steps) => {
      const { keep, take, drop, heldBytes } = _.make(1000)
      const there: Array<{ readonly kept: _.Kept; readonly byte: number }> = []
      for (const [index, [length, leaving, at]] of steps.entries()) {
        const byte = index % 256
        there.push({ kept: keep(new Uint8Array(length).fill(byte)), byte })
        // Many leave at once now and then, and others stay among them.
        for (let i = 0; i < leaving && leaving > 6; i++) {
          const [one] = there.splice(Math.floor(at * there.length), 1)
          if (one === undefined) break
          if (i % 2 === 0) drop(one.kept)
          else assert.ok(take(one.kept).every((found) => found === one.byte))
        }
        const waiting = there.reduce((sum, { kept }) => sum + kept.length, 0)
        const bound = 2 * waiting + (_.SLACK_CHUNKS + 1) * 1000
        assert.ok(heldBytes() <= bound, `${heldBytes()} for ${waiting}`)
      }
      for (const { kept, byte } of there) {
        const bytes = take(kept)
        assert.is(bytes.length, kept.length)
        assert.ok(bytes.every((found) => found === byte))
      }
    }),
    { numRuns: 300 },
  )
})

arena('holds little for one error among many transactions that left', () => {
  const { keep, drop, heldBytes } = _.make()
  for (let i = 0; i < 500; i++) {
    const others = Array.from({ length: 40 }, () => keep(new Uint8Array(10_000)))
    keep(new Uint8Array(1_000))
    for (const one of others) drop(one)
  }
  // Half a megabyte waits: each error alone would retain a chunk of 256 KiB.
  assert.ok(heldBytes() <= 3 * 1024 * 1024, String(heldBytes()))
})

arena('holds only spare chunks when it is empty', () => {
  const { keep, drop, heldBytes } = _.make(1000)
  const there = Array.from({ length: 500 }, () => keep(new Uint8Array(200)))
  const large = keep(new Uint8Array(100_000))
  assert.ok(heldBytes() >= 200_000)
  for (const one of [...there, large]) drop(one)
  assert.ok(heldBytes() <= 5 * 1000, String(heldBytes()))
})

arena.run()
