import { span, spanId } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as O from '#fp-ts/Option'
import * as _ from '../../src/filter/SpanFilter.ts'

const dropStandalone = suite('SpanFilter.dropStandalone')

const isKept = (one: ReturnType<typeof span>): boolean => O.isSome(_.dropStandalone(one))

dropStandalone('drops calls and messages without a parent', () => {
  assert.not.ok(isKept(span({ kind: 'CLIENT' })))
  assert.not.ok(isKept(span({ kind: 'PRODUCER' })))
})

dropStandalone('keeps failed ones, those with a parent, and all other kinds', () => {
  assert.ok(isKept(span({ kind: 'CLIENT', status: { code: 'ERROR', message: '' } })))
  assert.ok(isKept(span({ kind: 'CLIENT', parentSpanId: spanId(2) })))
  for (const kind of ['SERVER', 'CONSUMER', 'INTERNAL', 'UNSPECIFIED'] as const) {
    assert.ok(isKept(span({ kind })))
  }
})

dropStandalone.run()
