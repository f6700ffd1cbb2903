import { parsers } from '@sentry-exporter/stacktrace/parsers'
import { resource, spanId, traceId } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as RecordedException from '../../src/exception/RecordedException.ts'
import * as Mapping from '../../src/mapping/Mapping.ts'
import type { Attributes } from '../../src/model/Attributes.ts'
import * as Micros from '../../src/model/Micros.ts'
import * as Resource from '../../src/model/Resource.ts'
import * as Contexts from '../../src/sentry/Contexts.ts'
import * as _ from '../../src/sentry/ErrorEvent.ts'
import * as EventBase from '../../src/sentry/EventBase.ts'
import * as ExceptionValue from '../../src/sentry/ExceptionValue.ts'

const STACK = 'Error: no\n    at main (/srv/main.js:1:1)'

const exception = (
  attributes: Attributes = {},
  key = '0',
): RecordedException.RecordedException => ({
  ...RecordedException.ofAttributes({
    'exception.type': 'Error',
    'exception.message': 'no',
    'exception.stacktrace': STACK,
    ...attributes,
  }),
  key,
  timeMicros: Micros.of(1_700_000_000_500_000),
  isFailure: true,
  spanName: 'work',
  language: undefined,
})

const made = (
  one: RecordedException.RecordedException,
  details: Partial<_.ErrorDetails> = {},
  from = resource('shop'),
): _.ErrorEvent => {
  const base = EventBase.of(Mapping.sentry)(from)
  return _.of(one, ExceptionValue.ofRecorded(parsers)(one, undefined), {
    base,
    contexts: Contexts.of({ trace_id: traceId(1), span_id: spanId(2) }, base.resource),
    level: 'error',
    transaction: undefined,
    breadcrumbs: [],
    ...details,
  })
}

const of = suite('ErrorEvent.of')

of('has an id that depends on the trace, the span and the exception', () => {
  const ids = [made(exception()), made(exception()), made(exception({}, '1'))].map(
    ({ event_id }) => event_id,
  )
  assert.is(ids[0], ids[1])
  assert.is.not(ids[0], ids[2])
})

of('leaves out the fields that have no value', () => {
  const { transaction, request, user, breadcrumbs, extra, fingerprint } = made(exception())
  assert.equal(
    [transaction, request, user, breadcrumbs, extra, fingerprint],
    [undefined, undefined, undefined, undefined, undefined, undefined],
  )
})

of('adds the tags of the span to those of the resource', () => {
  const base = EventBase.of(Mapping.sentry)(resource('shop'))
  assert.equal(made(exception(), { tags: { flag: 'on' } }).tags, {
    ...base.fields.tags,
    flag: 'on',
  })
})

of('takes the platform of the stack where the resource gives none', () => {
  assert.is(made(exception(), {}, Resource.of({})).platform, 'node')
  const python = Resource.of({ 'telemetry.sdk.language': 'python' })
  assert.is(made(exception(), {}, python).platform, 'python')
})

of('keeps other attributes, and the text of a stack that was not parsed in whole', () => {
  const { extra } = made(exception({ 'exception.stacktrace': 'no frames', 'order.id': 7 }))
  assert.equal(extra, { 'order.id': 7, 'exception.stacktrace': 'no frames' })
})

of('groups the failure of a span by its operation and its name', () => {
  const { fingerprint } = made(exception({ 'exception.type': 'db aborted' }, 'status'))
  assert.equal(fingerprint, ['span-status', 'db aborted', 'work'])
})

of.run()
