import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../src/Wildcard.ts'

const parse = suite('Wildcard.parse')

parse('takes a text without wildcards as it is', () => {
  assert.is(_.parse('shop'), 'shop')
  assert.is(_.parse('a\\*b\\c'), 'a*b\\c')
  assert.equal(_.parse('a*\\**'), { parts: ['a', '*', ''] })
})

parse.run()

const matches = suite('Wildcard.matches')

for (const [pattern, yes, no] of [
  ['*', ['', 'x'], []],
  ['shop-*', ['shop-', 'shop-eu'], ['shop', 'a-shop-eu']],
  ['*-eu', ['-eu', 'shop-eu'], ['shop-eu-1']],
  ['a*a', ['aa', 'aba'], ['a']],
  ['a*b*c', ['abc', 'axbxc', 'abbc'], ['acb', 'ac', 'abcd']],
] as const) {
  matches(pattern, () => {
    const parsed = _.parse(pattern)
    if (typeof parsed === 'string') throw new Error(pattern)
    assert.equal(
      [...yes, ...no].filter((text) => _.matches(parsed, text)),
      yes,
    )
  })
}

matches('agrees with a regular expression', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '*', '\\'), maxLength: 8 })
  fc.assert(
    fc.property(text, text, (pattern, value) => {
      const parsed = _.parse(pattern)
      if (typeof parsed === 'string') return
      const literal = (part: string) => part.replace(/[*\\]/g, '\\$&')
      const expression = new RegExp(`^${parsed.parts.map(literal).join('.*')}$`, 's')
      assert.is(_.matches(parsed, value), expression.test(value))
    }),
  )
})

matches.run()
