import { resource, span } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/exception/RecordedException.ts'
import * as Micros from '../../src/model/Micros.ts'
import type { SpanEvent } from '../../src/model/SpanEvent.ts'

const event = (name: string, attributes: SpanEvent['attributes'], time = 5): SpanEvent => ({
  name,
  timeMicros: Micros.of(time),
  attributes,
  droppedAttributes: 0,
})

const ofSpan = suite('RecordedException.ofSpan')

ofSpan('gives one for each event that holds one, with its index as the key', () => {
  const exceptions = _.ofSpan(
    span({
      name: 'work',
      status: { code: 'ERROR', message: '' },
      resource: {
        ...resource('shop'),
        attributes: { 'service.name': 'shop', 'telemetry.sdk.language': 'python' },
      },
      events: [
        event('retry', {}),
        event('exception', { 'exception.type': 'A', 'order.id': 7 }),
        event('exception', {}),
      ],
    }),
  )
  assert.equal(exceptions, [
    {
      key: '1',
      type: 'A',
      message: '',
      stack: '',
      causes: [],
      timeMicros: 5,
      escaped: undefined,
      isFailure: true,
      spanName: 'work',
      language: 'python',
      attributes: { 'order.id': 7 },
    },
  ])
})

ofSpan('uses the start of the span for an event without a time', () => {
  const [exception] = _.ofSpan(
    span({ startMicros: Micros.of(9), events: [event('exception', { 'exception.type': 'A' }, 0)] }),
  )
  assert.is(exception?.timeMicros, 9)
})

ofSpan.run()

const ofStatus = suite('RecordedException.ofStatus')

ofStatus('has the operation and the status as its type, and the message of the status', () => {
  const failed = (message: string): _.RecordedException =>
    _.ofStatus(span({ status: { code: 'ERROR', message } }), {
      op: 'db',
      status: 'internal_error',
      description: 'SELECT 1',
    })
  assert.equal(
    [failed('no answer').type, failed('no answer').message],
    ['db internal_error', 'no answer'],
  )
  assert.is(failed('').message, 'SELECT 1')
  assert.is(failed('').key, _.STATUS)
})

ofStatus.run()

const ofAttributes = suite('RecordedException.ofAttributes')

ofAttributes('reads whether it escaped, as a boolean or as text', () => {
  const escaped = (value: boolean | string): boolean | undefined =>
    _.ofAttributes({ 'exception.type': 'A', 'exception.escaped': value }).escaped
  assert.equal([true, 'True', 'true'].map(escaped), [true, true, true])
  assert.equal([false, 'False', 'false'].map(escaped), [false, false, false])
  assert.is(escaped('maybe'), undefined)
})

ofAttributes('reads a list in place of the stack as the causes', () => {
  const { stack, causes } = _.ofAttributes({ 'exception.stacktrace': ['refused', 'no route'] })
  assert.equal([stack, causes], ['', ['refused', 'no route']])
})

ofAttributes.run()

const guards = suite('RecordedException: guards')

guards('an event is one if it has an attribute of an exception, whatever its name', () => {
  const isOne = (name: string, attributes: SpanEvent['attributes']): boolean =>
    _.isExceptionEvent(event(name, attributes))
  assert.ok(isOne('exception', { 'exception.message': 'no' }))
  assert.ok(isOne('exception', { 'exception.stacktrace': ['refused'] }))
  assert.not.ok(isOne('exception', { 'exception.type': '' }))
  assert.not.ok(isOne('exception', { 'exception.stacktrace': [] }))
  assert.ok(isOne('could not store the batch', { 'exception.type': 'A' }))
  assert.not.ok(isOne('exception', { 'error.type': 'A' }))
})

guards('the key shows whether it comes from a log record', () => {
  assert.ok(_.isFromLog({ key: _.logKey('abc') }))
  assert.not.ok(_.isFromLog({ key: '0' }))
  assert.not.ok(_.isFromLog({ key: _.STATUS }))
})

guards.run()
