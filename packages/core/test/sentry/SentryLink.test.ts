import { spanId, traceId } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/sentry/SentryLink.ts'

const fromLink = suite('SentryLink.fromLink')

const link = {
  traceId: traceId(2),
  spanId: spanId(3),
  traceState: '',
  attributes: {},
  droppedAttributes: 0,
}

fromLink('leaves out absent fields', () => {
  assert.equal(_.fromLink({ ...link, flags: undefined }), {
    trace_id: traceId(2),
    span_id: spanId(3),
  })
})

fromLink('has the sampled bit and the attributes', () => {
  assert.is(_.fromLink({ ...link, flags: 0x101 }).sampled, true)
  assert.is(_.fromLink({ ...link, flags: 0x100 }).sampled, false)
  assert.equal(_.fromLink({ ...link, flags: 0, attributes: { a: 1n } }).attributes, { a: '1' })
})

fromLink.run()
