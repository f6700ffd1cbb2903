import type { Batch } from '@sentry-exporter/core/Batch'
import * as Rejected from '@sentry-exporter/core/Rejected'
import type { Span } from '@sentry-exporter/core/Span'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as DecodeError from '../../src/DecodeError.ts'
import { parseProtobuf } from '../../src/ExportTraceRequest.ts'
import * as Message from './message.ts'

const TRACE_ID = Message.bytes(1, new Uint8Array(16).fill(0xab))
const SPAN_ID = Message.bytes(2, new Uint8Array(8).fill(0xcd))
const IDS = [TRACE_ID, SPAN_ID]

const attribute = (key: string, ...value: ReadonlyArray<Message.Field>): Message.Field =>
  Message.message(9, Message.text(1, key), Message.message(2, ...value))

/** A request with one scope, which has these spans. */
const request = (...spans: ReadonlyArray<ReadonlyArray<Message.Field>>): Uint8Array =>
  Message.body(
    Message.message(1, Message.message(2, ...spans.map((fields) => Message.message(2, ...fields)))),
  )

const good = (body: Uint8Array): Batch => {
  const parsed = parseProtobuf(body)
  if (E.isLeft(parsed)) throw new Error(DecodeError.show(parsed.left))
  return parsed.right
}

const only = (...fields: ReadonlyArray<Message.Field>): Span => {
  const { spans, rejected } = good(request([...IDS, ...fields]))
  const [span] = spans
  if (span === undefined) throw new Error(rejected.map(Rejected.show).join())
  return span
}

const error = (body: Uint8Array): string => {
  const parsed = parseProtobuf(body)
  return E.isLeft(parsed) ? DecodeError.show(parsed.left) : 'no error'
}

const merged = suite('protobuf: fields in any order, repeated and in parts')

merged('an empty body is a request without spans', () => {
  assert.equal(good(new Uint8Array()), { spans: [], rejected: [], repairs: {} })
})

merged('the last value of a repeated scalar wins', () => {
  const span = only(Message.text(5, 'first'), Message.text(5, 'last'))
  assert.is(span.name, 'last')
})

merged('a status in two parts is one status', () => {
  const span = only(
    Message.message(15, Message.text(2, 'broken')),
    Message.message(15, Message.number(3, 2)),
  )
  assert.equal(span.status, { code: 'ERROR', message: 'broken' })
})

merged('lists and maps in parts are joined, and another member replaces them', () => {
  const item = (value: number): Message.Field => Message.message(1, Message.number(3, value))
  const entry = (key: string, value: number): Message.Field =>
    Message.message(1, Message.text(1, key), Message.message(2, Message.number(3, value)))
  const span = only(
    attribute('list', Message.message(5, item(1)), Message.message(5, item(2))),
    attribute('map', Message.message(6, entry('a', 1)), Message.message(6, entry('b', 2))),
    attribute('other', Message.message(5, item(1)), Message.text(1, 'text')),
  )
  assert.equal(span.attributes, { list: [1, 2], map: { a: 1, b: 2 }, other: 'text' })
})

merged('a resource and a scope behind their spans, and in parts, belong to them', () => {
  const part = (key: string): Message.Field =>
    Message.message(
      1,
      Message.message(
        1,
        Message.text(1, key),
        Message.message(2, Message.text(1, `value of ${key}`)),
      ),
    )
  const spans = Message.message(
    2,
    Message.message(2, ...IDS),
    Message.message(1, Message.text(1, 'library')),
    Message.message(1, Message.text(2, '1.2')),
  )
  const { spans: found } = good(Message.body(Message.message(1, spans, part('a'), part('b'))))
  assert.equal(found[0]?.resource.attributes, { a: 'value of a', b: 'value of b' })
  assert.equal(found[0]?.scope, { name: 'library', version: '1.2', attributes: {} })
})

merged('spans in the field of releases before 1.0 are read', () => {
  const scope = Message.message(1000, Message.message(2, ...IDS, Message.text(5, 'old')))
  assert.is(good(Message.body(Message.message(1, scope))).spans[0]?.name, 'old')
})

merged('unknown fields of every wire type are skipped, also known ones of another type', () => {
  const unknown = [
    Message.number(100, 2n ** 64n - 1n),
    Message.fixed64(101, 1n),
    Message.text(102, 'text'),
    [...Message.varint((103 << 3) | 5), 1, 2, 3, 4],
    Message.number(5, 7),
  ]
  assert.is(only(...unknown, Message.text(5, 'known')).name, 'known')
})

merged.run()

const values = suite('protobuf: values')

values('integers of 64 bits are exact', () => {
  const integers = [0n, 127n, 128n, 2n ** 53n - 1n, 2n ** 53n, 2n ** 63n - 1n, -1n, -(2n ** 63n)]
  const span = only(
    ...integers.map((value, index) => attribute(String(index), Message.number(3, value))),
  )
  assert.equal(
    integers.map((_, index) => BigInt(String(span.attributes[index]))),
    integers,
  )
  assert.equal([typeof span.attributes[3], typeof span.attributes[4]], ['number', 'bigint'])
})

values('nanoseconds are exact to the microsecond', () => {
  const span = only(
    Message.fixed64(7, 1_795_800_000_123_456_789n),
    Message.fixed64(8, 2n ** 64n - 1n),
  )
  assert.is(span.startMicros, 1_795_800_000_123_456)
  assert.is(span.endMicros, Number((2n ** 64n - 1n) / 1000n))
})

values('a text that is not UTF-8 costs its invalid bytes, which are counted', () => {
  const body = request(
    [...IDS, Message.bytes(5, [0x61, 0xff, 0x62, 0xc3])],
    [...IDS, Message.text(5, 'sent \ufffd by the program')],
  )
  const { spans, repairs } = good(body)
  assert.equal(
    spans.map(({ name }) => name),
    ['a\ufffdb\ufffd', 'sent \ufffd by the program'],
  )
  assert.equal(repairs, { utf8: 2 })
})

values('a byte order mark is part of a text', () => {
  assert.is(only(Message.text(5, '\ufeffname')).name, '\ufeffname')
})

values('values below the deepest level become null and are counted', () => {
  let value: Message.Field = Message.number(3, 1)
  for (let level = 0; level < 300; level++) value = Message.message(5, Message.message(1, value))
  const { spans, repairs } = good(request([...IDS, attribute('deep', value)]))
  assert.is(spans.length, 1)
  assert.equal(repairs, { nested: 1 })
})

values.run()

const broken = suite('protobuf: what cannot be read')

broken('a body that was cut is an error with its place', () => {
  const body = request(IDS)
  assert.match(
    error(body.subarray(0, body.length - 3)),
    /^not protobuf: request: expected a value within the \d+ bytes that are left, got \d+ bytes at byte 2$/,
  )
})

broken(
  'groups, field 0, unknown wire types and overlong varints are errors with their place',
  () => {
    const bodies = [
      Message.body(Message.group(4)),
      new Uint8Array([0x02, 0x00]),
      new Uint8Array([0x0e]),
      new Uint8Array([0x08, ...new Array(11).fill(0x80)]),
      new Uint8Array([0x08]),
      new Uint8Array(new Array(11).fill(0x80)),
    ]
    assert.equal(bodies.map(error), [
      'not protobuf: request: expected a wire type of OTLP (0, 1, 2 or 5), got 3 at byte 1',
      'not protobuf: request: expected a field number, got 0 at byte 0',
      'not protobuf: request: expected a wire type of OTLP (0, 1, 2 or 5), got 6 at byte 1',
      'not protobuf: request: expected a varint of at most 10 bytes, got a longer one at byte 1',
      'not protobuf: request: expected a value, got the end of the message at byte 1',
      'not protobuf: request: expected a varint of at most 10 bytes, got a longer one at byte 0',
    ])
  },
)

broken('a span costs only itself', () => {
  const { spans, rejected } = good(
    request(
      [...IDS, Message.text(5, 'first')],
      [...IDS, Message.group(3)],
      [SPAN_ID],
      [Message.bytes(1, new Uint8Array(16)), SPAN_ID],
      [...IDS, Message.text(5, 'last')],
    ),
  )
  assert.equal(
    spans.map(({ name }) => name),
    ['first', 'last'],
  )
  assert.equal(
    rejected.map(Rejected.show).map((text) => text.replace(/ at byte \d+$/, '')),
    [
      'resourceSpans[0].scopeSpans[0].spans[1]: expected a wire type of OTLP (0, 1, 2 or 5), got 3',
      'resourceSpans[0].scopeSpans[0].spans[2].traceId: expected 16 bytes, not all zero, got nothing else',
      'resourceSpans[0].scopeSpans[0].spans[3].traceId: expected 16 bytes, not all zero, got 16 zeros',
    ],
  )
})

broken('a part costs only itself, and is counted', () => {
  const { spans, rejected, repairs } = good(
    request([
      ...IDS,
      Message.message(9, Message.text(1, 'bad'), Message.message(2, Message.group(1))),
      attribute('good', Message.text(1, 'value')),
      Message.message(13, Message.bytes(1, [1, 2, 3])),
      Message.message(11, Message.group(1)),
      Message.message(15, Message.group(1)),
    ]),
  )
  assert.equal(rejected, [])
  assert.equal(spans[0]?.attributes, { good: 'value' })
  assert.equal(spans[0]?.links, [])
  assert.equal(spans[0]?.events, [])
  assert.equal(repairs, { invalid_part: 4 })
})

broken('many parts of one list take linear time', () => {
  const part = Message.message(5, Message.message(1, Message.number(3, 1)))
  const list = new Uint8Array(part.length * 20_000)
  for (let i = 0; i < 20_000; i++) list.set(part, i * part.length)
  const span = only(Message.bytes(9, [...Message.text(1, 'list'), ...Message.bytes(2, list)]))
  assert.is((span.attributes['list'] as ReadonlyArray<unknown>).length, 20_000)
})

broken.run()
