import * as oracle from '@sentry-exporter/workspace/oracle'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as DecodeError from '../src/DecodeError.ts'
import * as _ from '../src/OtlpBytes.ts'
import * as OtlpInput from '../src/OtlpInput.ts'
import * as Message from './protobuf/message.ts'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

const SPAN = { traceId: 'ab'.repeat(16), spanId: 'cd'.repeat(8), name: 'GET /' }

const TRACES = { resourceSpans: [{ scopeSpans: [{ spans: [SPAN] }] }] }

const LOGS = {
  resourceLogs: [
    { scopeLogs: [{ logRecords: [{ timeUnixNano: '1', body: { stringValue: 'a' } }] }] },
  ],
}

const POINT = Message.message(1, Message.fixed64(6, 3n))

const METRIC = Message.message(
  2,
  Message.text(1, 'requests'),
  Message.message(7, POINT, Message.number(2, 2)),
)

/** As many bytes as the id of a trace. */
const CPU = Message.message(2, Message.text(1, 'system.cpu.usage'), Message.message(5, POINT))

const traces = oracle.encode(oracle.traces, TRACES)

const logs = oracle.encode(oracle.logs, LOGS)

const metrics = Message.body(Message.message(1, Message.message(2, METRIC, METRIC)))

const ofCpu = Message.body(Message.message(1, Message.message(2, CPU, METRIC)))

const good = (bytes: Uint8Array, encoding?: _.Encoding): OtlpInput.OtlpInput => {
  const parsed = _.parse(bytes, encoding)
  if (E.isLeft(parsed)) throw new Error(DecodeError.show(parsed.left))
  return parsed.right
}

const error = (bytes: Uint8Array, encoding?: _.Encoding): string => {
  const parsed = _.parse(bytes, encoding)
  return E.isLeft(parsed) ? DecodeError.show(parsed.left) : 'no error'
}

/** Spans, log records and metrics. */
const counts = ({ batch, logs: { records }, metrics: read }: OtlpInput.OtlpInput) => [
  batch.spans.length,
  records.length,
  read.metrics.length,
]

const recordsOf = (...bodies: ReadonlyArray<Uint8Array>): Uint8Array =>
  new Uint8Array(
    bodies.flatMap((body) => {
      const length = Buffer.alloc(4)
      length.writeUInt32BE(body.length)
      return [...length, ...body]
    }),
  )

const parse = suite('OtlpBytes.parse')

const FORMS: ReadonlyArray<readonly [string, Uint8Array, ReadonlyArray<number>]> = [
  ['traces in protobuf', traces, [1, 0, 0]],
  ['logs in protobuf', logs, [0, 1, 0]],
  ['metrics in protobuf', metrics, [0, 0, 2]],
  ['metrics whose name has 16 bytes', ofCpu, [0, 0, 2]],
  ['traces in JSON', utf8(JSON.stringify(TRACES)), [1, 0, 0]],
  ['JSON behind a line feed', utf8(`\n${JSON.stringify(TRACES)}`), [1, 0, 0]],
  [
    'lines of JSON behind a line feed',
    utf8(`\n${JSON.stringify(TRACES)}\n${JSON.stringify(LOGS)}`),
    [1, 1, 0],
  ],
  ['JSON in UTF-16', Buffer.from(`\ufeff${JSON.stringify(TRACES)}`, 'utf16le'), [1, 0, 0]],
  ['messages behind their lengths', recordsOf(traces, logs, metrics, traces), [2, 1, 2]],
]

for (const [name, bytes, expected] of FORMS) {
  parse(`reads ${name}`, () => assert.equal(counts(good(bytes)), expected))
}

parse('the bytes 0A 7B are the start of both encodings', () => {
  // A resource of 123 bytes, whose length is the code of a brace.
  const scope = Message.message(2, Message.message(2, ...IDS, Message.text(5, 'x'.repeat(89))))
  const protobuf = Message.body(Message.message(1, scope))
  assert.equal([...protobuf.subarray(0, 2)], [0x0a, 0x7b])
  assert.equal(counts(good(protobuf)), [1, 0, 0])
  const json = utf8(`\n${JSON.stringify(TRACES)}`)
  assert.equal([...json.subarray(0, 2)], [0x0a, 0x7b])
  assert.equal(counts(good(json)), [1, 0, 0])
})

const IDS = [
  Message.bytes(1, new Uint8Array(16).fill(0xab)),
  Message.bytes(2, new Uint8Array(8).fill(0xcd)),
]

parse('a given encoding decides', () => {
  assert.equal(counts(good(new Uint8Array(), 'protobuf')), [0, 0, 0])
  assert.equal(counts(good(traces, 'protobuf')), [1, 0, 0])
  assert.match(error(utf8('{}'), 'protobuf'), /^not protobuf: request: .* at byte \d+$/)
  assert.not.equal(error(traces, 'json'), 'no error')
})

parse('a message that was cut costs itself, and is named', () => {
  const bytes = recordsOf(traces, logs)
  const { unread, ...input } = good(bytes.subarray(0, bytes.length - 3))
  assert.is(input.batch.spans.length, 1)
  assert.equal(
    unread.map(({ place }) => place),
    ['message 2'],
  )
})

parse('text that is not UTF-8 is counted alike in both encodings', () => {
  const name = (text: string): Uint8Array =>
    Buffer.from(JSON.stringify(TRACES).replace('GET /', text), 'latin1')
  const json = good(name('a\u00ffb\u00c3'))
  const protobuf = good(
    Message.body(
      Message.message(
        1,
        Message.message(2, Message.message(2, ...IDS, Message.bytes(5, [0x61, 0xff, 0x62, 0xc3]))),
      ),
    ),
  )
  for (const input of [json, protobuf]) {
    assert.is(input.batch.spans[0]?.name, 'a\ufffdb\ufffd')
    assert.equal(OtlpInput.losses(input), { utf8: 2 })
  }
})

const KINDS: ReadonlyArray<readonly [ReadonlyArray<number>, string]> = [
  [[0x1f, 0x8b, 8, 0], 'data that is compressed with gzip'],
  [[0x28, 0xb5, 0x2f, 0xfd, 0], 'data that is compressed with zstd'],
  [[0x50, 0x4b, 3, 4], 'a zip archive'],
  [[1, 2, 3, 0], 'binary data'],
]

for (const [start, found] of KINDS) {
  parse(`describes ${found}`, () =>
    assert.is(
      error(new Uint8Array(start)),
      `expected a request of OTLP, with resourceSpans, resourceLogs or resourceMetrics, got ${found}`,
    ),
  )
}

parse.run()

const encodingOf = suite('OtlpBytes.encodingOf')

encodingOf('reads content types', () => {
  const types = [
    'application/json',
    'Application/JSON; charset=utf-8',
    'application/x-protobuf',
    'application/protobuf',
    'text/plain',
    undefined,
  ]
  assert.equal(types.map(_.encodingOf), [
    'json',
    'json',
    'protobuf',
    'protobuf',
    undefined,
    undefined,
  ])
})

encodingOf.run()
