import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../src/RetryAfter.ts'

const parse = suite('RetryAfter.parse')

const NOW = 1_700_000_000_000

const ROWS: ReadonlyArray<readonly [string, number | undefined]> = [
  ['60', 60_000],
  [' 1.5 ', 1_500],
  ['0', 0],
  ['-5', 0],
  ['1e99', 86_400_000],
  [new Date(NOW + 5_000).toUTCString(), 5_000],
  [new Date(NOW - 5_000).toUTCString(), 0],
  ['', undefined],
  ['soon', undefined],
]

for (const [text, expected] of ROWS) {
  parse(`${JSON.stringify(text)}: ${expected}`, () => {
    assert.is(_.parse(text, NOW), expected)
  })
}

parse('is bounded for any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const millis = _.parse(text, NOW)
      assert.ok(millis === undefined || (millis >= 0 && millis <= _.MAX_MILLIS))
    }),
  )
})

parse.run()
