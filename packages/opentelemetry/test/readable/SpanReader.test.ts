import { JsonTraceSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer'
import * as Config from '@sentry-exporter/exporter/Config'
import * as Pipeline from '@sentry-exporter/exporter/Pipeline'
import * as OtlpBytes from '@sentry-exporter/otlp/OtlpBytes'
import * as OtlpInput from '@sentry-exporter/otlp/OtlpInput'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { ReadableSpan } from '../../src/readable/ReadableSpan.ts'
import * as _ from '../../src/readable/SpanReader.ts'
import { context, program, readableSpan, spanId, traceId } from './readableSpans.ts'

const read = suite('SpanReader.read')

const one = (span: ReadableSpan) => _.make().read([span]).spans[0]

read('reads every field of a span of SDK 2 and 3', () => {
  const span = one(
    readableSpan(1, {
      kind: 1,
      parentSpanContext: context(9, { isRemote: true }),
      status: { code: 2, message: 'no' },
      attributes: { a: 1, b: ['x', null] },
      events: [{ name: 'ready', time: [1, 2_000], attributes: { c: 1.5 } }],
      links: [{ context: context(5, { isRemote: true }), attributes: { d: true } }],
      droppedAttributesCount: 1,
      droppedEventsCount: 2,
      droppedLinksCount: 3,
    }),
  )
  assert.equal(span, {
    traceId: traceId(1),
    spanId: spanId(1),
    parentSpanId: spanId(9),
    name: 'span 1',
    kind: 'SERVER',
    startMicros: 1_700_000_000_000_001,
    endMicros: 1_700_000_001_999_999,
    status: { code: 'ERROR', message: 'no' },
    attributes: { a: 1, b: ['x', null] },
    doubles: undefined,
    events: [
      { name: 'ready', timeMicros: 1_000_002, attributes: { c: 1.5 }, droppedAttributes: 0 },
    ],
    links: [
      {
        traceId: traceId(1),
        spanId: spanId(5),
        traceState: '',
        attributes: { d: true },
        flags: 0x301,
        droppedAttributes: 0,
      },
    ],
    flags: 0x301,
    traceState: '',
    droppedAttributes: 1,
    droppedEvents: 2,
    droppedLinks: 3,
    scope: { name: 'express', version: '1.2.3', attributes: { a: [1, 2] } },
    resource: {
      attributes: { 'service.name': 'shop', 'host.cpu': 8 },
      service: { name: 'shop', namespace: undefined, instance: undefined },
    },
  })
})

read('states whether the parent is remote, by the form of the span', () => {
  const rows: ReadonlyArray<readonly [Partial<ReadableSpan>, number]> = [
    [{}, 0x101],
    [{ parentSpanContext: context(2) }, 0x101],
    [{ parentSpanContext: context(2, { isRemote: true }) }, 0x301],
    // SDK 1.30 has the id alone.
    [{ parentSpanId: spanId(2) }, 0x001],
  ]
  for (const [fields, flags] of rows) assert.is(one(readableSpan(1, fields))?.flags, flags)
})

read('asks for the place of a parent that the span has only an id of', () => {
  const span = readableSpan(1, { parentSpanId: spanId(2) })
  for (const [known, flags] of [
    [true, 0x301],
    [false, 0x101],
  ] as const) {
    assert.is(_.make({ hasRemoteParent: () => known }).read([span]).spans[0]?.flags, flags)
  }
})

read('reads the scope of SDK 1.30', () => {
  const { instrumentationScope, ...old } = readableSpan(1)
  const span = one({ ...old, instrumentationLibrary: { name: 'pg', version: '8' } })
  assert.equal(span?.scope, { name: 'pg', version: '8', attributes: {} })
})

read('cuts times off at the microsecond, exactly', () => {
  const rows: ReadonlyArray<readonly [readonly [number, number], number]> = [
    [[1_700_000_000, 0], 1_700_000_000_000_000],
    [[1_700_000_000, 999], 1_700_000_000_000_000],
    [[1_700_000_000, 123_456_789], 1_700_000_000_123_456],
    [[1_700_000_000, 999_999_999], 1_700_000_000_999_999],
    [[4_102_444_799, 999_999_999], 4_102_444_799_999_999],
    [[0, 0], 0],
  ]
  for (const [startTime, micros] of rows) {
    assert.is(one(readableSpan(1, { startTime }))?.startMicros, micros)
  }
})

read('rejects a span without valid ids and keeps the others', () => {
  const bad = readableSpan(1, { spanContext: () => context(1, { spanId: 'x' }) })
  const throwing = readableSpan(2, {
    spanContext: () => {
      throw new Error('removed')
    },
  })
  const { spans, rejected } = _.make().read([bad, readableSpan(3), throwing])
  assert.equal(
    spans.map((span) => span.spanId),
    [spanId(3)],
  )
  assert.equal(rejected, [
    { path: 'spans[0].spanId', expected: '16 hex characters, not all zero', actual: '"x"' },
    { path: 'spans[2]', expected: 'a span', actual: '"removed"' },
  ])
})

read('leaves a part out that cannot be read, and counts it with its place', () => {
  const { spans, repairs, invalidParts } = _.make().read([
    readableSpan(1, {
      attributes: { ok: 1, run: () => 1 },
      startTime: [Number.NaN, 0],
      parentSpanId: 'parent',
      events: [{ name: 'ready', time: [-5, 0] }],
    }),
  ])
  assert.is(spans.length, 1)
  assert.equal(spans[0]?.attributes, { ok: 1, run: null })
  assert.equal(repairs, { invalid_part: 4 })
  assert.equal(
    invalidParts?.map(({ path }) => path),
    [
      'spans[0].attributes.run',
      'spans[0].parentSpanId',
      'spans[0].startTime',
      'spans[0].events[0].time',
    ],
  )
})

read('keeps 64-bit integers exact, and replaces values that are nested too deeply', () => {
  let deep: unknown = 1
  for (let i = 0; i < 40; i++) deep = [deep]
  const { spans, repairs } = _.make().read([
    readableSpan(1, { attributes: { small: 5n, large: 2n ** 62n, deep } }),
  ])
  assert.is(spans[0]?.attributes['small'], 5)
  assert.is(spans[0]?.attributes['large'], 2n ** 62n)
  assert.equal(repairs, { nested: 1 })
})

read('reads a resource again while its attributes are not all known', () => {
  const resource = { attributes: {}, asyncAttributesPending: true }
  const reader = _.make()
  const nameOf = () => reader.read([readableSpan(1, { resource })]).spans[0]?.resource.service.name
  assert.is(nameOf(), undefined)
  Object.assign(resource, { attributes: { 'service.name': 'shop' }, asyncAttributesPending: false })
  assert.is(nameOf(), 'shop')
})

read('completes resources, and replaces the placeholder for a name', () => {
  const reader = _.make({ resourceAttributes: { 'service.name': 'shop', region: 'eu' } })
  const attributesOf = (attributes: object) =>
    reader.read([readableSpan(1, { resource: { attributes } })]).spans[0]?.resource.attributes
  assert.equal(attributesOf({ 'service.name': 'unknown_service:node', region: 'us' }), {
    'service.name': 'shop',
    region: 'us',
  })
  assert.equal(attributesOf({ 'service.name': 'cart' }), { 'service.name': 'cart', region: 'eu' })
})

const decoded = Config.decode({ dsn: 'https://key@sentry.example.com/42', errors: 'all' })
if (decoded._tag === 'Left') throw new Error('the configuration of the test')
const toEnvelopes = Pipeline.ofInput(decoded.right, 1_700_000_010_000)

const bytesOf = (input: OtlpInput.OtlpInput): ReadonlyArray<string> =>
  toEnvelopes(input).assembled.envelopes.map(({ bytes }) => Buffer.from(bytes).toString())

read('gives the same envelopes, to the byte, as OTLP does', () => {
  fc.assert(
    fc.property(program, (spans) => {
      const batch = _.make().read(spans)
      const direct = bytesOf({ ...OtlpInput.empty, batch })
      assert.ok(direct.length > 0)
      for (const serializer of [JsonTraceSerializer, ProtobufTraceSerializer]) {
        // The serializers read no field that the spans lack.
        const bytes = serializer.serializeRequest([...spans] as never)
        const read = OtlpBytes.parse(bytes ?? new Uint8Array())
        if (read._tag === 'Left') throw new Error(JSON.stringify(read.left))
        assert.is(read.right.batch.spans.length, spans.length)
        assert.equal(bytesOf(read.right), direct)
      }
    }),
    { numRuns: 60 },
  )
})

read.run()
