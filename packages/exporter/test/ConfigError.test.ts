import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../src/ConfigError.ts'

const ROWS: ReadonlyArray<readonly [_.Problem, string]> = [
  [{ _tag: 'NotAnObject' }, 'the configuration is not an object'],
  [{ _tag: 'Missing', key: 'dsn' }, 'dsn: missing'],
  [{ _tag: 'UnknownKey', key: 'x', nearest: undefined }, 'x: unknown'],
  [{ _tag: 'UnknownKey', key: 'dns', nearest: 'dsn' }, 'dns: unknown, did you mean dsn?'],
  [
    { _tag: 'GivenTwice', key: 'maxSpans', other: 'max_spans' },
    'maxSpans: given twice, also as max_spans',
  ],
  [
    { _tag: 'BadValue', key: 'maxSpans', expected: 'a whole number from 1' },
    'maxSpans: expected a whole number from 1',
  ],
]

const show = suite('ConfigError.show')

for (const [problem, text] of ROWS) {
  show(text, () => assert.is(_.show(_.of([problem])), text))
}

show('joins all problems', () => {
  assert.is(_.show(_.of(ROWS.slice(1, 3).map(([problem]) => problem))), 'dsn: missing; x: unknown')
})

show.run()
