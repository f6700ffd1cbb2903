import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/model/Limits.ts'

const untimed = suite('Limits.untimed')

untimed('keeps the limits of size, and lets nothing wait or leave early', () => {
  const limits = _.untimed({ ..._.gateway, maxSpans: 7 })
  assert.is(limits.maxSpans, 7)
  assert.is(limits.maxSpanBytes, _.gateway.maxSpanBytes)
  assert.is(limits.settleMillis, Number.POSITIVE_INFINITY)
  assert.is(limits.maxTraces, Number.POSITIVE_INFINITY)
  assert.is(limits.lateWindowMillis, 0)
})

untimed('remembers dropped spans to the end if hooks drop spans', () => {
  assert.is(_.untimed(_.inProcess, true).lateWindowMillis, Number.MAX_SAFE_INTEGER)
})

untimed.run()
