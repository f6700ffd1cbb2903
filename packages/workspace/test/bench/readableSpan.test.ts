import { span, spanId, traceId } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readableSpan } from '../../src/bench/peers/readableSpan.ts'

const test = suite('readableSpan')

const child = span({
  traceId: traceId(1),
  spanId: spanId(2),
  parentSpanId: spanId(1),
  kind: 'CLIENT',
  status: { code: 'ERROR', message: 'no' },
})

test('has the ids, the kind, the status and the times of the SDK', () => {
  const made = readableSpan(child, '')
  assert.equal(made.spanContext(), { traceId: traceId(1), spanId: spanId(2), traceFlags: 1 })
  assert.is(made.parentSpanContext?.spanId, spanId(1))
  assert.is(made.kind, 2)
  assert.equal(made.status, { code: 2, message: 'no' })
  const [seconds, nanos] = made.startTime
  assert.is(seconds * 1e6 + nanos / 1e3, Number(child.startMicros))
})

test('another suffix gives another trace, and keeps the parent', () => {
  const [parent, made] = [span({ traceId: traceId(1), spanId: spanId(1) }), child].map((one) =>
    readableSpan(one, 'ff'),
  )
  assert.is(made?.spanContext().traceId.length, 32)
  assert.is.not(made?.spanContext().traceId, traceId(1))
  assert.is(made?.parentSpanContext?.spanId, parent?.spanContext().spanId)
})

test.run()
