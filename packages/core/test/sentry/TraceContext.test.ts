import { span, spanId } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Mapping from '../../src/mapping/Mapping.ts'
import * as SentrySpan from '../../src/sentry/SentrySpan.ts'
import * as _ from '../../src/sentry/TraceContext.ts'

const toSentry = SentrySpan.of(Mapping.sentry)

const context = suite('TraceContext')

context('of a root has the parent and the data that are given', () => {
  const root = toSentry(span({ attributes: { 'sentry.op': 'job' } }))
  const made = _.ofRoot(root, spanId(7), { a: 1 })
  assert.is(made.parent_span_id, spanId(7))
  assert.is(made.op, 'job')
  assert.equal(made.data, { a: 1 })
})

context('of an event has no data', () => {
  const made = _.ofEvent(toSentry(span({ parentSpanId: spanId(7) })))
  assert.is(made.parent_span_id, spanId(7))
  assert.is(made.data, undefined)
})

context('has the sampling rate of the trace state', () => {
  const made = _.ofEvent(toSentry(span({ traceState: 'ot=th:8' })))
  assert.is(made.client_sample_rate, 0.5)
  assert.is(_.ofEvent(toSentry(span())).client_sample_rate, undefined)
})

context.run()
