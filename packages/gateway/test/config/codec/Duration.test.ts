import { Range } from '@sentry-exporter/transport'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../../src/config/codec/Duration.ts'

const parse = suite('Duration.parse')

const CASES: ReadonlyArray<readonly [string, number | undefined]> = [
  ['0', 0],
  ['0s', 0],
  ['5s', 5_000],
  ['300ms', 300],
  ['1.5h', 5_400_000],
  ['1h30m', 5_400_000],
  ['1m0.5s', 60_500],
  ['.5s', 500],
  ['1.s', 1_000],
  ['0.1s0.2s', 300],
  ['1us', 1],
  ['1µs', 1],
  ['1000000ns', 1],
  ['1500µs', 2],
  ['', undefined],
  ['5', undefined],
  ['s', undefined],
  ['5 s', undefined],
  ['-5s', undefined],
  ['5sec', undefined],
  ['5s ', undefined],
  ['1d', undefined],
  ['1e3s', undefined],
]

parse('reads durations as Go does, in whole milliseconds', () => {
  for (const [text, millis] of CASES) assert.is(_.parse(text), millis, text)
})

parse('adds up the parts', () => {
  const part = fc.record({
    number: fc.integer({ min: 0, max: 10_000 }),
    unit: fc.constantFrom('ms', 's', 'm', 'h'),
  })
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
      const texts = parts.map(({ number, unit }) => `${number}${unit}`)
      const sum = texts.reduce((total, text) => total + (_.parse(text) ?? Number.NaN), 0)
      assert.is(_.parse(texts.join('')), sum)
    }),
  )
})

parse.run()

const expected = suite('Duration.expected')

expected('names the bounds that matter', () => {
  assert.is(_.expected(Range.millis), 'a duration like 5s or 1m30s')
  assert.is(
    _.expected({ min: 1, max: 60_000 }),
    'a duration like 5s or 1m30s, at least 1ms, at most 60000ms',
  )
})

expected.run()
