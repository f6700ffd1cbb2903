import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/model/Micros.ts'

const fromNanos = suite('Micros.fromNanos')

fromNanos('cuts digits finer than a microsecond exactly', () => {
  assert.is(_.fromNanos('1795337163594034388'), 1795337163594034)
  assert.is(_.fromNanos('999'), 0)
  assert.is(_.fromNanos('1000'), 1)
  assert.is(_.fromNanos('0'), 0)
})

fromNanos('takes whole numbers', () => {
  assert.is(_.fromNanos(1_500), 1)
  assert.is(_.fromNanos(0), 0)
})

fromNanos('refuses invalid times', () => {
  for (const bad of [
    '',
    '-1',
    '1.5',
    '1e9',
    ' 1',
    'x',
    '123456789012345678901',
    -1,
    1.5,
    Number.NaN,
  ]) {
    assert.is(_.fromNanos(bad), undefined, String(bad))
  }
})

fromNanos.run()

const NANOS_MAX = 2n ** 64n - 1n

/** The microseconds of some nanoseconds, as a double has them, and the rest. */
const exact = (nanos: bigint): readonly [number, number] => [
  Number(nanos / 1000n),
  Number(nanos % 1000n),
]

const fractions = suite('Micros.nanosAfter, nanosAfterWords, toNanos')

fractions('law: digits give what exact integers give, and back', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: NANOS_MAX }), (nanos) => {
      const digits = String(nanos)
      const micros = _.fromNanos(digits) ?? _.of(-1)
      assert.equal([micros, _.nanosAfter(digits)], exact(nanos))
      if (Number.isSafeInteger(micros) && micros > 0) {
        assert.is(_.toNanos(micros, _.nanosAfter(digits)), digits)
      }
    }),
  )
})

fractions('law: words give what exact integers give', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: NANOS_MAX }), (nanos) => {
      const [high, low] = [Number(nanos >> 32n), Number(nanos & 0xffffffffn)]
      const [micros, rest] = exact(nanos)
      assert.is(_.nanosAfterWords(high, low), rest)
      assert.is(_.fromNanoWords(high, low), micros)
    }),
  )
})

fractions('law: numbers give what exact integers give', () => {
  const number = fc.oneof(
    fc.maxSafeNat(),
    fc.bigInt({ min: 0n, max: NANOS_MAX }).map(Number),
    fc.integer({ min: 0, max: 9_007_199_254_740 }).map((micros) => micros * 1000 + 999),
  )
  fc.assert(
    fc.property(number, (nanos) => {
      assert.equal([_.fromNanos(nanos), _.nanosAfter(nanos)], exact(BigInt(nanos)))
    }),
  )
})

fractions('are 0 for any value that is no time', () => {
  for (const bad of ['', '-1', '1.5', 'x', '123456789012345678901', -1, 1.5, Number.NaN]) {
    assert.is(_.nanosAfter(bad), 0, String(bad))
  }
})

fractions('are written with three digits', () => {
  assert.is(_.toNanos(_.of(1), 7), '1007')
  assert.is(_.toNanos(_.of(1_700_000_000_000_000), 0), '1700000000000000000')
})

fractions.run()

const fromMillis = suite('Micros.fromMillis')

fromMillis('gives the same moment as a date', () => {
  assert.is(_.fromMillis(1_700_000_000_000), 1_700_000_000_000_000)
  assert.is(_.fromMillis(0.0015), 1)
  assert.is(_.fromDate(new Date('2023-11-14T22:13:20.001Z')), 1_700_000_000_001_000)
})

fromMillis.run()

const toSeconds = suite('Micros.toSeconds')

toSeconds('prints with at most six decimals and reads back to the same microsecond', () => {
  const micros = fc.integer({ min: 0, max: 4_000_000_000_000_000 })
  fc.assert(
    fc.property(micros, (value) => {
      const text = JSON.stringify(_.toSeconds(_.of(value)))
      assert.match(text, /^\d+(\.\d{1,6})?$|^\de-0?[56]$|^\d(\.\d+)?e-[56]$/)
      assert.is(Math.round(Number(text) * 1e6), value)
    }),
  )
})

toSeconds.run()

const between = suite('Micros.between')

between('is the difference, exactly, however large', () => {
  const moment = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }).map(_.of)
  fc.assert(
    fc.property(moment, moment, (start, end) => {
      assert.is(_.between(start, end), end - start)
      assert.is(_.of(start + _.between(start, end)), end)
    }),
  )
  const start = _.of(1_763_800_000_000_000)
  for (const micros of [0, 1, -1, 2 ** 31 - 1, 2 ** 31, -(2 ** 31), 2 ** 32 + 1]) {
    assert.is(_.between(start, _.of(start + micros)), micros)
  }
})

between.run()

const isKnown = suite('Micros.isKnown')

isKnown('refuses what the server refuses', () => {
  for (const micros of [1, 0.5, 1_700_000_000_000_000, 253_402_300_799_000_000]) {
    assert.ok(_.isKnown(micros), String(micros))
  }
  for (const micros of [0, -1, 1e30, Number.NaN, Number.POSITIVE_INFINITY]) {
    assert.not(_.isKnown(micros), String(micros))
  }
})

isKnown.run()
