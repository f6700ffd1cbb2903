import { spanId, traceId } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as RecordedException from '../../src/exception/RecordedException.ts'
import * as Mapping from '../../src/mapping/Mapping.ts'
import * as Micros from '../../src/model/Micros.ts'
import * as Resource from '../../src/model/Resource.ts'
import * as Contexts from '../../src/sentry/Contexts.ts'
import * as ErrorEvent from '../../src/sentry/ErrorEvent.ts'
import * as EventBase from '../../src/sentry/EventBase.ts'
import * as ExceptionValue from '../../src/sentry/ExceptionValue.ts'
import * as _ from '../../src/sentry/fitError.ts'
import { bytesOf } from '../../src/size/fitContext.ts'

const exception: RecordedException.RecordedException = {
  ...RecordedException.ofAttributes({ 'exception.type': 'Error' }),
  key: '0',
  timeMicros: Micros.zero,
  isFailure: true,
  spanName: 'work',
  language: undefined,
}

const base = EventBase.of(Mapping.sentry)(Resource.of({ 'service.name': 'shop' }))

const event = (extra?: ErrorEvent.ErrorEvent['extra']): ErrorEvent.ErrorEvent => ({
  ...ErrorEvent.of(exception, ExceptionValue.ofRecorded([])(exception, undefined), {
    base,
    contexts: Contexts.of({ trace_id: traceId(1), span_id: spanId(1) }, base.resource),
    level: 'error',
    transaction: undefined,
    breadcrumbs: [],
  }),
  ...(extra === undefined ? {} : { extra }),
})

const fitError = suite('fitError')

fitError('gives the event itself if it is small enough', () => {
  for (const small of [event(), event({ stack: 'a\n'.repeat(5_000), list: [1, 'x'] })]) {
    assert.is(_.fitError(small, 150_000), small)
  }
})

fitError('cuts each value of `extra` to the 16 KiB that the server keeps', () => {
  const fitted = _.fitError(
    event({ lines: 'a\n'.repeat(8_000), wide: '€'.repeat(9_000), small: 1 }),
    150_000,
  )
  const { lines = '', wide = '', small } = fitted.extra ?? {}
  for (const text of [lines, wide]) {
    assert.ok(bytesOf(text) <= 16_000 && bytesOf(text) > 15_980)
    assert.match(String(text), /\.\.\.$/)
  }
  assert.is(small, 1)
})

fitError('leaves out the innermost causes of a chain that is too long', () => {
  const long = event()
  const values = long.exception.values.flatMap((value) =>
    Array.from({ length: 9 }, (_unused, id) => ({ ...value, value: `${id}${'x'.repeat(1_000)}` })),
  )
  const fitted = _.fitError({ ...long, exception: { values } }, 4_000)
  assert.equal(
    fitted.exception.values.map((one) => one.value.slice(0, 1)),
    ['7', '8'],
  )
})

fitError.run()
