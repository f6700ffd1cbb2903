import * as Mapping from '@sentry-exporter/core/Mapping'
import { Payload } from '@sentry-exporter/core/pipeline'
import * as SentrySpan from '@sentry-exporter/core/SentrySpan'
import type { Span } from '@sentry-exporter/core/Span'
import * as Utf8 from '@sentry-exporter/envelope/Utf8'
import { span, spanId, traceId } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../src/FinishedSpan.ts'

const payload = _.payload()

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

const reparent = suite('FinishedSpan.payload.reparent')

for (const [name, fields] of CASES) {
  reparent(`does to a span ${name} what is done to its JSON`, () => {
    const made = SentrySpan.of(Mapping.sentry)(span({ parentSpanId: spanId(9), ...fields }))
    const finished = payload.reparent(payload.of(made), spanId(7), spanId(9))
    const expected = Payload.json.reparent(made, spanId(7), spanId(9))
    assert.equal(payload.read(finished), JSON.parse(JSON.stringify(expected)))
    assert.is(payload.bytes(finished), Buffer.byteLength(JSON.stringify(expected)))
    assert.is(payload.compare(finished, payload.of(payload.read(finished))), 0)
    assert.is(Utf8.decode(Utf8.join(_.parts(finished).map(Utf8.slice))), JSON.stringify(expected))
  })
}

reparent.run()

const large = suite('FinishedSpan.payload: what is large')

large('does not share its buffer', () => {
  const made = SentrySpan.of(Mapping.sentry)(
    span({ parentSpanId: spanId(9), attributes: { a: 'ü'.repeat(500_000) } }),
  )
  const finished = payload.of(made)
  assert.equal(payload.read(finished), made)
  assert.is(payload.bytes(finished), Buffer.byteLength(JSON.stringify(made)))
  const moved = payload.reparent(finished, spanId(7), spanId(9))
  assert.equal(payload.read(moved), Payload.json.reparent(made, spanId(7), spanId(9)))
})

large.run()
