import { ROOT_CONTEXT, trace } from '@opentelemetry/api'
import type * as TraceId from '@sentry-exporter/core/TraceId'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/spans/OpenEntries.ts'
import { context, readableSpan, spanId, traceId } from '../readable/readableSpans.ts'

// The digits are those of an id.
const id = (n: number) => traceId(n) as TraceId.TraceId

const inTrace = (n: number, fields: object = {}) =>
  readableSpan(n, { spanContext: () => context(n, { traceId: traceId(n), ...fields }) })

const make = suite('OpenEntries.make')

make('knows the traces whose roots have started and have not ended', () => {
  const entries = _.make()
  const [first, second] = [readableSpan(1), readableSpan(2)]
  entries.start(first, ROOT_CONTEXT)
  entries.start(second, ROOT_CONTEXT)
  entries.end(first)
  assert.ok(entries.has(id(1)))
  entries.end(second)
  entries.end(second)
  assert.not(entries.has(id(1)))
})

make('counts spans with a remote parent, and no other children', () => {
  const entries = _.make()
  entries.start(readableSpan(1, { parentSpanContext: context(9) }), ROOT_CONTEXT)
  assert.not(entries.has(id(1)))
  const remote = context(9, { isRemote: true })
  entries.start(readableSpan(1, { parentSpanContext: remote }), ROOT_CONTEXT)
  assert.ok(entries.has(id(1)))
})

make('learns from the context where the parent of a span of SDK 1.30 is', () => {
  const entries = _.make()
  const span = readableSpan(1, { parentSpanId: spanId(9) })
  const parent = trace.setSpanContext(ROOT_CONTEXT, { ...context(9), isRemote: true } as never)
  entries.start(span, parent)
  assert.ok(entries.has(id(1)))
  assert.is(entries.hasRemoteParent(span), true)
  assert.is(entries.hasRemoteParent(readableSpan(1)), undefined)
})

make('does not count spans that are only recorded', () => {
  const entries = _.make()
  entries.start(inTrace(1, { traceFlags: 0 }), ROOT_CONTEXT)
  assert.not(entries.has(id(1)))
})

make('forgets the oldest of too many, for programs that do not end spans', () => {
  const entries = _.make(2)
  for (const n of [1, 2, 3]) entries.start(inTrace(n), ROOT_CONTEXT)
  assert.equal(
    [1, 2, 3].map((n) => entries.has(id(n))),
    [false, true, true],
  )
})

make.run()
