import { defaultErrorRules } from '@sentry-exporter/core/pipeline'
import { span, spanId, traceId } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { RecordedException } from '../../src/exception/RecordedException.ts'
import * as Mapping from '../../src/mapping/Mapping.ts'
import type { JsonObject } from '../../src/model/Json.ts'
import * as Micros from '../../src/model/Micros.ts'
import * as Contexts from '../../src/sentry/Contexts.ts'
import * as ErrorEvent from '../../src/sentry/ErrorEvent.ts'
import * as EventBase from '../../src/sentry/EventBase.ts'
import * as ExceptionValue from '../../src/sentry/ExceptionValue.ts'
import * as _ from '../../src/sentry/fitError.ts'
import { bytesOf } from '../../src/size/fitContext.ts'

const recorded: RecordedException = {
  key: '0',
  type: 'Error',
  message: 'no',
  stack: `Error: no\n    at a (/a.js:1:2)\n  [cause]: Error: first\n      at ${'b'.repeat(200)} (/b.js:3:4)`,
  causes: [],
  timeMicros: Micros.of(1_700_000_000_000_000),
  escaped: undefined,
  isFailure: true,
  spanName: 'work',
  language: 'nodejs',
  attributes: {},
}

const base = EventBase.of(Mapping.sentry)(span().resource)

const plain = ErrorEvent.of(
  recorded,
  ExceptionValue.ofRecorded(defaultErrorRules.parsers)(recorded, false),
  {
    base,
    contexts: Contexts.of({ trace_id: traceId(1), span_id: spanId(1) }, base.resource),
    level: 'error',
    transaction: undefined,
    breadcrumbs: [],
  },
)

const withExtra = (extra: JsonObject): ErrorEvent.ErrorEvent => ({ ...plain, extra })

const breadcrumbs = {
  values: Array.from({ length: 50 }, (_unused, nth) => ({
    timestamp: 1_700_000_000 + nth,
    type: 'default' as const,
    category: 'otel.event' as const,
    message: `step ${nth}`,
    data: {},
  })),
}

const fits = suite('fitError')

fits('gives an event within its limit itself', () => {
  for (const error of [plain, withExtra({ a: 1 }), { ...plain, breadcrumbs }]) {
    assert.is(_.fitError(error, bytesOf(error)), error)
  }
})

fits('cuts a value of extra that the server would drop, also in a small event', () => {
  const { extra, ...others } = _.fitError(withExtra({ long: 'a'.repeat(20_000), b: 1 }), 1e6)
  assert.equal(others, plain)
  assert.equal(Object.keys(extra ?? {}), ['long', 'b'])
  assert.ok(bytesOf(extra?.['long']) <= 16_000)
})

fits(
  'cuts each value of `extra` to the 16 KiB that the server keeps, and no character in two',
  () => {
    const { extra = {} } = _.fitError(
      withExtra({ lines: 'a\n'.repeat(8_000), wide: '€'.repeat(9_000), small: 1 }),
      150_000,
    )
    for (const text of [extra['lines'], extra['wide']]) {
      assert.ok(bytesOf(text ?? '') <= 16_000 && bytesOf(text ?? '') > 15_980)
      assert.match(String(text), /\.\.\.$/)
    }
    assert.is(extra['small'], 1)
  },
)

fits('leaves out breadcrumbs first, then extra, then the innermost causes', () => {
  const whole = { ...withExtra({ note: 'n'.repeat(500) }), breadcrumbs }
  const few = _.fitError(whole, bytesOf(whole) - 100)
  assert.ok((few.breadcrumbs?.values.length ?? 0) < 50)
  assert.equal(few.extra, whole.extra)
  const { breadcrumbs: _unused, ...noted } = whole
  const short = _.fitError(noted, bytesOf(plain) + 60)
  assert.ok(bytesOf(short.extra) < 100)
  assert.is(short.exception.values.length, 2)
  const smallest = _.fitError(noted, bytesOf(plain) - 200)
  assert.equal(smallest.exception.values, plain.exception.values.slice(1))
})

fits.run()
