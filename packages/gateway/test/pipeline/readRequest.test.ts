import * as oracle from '@sentry-exporter/workspace/oracle'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import { readRequest } from '../../src/pipeline/readRequest.ts'
import type { ReceivedRequest } from '../../src/receiver/Accept.ts'

const span = (fields: object = {}): object => ({
  traceId: 'a'.repeat(32),
  spanId: 'b'.repeat(16),
  name: 'work',
  ...fields,
})

const traces = (...spans: ReadonlyArray<object>): object => ({
  resourceSpans: [{ scopeSpans: [{ spans }] }],
})

const logs = (...logRecords: ReadonlyArray<object>): object => ({
  resourceLogs: [{ scopeLogs: [{ logRecords }] }],
})

const metrics = (...dataPoints: ReadonlyArray<object>): object => ({
  resourceMetrics: [{ scopeMetrics: [{ metrics: [{ name: 'jobs', gauge: { dataPoints } }] }] }],
})

const json = (value: unknown): Uint8Array =>
  new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value))

const { encode, logs: logsMessage, metrics: metricsMessage, traces: tracesMessage } = oracle

const MESSAGES = { logs: logsMessage, metrics: metricsMessage, traces: tracesMessage }

const protobuf = (signal: keyof typeof MESSAGES, value: object): Uint8Array =>
  encode(MESSAGES[signal], value as oracle.JsonRequest)

const request = (body: Uint8Array, fields: Partial<ReceivedRequest> = {}): ReceivedRequest => ({
  signal: 'traces',
  encoding: 'json',
  body,
  ...fields,
})

const read = suite('readRequest')

/** Spans, records, points, rejected, and a part of the message. */
const TAKEN: ReadonlyArray<
  readonly [title: string, ReceivedRequest, ReadonlyArray<number>, message: string]
> = [
  ['a request in JSON', request(json(traces(span()))), [1, 0, 0, 0], ''],
  [
    'a request in protobuf',
    request(protobuf('traces', traces(span())), { encoding: 'protobuf' }),
    [1, 0, 0, 0],
    '',
  ],
  [
    'log records in protobuf',
    request(protobuf('logs', logs({ body: { stringValue: 'a' } })), {
      signal: 'logs',
      encoding: 'protobuf',
    }),
    [0, 1, 0, 0],
    '',
  ],
  [
    'points in JSON',
    request(json(metrics({ asInt: '1' }, { asDouble: 0.5 })), { signal: 'metrics' }),
    [0, 0, 2, 0],
    '',
  ],
  [
    'points in protobuf',
    request(protobuf('metrics', metrics({ asInt: '1' })), {
      signal: 'metrics',
      encoding: 'protobuf',
    }),
    [0, 0, 1, 0],
    '',
  ],
  ['an empty body', request(new Uint8Array()), [0, 0, 0, 0], ''],
  ['an empty object', request(json({})), [0, 0, 0, 0], ''],
  ['an empty list', request(json({ resourceSpans: [] })), [0, 0, 0, 0], ''],
  ['unknown fields', request(json({ ...traces(span()), later: 1 })), [1, 0, 0, 0], ''],
  ['an object without a known key', request(json({ spans: [] })), [0, 0, 0, 0], 'the key "spans"'],
  [
    'the records of another signal',
    request(json(logs({ body: { stringValue: 'a' } }))),
    [0, 0, 0, 0],
    'resourceLogs in the place of resourceSpans',
  ],
  [
    'points in the place of records',
    request(json(metrics({ asInt: '1' })), { signal: 'logs' }),
    [0, 0, 0, 0],
    'resourceMetrics in the place of resourceLogs',
  ],
  [
    'spans in the place of points',
    request(json(traces(span())), { signal: 'metrics' }),
    [0, 0, 0, 0],
    'resourceSpans in the place of resourceMetrics',
  ],
  [
    'of several signals that of the path',
    request(json({ ...traces(span()), ...metrics({ asInt: '1' }) }), { signal: 'metrics' }),
    [0, 0, 1, 0],
    '',
  ],
  [
    'a point with a bad value',
    request(json(metrics({ asInt: '1' }, { asInt: 'x' })), { signal: 'metrics' }),
    [0, 0, 1, 1],
    'dataPoints[1].asInt',
  ],
  ['a span without an id', request(json(traces(span(), { name: 'x' }))), [1, 0, 0, 1], 'spans[1]'],
]

for (const [title, given, counts, message] of TAKEN) {
  read(`takes ${title}`, () => {
    const result = readRequest(given)
    if (E.isLeft(result)) return assert.unreachable(result.left)
    const { input, rejected } = result.right
    const { batch, logs: records, metrics: found } = input
    const points = found.metrics.flatMap(({ data }): ReadonlyArray<unknown> => data.points)
    assert.equal([batch.spans.length, records.records.length, points.length, rejected], counts)
    assert.ok(result.right.message.includes(message), result.right.message)
    assert.is(result.right.message === '', message === '')
  })
}

const REFUSED: ReadonlyArray<readonly [title: string, ReceivedRequest, message: string]> = [
  ['text that is not JSON', request(json('{"resourceSpans":[')), 'not JSON'],
  ['a list', request(json('[]')), 'expected a request of OTLP'],
  ['a number', request(json('7')), 'expected a request of OTLP'],
  [
    'a wrong structure of metrics',
    request(json({ resourceMetrics: 'x' }), { signal: 'metrics' }),
    'resourceMetrics',
  ],
  ['a wrong structure', request(json({ resourceSpans: 'x' })), 'resourceSpans'],
  [
    'bytes that are not protobuf',
    request(json('{"a":1}'), { encoding: 'protobuf' }),
    'not protobuf',
  ],
]

for (const [title, given, message] of REFUSED) {
  read(`refuses ${title}`, () => {
    const result = readRequest(given)
    assert.ok(E.isLeft(result))
    if (E.isLeft(result)) assert.match(result.left, message)
  })
}

read('names three reasons, and the number of the others', () => {
  const bad = Array.from({ length: 5 }, () => ({ name: 'x' }))
  const result = readRequest(request(json(traces(...bad))))
  assert.ok(E.isRight(result) && result.right.rejected === 5)
  if (E.isRight(result)) assert.match(result.right.message, /spans\[2\].*; 2 more$/)
})

read.run()
