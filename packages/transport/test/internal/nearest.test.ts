import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/internal/nearest.ts'

const KNOWN = ['environment', 'maxSpans', 'dsn']

/** A word, and the known one that it resembles. */
const CASES: ReadonlyArray<readonly [string, string | undefined]> = [
  ['enviroment', 'environment'],
  ['max_spans', 'maxSpans'],
  ['MAXSPAN', 'maxSpans'],
  ['dns', 'dsn'],
  ['colour', undefined],
  ['x'.repeat(60), undefined],
]

const nearest = suite('nearest')

for (const [word, expected] of CASES) {
  nearest(`${word.slice(0, 20)}: ${expected}`, () => {
    assert.is(_.nearest(word, KNOWN), expected)
  })
}

nearest.run()
