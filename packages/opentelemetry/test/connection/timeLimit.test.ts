import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { timeLimitOf as _ } from '../../src/connection/timeLimit.ts'

const ROWS: ReadonlyArray<readonly [unknown, number | undefined]> = [
  [undefined, undefined],
  [2_000, 2_000],
  [0, 0],
  [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
  [Number.NaN, undefined],
  ['4bf92f3577b34da6a3ce929d0e0e4736', undefined],
  [{ timeoutMillis: 500 }, 500],
  [{ timeoutMillis: 'soon' }, undefined],
  [{}, undefined],
  [null, undefined],
]

const limit = suite('timeLimitOf')

for (const [given, expected] of ROWS) {
  limit(`${JSON.stringify(given)}: ${expected}`, () => {
    assert.is(_(given), expected)
  })
}

limit.run()
