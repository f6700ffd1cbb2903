import { spanId } from '@sentry-exporter/testing/spans'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/internal/Hash.ts'

const numbered = (n: number) => ({ spanId: spanId(n) })

const hex128 = suite('Hash.hex128')

hex128('is stable: ids must be the same over versions and runtimes', () => {
  assert.is(
    _.hex128(['transaction', 'a', 'b'], [1, 2].map(numbered)),
    '531a3bc497e32cca6aea02b35d744803',
  )
  assert.is(_.hex128(['error', 'ü']), 'e2d18adf27df7774c9cb9c741f3280cb')
})

hex128('does not depend on the order of the members', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 2 }), (numbers) => {
      const spans = numbers.map(numbered)
      const reversed = [...spans].reverse()
      assert.is(_.hex128(['x'], spans), _.hex128(['x'], reversed))
    }),
  )
})

hex128('distinguishes lists of texts with the same concatenation', () => {
  assert.is.not(_.hex128(['ab', 'c']), _.hex128(['a', 'bc']))
  assert.is.not(_.hex128(['a']), _.hex128(['a', '']))
})

hex128('gives sets of neighbouring ids different hashes', () => {
  const seen = new Set<string>()
  for (let first = 1; first <= 40; first++) {
    for (let second = first; second <= 40; second++) {
      for (let third = second; third <= 40; third++) {
        seen.add(_.hex128(['x'], [first, second, third].map(numbered)))
      }
    }
  }
  assert.is(seen.size, (40 * 41 * 42) / 6)
})

hex128('changes about half of its bits for one changed letter', () => {
  let changed = 0
  for (let i = 0; i < 500; i++) {
    const a = BigInt(`0x${_.hex128([`text ${i}`])}`)
    const b = BigInt(`0x${_.hex128([`texu ${i}`])}`)
    changed += (a ^ b).toString(2).replaceAll('0', '').length
  }
  assert.ok(Math.abs(changed / 500 - 64) < 2, `changed ${changed / 500} of 128 bits`)
})

hex128.run()
