/**
 * Requests of spans in protobuf that hold whatever a fast path may get wrong: keys of every plan, values at the limits of trimming
 * and of numbers, fields that are repeated, split, unordered or cut, and invalid UTF-8.
 */
import { AttributeTable } from '@sentry-exporter/core/pipeline'
import fc from 'fast-check'
import * as oracle from './oracle.ts'

// constructors

const ALIASED = AttributeTable.rows.flatMap(({ keys, form }) => [
  ...keys,
  ...(form._tag === 'Aliased' ? form.aliases.map(({ to }) => to) : []),
])

const SENSITIVE = [
  'url.full',
  'url.query',
  'user.email',
  'client.address',
  'network.peer.address',
  'db.statement',
  'db.query.text',
  'db.password',
  'http.request.header.cookie',
  'exception.stacktrace',
  'message',
]

const OWN = [
  '__proto__',
  '007',
  '7',
  'error',
  'environment',
  'gen_ai.system',
  'otel.kind',
  'otel.scope.name',
  'sentry.name',
  'sentry.origin',
  'sentry.status.message',
  'telemetry.sdk.language',
  'quoted"\\key',
  '\u00e9t\u00e9',
  '\u{1f600}',
  '',
]

const frequentKey = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...ALIASED) },
  { weight: 4, arbitrary: fc.constantFrom(...SENSITIVE) },
  {
    weight: 4,
    arbitrary: fc.constantFrom('http.request.method', 'http.route', 'db.system', 'rpc.service'),
  },
  { weight: 3, arbitrary: fc.string({ maxLength: 6 }) },
)

const key = fc.oneof(
  { weight: 9, arbitrary: frequentKey },
  { weight: 1, arbitrary: fc.constantFrom(...OWN) },
)

const text = fc.oneof(
  { weight: 3, arbitrary: fc.string({ maxLength: 12 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      'GET',
      '007',
      '-0',
      '404',
      '200',
      'root',
      '/a/b?c=1#d',
      'https://user:pass@shop.example:443/a?token=1',
      'see postgres://me:secret@db/x now',
      'a:/b',
      'a://',
      '://',
      ':',
      'ip_tcp',
      'shop:8080',
      'HTTP/1.1',
      '\u0000\u0008\u001f\u007f"\\/\n\r\t\f',
      '\ufeff\u2028\ufffd',
      'java',
      'auto.http',
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom(200, 201, 1_000, 3_000).map((n) => 'x'.repeat(n)) },
)

const int64 = fc.oneof(
  fc.nat({ max: 1000 }).map(String),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
  fc.constantFrom(String(2n ** 53n), String(2n ** 53n + 1n), String(2n ** 49n - 1n), '-1', '0'),
)

const double = fc.oneof(
  fc.double(),
  fc.constantFrom(0, -0, 1, 1e6, 1e21, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY, 5e-324),
)

const scalar = fc.oneof(
  { weight: 1, arbitrary: fc.constant({}) },
  { weight: 40, arbitrary: text.map((stringValue) => ({ stringValue })) },
  { weight: 8, arbitrary: fc.boolean().map((boolValue) => ({ boolValue })) },
  { weight: 16, arbitrary: int64.map((intValue) => ({ intValue })) },
  { weight: 16, arbitrary: double.map((doubleValue) => ({ doubleValue })) },
)

const value: fc.Arbitrary<object> = fc.oneof(
  { weight: 40, arbitrary: scalar },
  {
    weight: 1,
    arbitrary: fc.array(scalar, { maxLength: 3 }).map((values) => ({ arrayValue: { values } })),
  },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.record({ key, value: scalar }), { maxLength: 3 })
      .map((values) => ({ kvlistValue: { values } })),
  },
  {
    weight: 1,
    arbitrary: fc.uint8Array({ maxLength: 5 }).map((bytesValue) => ({ bytesValue })),
  },
)

const attributes = (maxLength: number) =>
  fc.oneof(
    fc.array(fc.record({ key, value }), { maxLength }),
    fc.uniqueArray(fc.record({ key: frequentKey, value: scalar }), {
      maxLength,
      selector: (one) => one.key,
    }),
  )

const id = (length: number) =>
  fc
    .uint8Array({ minLength: length, maxLength: length })
    .filter((bytes) => length === 0 || bytes.some(Boolean))

/** Few, so that spans are below each other: the bytes of a root are read again, those of its children are not. */
const traceId = fc.constantFrom(...[1, 1, 1, 2].map((n) => new Uint8Array(16).fill(n)))

const spanId = fc.nat({ max: 5 }).map((n) => new Uint8Array(8).fill(n + 1))

const event = fc.record({
  timeUnixNano: fc.constant('1700000000000000000'),
  name: fc.oneof(fc.constant('exception'), text),
  attributes: fc.oneof(
    attributes(3),
    fc.tuple(text, text).map(([type, message]) => [
      { key: 'exception.type', value: { stringValue: type } },
      { key: 'exception.message', value: { stringValue: message } },
    ]),
  ),
})

const link = fc.record({
  traceId: fc.oneof({ weight: 9, arbitrary: id(16) }, { weight: 1, arbitrary: id(0) }),
  spanId: id(8),
  attributes: attributes(2),
})

const nanos = fc.oneof(
  fc.constantFrom('0', '1', '1700000000123456789', '1700000000000000000', '999', '1000'),
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String),
)

/** The content of a span message, each field of which may be absent. */
const content = fc
  .record(
    {
      traceId: fc.oneof({ weight: 19, arbitrary: traceId }, { weight: 1, arbitrary: id(3) }),
      spanId,
      parentSpanId: fc.oneof(
        { weight: 9, arbitrary: spanId },
        { weight: 1, arbitrary: fc.constant(new Uint8Array(8)) },
      ),
      traceState: text,
      name: text,
      kind: fc.nat({ max: 7 }),
      startTimeUnixNano: nanos,
      endTimeUnixNano: nanos,
      attributes: attributes(8),
      droppedAttributesCount: fc.constantFrom(0, 0, 0, 0, 1, 2, 3, 300),
      events: fc.array(event, { maxLength: 2 }),
      droppedEventsCount: fc.constantFrom(0, 2),
      links: fc.array(link, { maxLength: 2 }),
      status: fc.record({ code: fc.nat({ max: 3 }), message: text }, { requiredKeys: [] }),
      flags: fc.constantFrom(0, 0x101, 0x300, 0xffffffff),
    },
    { requiredKeys: ['traceId', 'spanId', 'attributes'] },
  )
  .map((fields) => oracle.encodePart(oracle.span, fields))

const joined = (parts: ReadonlyArray<Uint8Array>): Uint8Array =>
  new Uint8Array(Buffer.concat(parts))

/** The place of a byte, as a part of the length, and another byte. */
export type Damage = readonly [place: number, byte: number]

const damage = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat({ max: 255 }))

export const damages: fc.Arbitrary<ReadonlyArray<Damage>> = fc.array(damage, { maxLength: 3 })

export const damaged = (bytes: Uint8Array, all: ReadonlyArray<Damage>): Uint8Array => {
  const copy = Uint8Array.from(bytes)
  for (const [place, byte] of all) copy[Math.floor(place * (copy.length - 1))] = byte
  return copy
}

/** A span; sometimes its fields are there twice, or a byte is another one. */
const span = fc.oneof(
  { weight: 16, arbitrary: content },
  { weight: 1, arbitrary: fc.tuple(content, content).map(joined) },
  {
    weight: 3,
    arbitrary: fc.tuple(content, damages).map(([bytes, all]) => damaged(bytes, all)),
  },
)

const varint = (value: number): ReadonlyArray<number> =>
  value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)]

const message = (field: number, bytes: Uint8Array): Uint8Array =>
  Uint8Array.from([field * 8 + 2, ...varint(bytes.length), ...bytes])

const resource = attributes(3).map((all) => oracle.encodePart(oracle.resource, { attributes: all }))

const scope = fc
  .record({
    name: fc.oneof(text, fc.constantFrom('openai', '@opentelemetry/instrumentation-http')),
    version: text,
    attributes: attributes(2),
  })
  .map((fields) => oracle.encodePart(oracle.scope, fields))

/** The bytes of a request. */
export const requests: fc.Arbitrary<Uint8Array> = fc
  .tuple(resource, scope, fc.array(span, { minLength: 1, maxLength: 6 }))
  .map(([ofResource, ofScope, spans]) => {
    const scoped = joined([message(1, ofScope), ...spans.map((one) => message(2, one))])
    return message(1, joined([message(1, ofResource), message(2, scoped)]))
  })
