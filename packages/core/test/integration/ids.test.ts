import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as SpanId from '../../src/model/SpanId.ts'
import * as TraceId from '../../src/model/TraceId.ts'

const trace = suite('TraceId.parse')

trace('takes 32 digits of either case and gives lower case', () => {
  assert.is(TraceId.parse('5B8EFFF798038103D269B633813FC60C'), '5b8efff798038103d269b633813fc60c')
})

trace('refuses all zero, other lengths and other letters', () => {
  for (const bad of ['0'.repeat(32), 'a'.repeat(31), 'a'.repeat(33), 'g'.repeat(32), '']) {
    assert.is(TraceId.parse(bad), undefined)
  }
})

trace.run()

const span = suite('SpanId.parse')

span('takes 16 digits of either case and gives lower case', () => {
  assert.is(SpanId.parse('EEE19B7EC3C1B174'), 'eee19b7ec3c1b174')
})

span('refuses all zero, other lengths and other letters', () => {
  for (const bad of [
    SpanId.ZERO,
    'a'.repeat(15),
    'a'.repeat(17),
    'x'.repeat(16),
    'a\n'.repeat(8),
  ]) {
    assert.is(SpanId.parse(bad), undefined)
  }
})

span.run()
