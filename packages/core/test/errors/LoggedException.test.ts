import { resource, spanId, traceId } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/errors/LoggedException.ts'
import * as RecordedException from '../../src/exception/RecordedException.ts'
import * as Mapping from '../../src/mapping/Mapping.ts'
import type { LogRecord } from '../../src/model/LogRecord.ts'
import * as Micros from '../../src/model/Micros.ts'
import * as Resource from '../../src/model/Resource.ts'

const of = suite('LoggedException.of')

const read = (fields: Partial<LogRecord> = {}): _.LoggedException | undefined =>
  _.of(Mapping.sentry)({
    traceId: traceId(1),
    spanId: spanId(2),
    timeMicros: Micros.of(1_700_000_000_250_000),
    severity: 17,
    body: 'it failed',
    attributes: { 'exception.type': 'TypeError' },
    resource: resource('shop'),
    ...fields,
  })

of('has the ids of its record, and a key that marks it as one of a log', () => {
  const logged = read()
  assert.equal([logged?.traceId, logged?.spanId], [traceId(1), spanId(2)])
  assert.ok(logged !== undefined && RecordedException.isFromLog(logged.exception))
})

of('has ids of its content outside of a trace', () => {
  const outside = { traceId: undefined, spanId: undefined }
  const [first, second] = [read(outside), read(outside)]
  assert.match(first?.traceId ?? '', /^[0-9a-f]{32}$/)
  assert.match(first?.spanId ?? '', /^[0-9a-f]{16}$/)
  assert.equal(first, second)
  const other = read({ ...outside, attributes: { 'exception.type': 'RangeError' } })
  assert.is.not(other?.traceId, first?.traceId)
})

of('is a failure from the severity ERROR on', () => {
  assert.equal(
    [16, 17, 21].map((severity) => read({ severity })?.exception.isFailure),
    [false, true, true],
  )
})

of('has the platform of its resource, else that of its own attributes', () => {
  const attributes = { 'exception.type': 'TypeError', 'telemetry.sdk.language': 'js' }
  assert.is(read()?.base.fields.platform, 'other')
  assert.is(read({ attributes })?.base.fields.platform, 'javascript')
  const python = { attributes: { 'service.name': 'shop', 'telemetry.sdk.language': 'python' } }
  assert.is(
    read({ attributes, resource: Resource.of(python.attributes) })?.base.fields.platform,
    'python',
  )
})

of('is redacted', () => {
  const attributes = { 'exception.type': 'TypeError', 'shop.password': 'x' }
  assert.equal(read({ attributes })?.exception.attributes, { 'shop.password': '[Filtered]' })
})

of('is undefined for a record without an exception', () => {
  assert.is(read({ attributes: { 'log.iostream': 'stderr' } }), undefined)
})

of.run()
