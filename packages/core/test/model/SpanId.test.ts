import { spanId } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/model/SpanId.ts'

const parse = suite('SpanId.parse')

parse('takes 16 digits of either case and gives lower case', () => {
  assert.is(_.parse('EEE19B7EC3C1B174'), 'eee19b7ec3c1b174')
})

parse('refuses all zero, other lengths and other letters', () => {
  for (const bad of [_.ZERO, 'a'.repeat(15), 'a'.repeat(17), 'x'.repeat(16), 'a\n'.repeat(8)]) {
    assert.is(_.parse(bad), undefined)
  }
})

parse.run()

const fromContent = suite('SpanId.fromContent')

fromContent('gives sixteen digits', () => {
  assert.match(_.fromContent(['a']), /^[0-9a-f]{16}$/)
})

fromContent('depends on its members, in any order', () => {
  const [one, other] = [{ spanId: spanId(1) }, { spanId: spanId(2) }]
  assert.is(_.fromContent(['a'], [one, other]), _.fromContent(['a'], [other, one]))
  assert.is.not(_.fromContent(['a'], [one]), _.fromContent(['a'], [other]))
})

fromContent.run()
