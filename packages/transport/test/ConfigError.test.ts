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
  [
    { _tag: 'BadValue', key: 'maxSpans', expected: 'a whole number from 1', got: 'NaN' },
    'maxSpans: expected a whole number from 1, got NaN',
  ],
]

/** Secrets in the place of the name of an option. */
const SECRETS: ReadonlyArray<string> = [
  'https://key:hush4711@host/1',
  'https://hush4711@host/1',
  'hush4711@host/1',
  'sentry_secret=hush4711',
  'https://user:\nhush4711@host/1',
  '0123456789abcdef'.repeat(2),
]

const show = suite('ConfigError.show')

for (const [problem, text] of ROWS) {
  show(text, () => assert.is(_.show(_.of([problem])), text))
}

show('joins all problems', () => {
  assert.is(_.show(_.of(ROWS.slice(1, 3).map(([problem]) => problem))), 'dsn: missing; x: unknown')
})

for (const key of SECRETS) {
  show('hides a secret that is given as a name', () => {
    const error = _.of([{ _tag: 'UnknownKey', key, nearest: undefined }])
    for (const text of [_.show(error), JSON.stringify(error), String(_.toError(error, 'x'))]) {
      assert.not.match(text, /hush4711|0123456789abcdef/)
      assert.match(text, '[Filtered]')
    }
  })
}

show('keeps a name on one line, and short', () => {
  const key = `a\nb\u001b[31m${'x'.repeat(500)}`
  const text = _.show(_.of([{ _tag: 'UnknownKey', key, nearest: undefined }]))
  assert.match(text, /^a b \[31mx+: unknown$/)
  assert.ok(text.length < 120)
})

show.run()
