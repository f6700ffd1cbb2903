import { spanId } from '@sentry-exporter/testing/spans'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/internal/Hash.ts'

const numbered = (n: number) => ({ spanId: spanId(n) })

const toEventId = suite('Hash.toEventId')

toEventId('stays what it is: ids must be the same over versions and runtimes', () => {
  assert.is(
    _.toEventId(['transaction', 'a', 'b'], _.sumOf([1, 2].map(numbered))),
    '778ec11c834a30439862682fc15b3200',
  )
  assert.is(_.toEventId(['error', 'ü']), '86025cb16cd166a25b1f5ebbb79021df')
})

toEventId('does not depend on the order of the members', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 2 }), (numbers) => {
      const spans = numbers.map(numbered)
      const reversed = [...spans].reverse()
      assert.is(_.toEventId(['x'], _.sumOf(spans)), _.toEventId(['x'], _.sumOf(reversed)))
    }),
  )
})

toEventId('tells texts apart by where one ends', () => {
  assert.is.not(_.toEventId(['ab', 'c']), _.toEventId(['a', 'bc']))
  assert.is.not(_.toEventId(['a']), _.toEventId(['a', '']))
})

toEventId('keeps sets of neighbouring ids apart', () => {
  const seen = new Set<string>()
  for (let first = 1; first <= 40; first++) {
    for (let second = first; second <= 40; second++) {
      for (let third = second; third <= 40; third++) {
        seen.add(_.toEventId(['x'], _.sumOf([first, second, third].map(numbered))))
      }
    }
  }
  assert.is(seen.size, (40 * 41 * 42) / 6)
})

toEventId('moves about half of its bits for one changed letter', () => {
  let moved = 0
  for (let i = 0; i < 500; i++) {
    const a = BigInt(`0x${_.toEventId([`text ${i}`])}`)
    const b = BigInt(`0x${_.toEventId([`texu ${i}`])}`)
    moved += (a ^ b).toString(2).replaceAll('0', '').length
  }
  assert.ok(Math.abs(moved / 500 - 64) < 2, `moved ${moved / 500} of 128 bits`)
})

toEventId.run()

const toSpanId = suite('Hash.toSpanId')

toSpanId('gives sixteen digits', () => {
  assert.match(_.toSpanId(['a']), /^[0-9a-f]{16}$/)
})

toSpanId.run()
