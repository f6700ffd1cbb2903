import * as Mapping from '@sentry-exporter/core/Mapping'
import * as Payload from '@sentry-exporter/core/Payload'
import * as SentrySpan from '@sentry-exporter/core/SentrySpan'
import type { Span } from '@sentry-exporter/core/Span'
import * as Utf8 from '@sentry-exporter/envelope/Utf8'
import { span, spanId, traceId } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../src/FinishedSpan.ts'

const link = {
  traceId: traceId(2),
  spanId: spanId(3),
  traceState: '',
  attributes: { a: { b: 1 } },
  flags: undefined,
  droppedAttributes: 0,
}

const CASES: ReadonlyArray<readonly [string, Partial<Span>]> = [
  ['plain', { attributes: { a: 1 } }],
  ['without data', {}],
  ['with data that ends with a map', { attributes: { a: { b: {} } } }],
  ['with data that ends with a text of braces', { attributes: { a: '{"data":{}}' } }],
  ['with links', { attributes: { a: 1 }, links: [link] }],
  ['with a parent kept already', { attributes: { [Payload.ORIGINAL_PARENT_KEY]: 'x' } }],
  [
    'with a parent kept in a text',
    { attributes: { x: `"${Payload.ORIGINAL_PARENT_KEY}":"x"`, xx: 'x' } },
  ],
  ['without a parent', { attributes: { a: 1 }, parentSpanId: undefined }],
  ['of many bytes to a letter', { name: '支払い 🙂', attributes: { ü: '🙂' } }],
]

const repoint = suite('FinishedSpan.payload.repoint')

for (const [name, fields] of CASES) {
  repoint(`does to a span ${name} what is done to its JSON`, () => {
    const made = SentrySpan.of(Mapping.sentry)(span({ parentSpanId: spanId(9), ...fields }))
    const finished = _.payload.reparent(_.payload.of(made), spanId(7), spanId(9))
    const expected = Payload.json.reparent(made, spanId(7), spanId(9))
    assert.equal(_.payload.read(finished), JSON.parse(JSON.stringify(expected)))
    assert.is(_.payload.bytes(finished), Buffer.byteLength(JSON.stringify(expected)))
    assert.is(_.payload.compare(finished, _.payload.of(_.payload.read(finished))), 0)
    assert.is(Utf8.decode(Utf8.join(_.parts(finished).map(Utf8.slice))), JSON.stringify(expected))
  })
}

repoint.run()

const large = suite('FinishedSpan.payload: what is large')

large('does not share its buffer', () => {
  const made = SentrySpan.of(Mapping.sentry)(
    span({ parentSpanId: spanId(9), attributes: { a: 'ü'.repeat(500_000) } }),
  )
  const finished = _.payload.of(made)
  assert.equal(_.payload.read(finished), made)
  assert.is(_.payload.bytes(finished), Buffer.byteLength(JSON.stringify(made)))
  const moved = _.payload.reparent(finished, spanId(7), spanId(9))
  assert.equal(_.payload.read(moved), Payload.json.reparent(made, spanId(7), spanId(9)))
})

large.run()
