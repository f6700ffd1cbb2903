import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/processor/goExpression.ts'

const expressions = suite('goExpression')

const VALID: ReadonlyArray<readonly [string, RegExp]> = [
  ['^user\\.', /^user\./],
  ['(?i)email', /email/i],
  ['(?is)a.b', /a.b/is],
  ['^(?P<host>[^:]+):(?P<port>\\d+)$', /^(?<host>[^:]+):(?<port>\d+)$/],
  ['\\Aa', /^a/],
  ['(?:a|b)', /(?:a|b)/],
]

expressions('reads what both languages have', () => {
  for (const [text, expression] of VALID) assert.equal(_.goExpression(text), expression, text)
})

expressions('refuses what JavaScript has not, or reads in another way', () => {
  for (const text of ['(', '[[:alpha:]]', '\\pL', '\\Qa.b\\E', 'a(?i)b', 'a\\z', '(?U)a']) {
    assert.is(_.goExpression(text), undefined, text)
  }
})

expressions.run()
