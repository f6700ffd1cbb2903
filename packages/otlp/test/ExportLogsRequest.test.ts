import type { LogBatch } from '@sentry-exporter/core'
import * as Rejected from '@sentry-exporter/core/Rejected'
import * as Scope from '@sentry-exporter/core/Scope'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as DecodeError from '../src/DecodeError.ts'
import * as _ from '../src/ExportLogsRequest.ts'

const TRACE = '5b8efff798038103d269b633813fc60c'
const SPAN = 'eee19b7ec3c1b174'

const good = (value: unknown): LogBatch.LogBatch => {
  const decoded = _.decode(value)
  if (E.isLeft(decoded)) throw new Error(DecodeError.show(decoded.left))
  return decoded.right
}

const request = (...logRecords: ReadonlyArray<unknown>): unknown => ({
  resourceLogs: [
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] },
      scopeLogs: [{ logRecords }],
    },
  ],
})

const decode = suite('ExportLogsRequest.decode')

decode('reads all fields of a record', () => {
  const { records, rejected } = good(
    request({
      timeUnixNano: '1700000000000000999',
      observedTimeUnixNano: '1700000001000000007',
      severityNumber: 17,
      severityText: 'ERROR',
      eventName: 'exception',
      body: { stringValue: 'it failed' },
      attributes: [
        { key: 'exception.type', value: { stringValue: 'TypeError' } },
        { key: 'ratio', value: { doubleValue: 2 } },
      ],
      traceId: TRACE.toUpperCase(),
      spanId: SPAN,
      flags: 257,
      droppedAttributesCount: 3,
    }),
  )
  assert.equal(rejected, [])
  const [record] = records
  assert.equal(
    record === undefined ? record : { ...record, resource: record.resource.attributes },
    {
      traceId: TRACE,
      spanId: SPAN,
      timeMicros: 1_700_000_000_000_000,
      timeNanos: 999,
      observedMicros: 1_700_000_001_000_000,
      observedNanos: 7,
      severity: 17,
      severityText: 'ERROR',
      eventName: 'exception',
      body: 'it failed',
      attributes: { 'exception.type': 'TypeError', ratio: 2 },
      doubles: ['ratio'],
      droppedAttributes: 3,
      flags: 257,
      resource: { 'service.name': 'shop' },
      scope: Scope.unknown,
    },
  )
})

decode(
  'uses the observed time of a record without a time, and reads absent ids as undefined',
  () => {
    const { records } = good(
      request(
        { observedTimeUnixNano: '1700000001000000042', traceId: '', spanId: '0'.repeat(16) },
        {},
      ),
    )
    assert.equal(
      records.map(({ timeMicros: time, timeNanos, traceId, spanId, severity }) => [
        time,
        timeNanos,
        traceId,
        spanId,
        severity,
      ]),
      [
        [1_700_000_001_000_000, 42, undefined, undefined, 0],
        [0, 0, undefined, undefined, 0],
      ],
    )
  },
)

decode('reads severities by number and by name', () => {
  const severities = ['SEVERITY_NUMBER_ERROR', 'SEVERITY_NUMBER_FATAL4', 9].map(
    (severityNumber) => good(request({ severityNumber })).records[0]?.severity,
  )
  assert.equal(severities, [17, 24, 9])
})

decode('reads times in every form with their nanoseconds, if the form has them', () => {
  for (const [timeUnixNano, micros, nanos] of [
    ['1700000000000000999', 1_700_000_000_000_000, 999],
    ['1999', 1, 999],
    [1_999, 1, 999],
    [8_999_999_999_999_999, 8_999_999_999_999, 999],
    [1_700_000_000_000_001_999n, 1_700_000_000_000_001, 999],
    ['1.7e18', 1_700_000_000_000_000, 0],
  ] as const) {
    const [record] = good(request({ timeUnixNano })).records
    assert.equal([record?.timeMicros, record?.timeNanos], [micros, nanos], String(timeUnixNano))
  }
})

decode('has the defaults of protobuf for new fields that are absent or invalid', () => {
  const bad = { severityText: 7, eventName: {}, flags: -1, droppedAttributesCount: 'x' }
  const { records, repairs } = good(request({}, bad))
  for (const { severityText, eventName, flags, droppedAttributes, observedMicros } of records) {
    assert.equal(
      [severityText, eventName, flags, droppedAttributes, observedMicros],
      ['', '', 0, 0, 0],
    )
  }
  assert.equal(repairs, { invalid_part: 4 })
})

decode('leaves out the invalid part of a record, and names its path', () => {
  const places = (...records: ReadonlyArray<unknown>): ReadonlyArray<string> => {
    const { invalidParts = [], rejected, records: read } = good(request(...records))
    assert.is(read.length + rejected.length, records.length)
    return [...rejected, ...invalidParts].map(Rejected.show)
  }
  const at = 'resourceLogs[0].scopeLogs[0].logRecords'
  assert.equal(places({}, 7, { traceId: 'x' }, { spanId: {} }), [
    `${at}[1]: expected a log record, got 7`,
    `${at}[2].traceId: expected 32 hex characters, not all zero, got "x"`,
    `${at}[3].spanId: expected 16 hex characters, not all zero, got an object`,
  ])
  assert.equal(places({ severityNumber: 'loud' }), [
    `${at}[0].severityNumber: expected an unsigned 32-bit integer, got "loud"`,
  ])
  assert.equal(places({ body: { intValue: 'x' } }), [
    `${at}[0].body.intValue: expected a 64-bit integer, got "x"`,
  ])
  const attributes = [{ key: 'a', value: { stringValue: 'b' } }]
  assert.equal(places({ timeUnixNano: 'x', body: { stringValue: 'y' }, attributes }), [
    `${at}[0].timeUnixNano: expected nanoseconds since 1970, got "x"`,
  ])
})

decode('keeps everything else of a record with an invalid part', () => {
  const attributes = [{ key: 'a', value: { stringValue: 'b' } }]
  const { records, repairs } = good(
    request({ traceId: 'x', spanId: SPAN, severityNumber: 17, body: 7, attributes }),
  )
  const [record] = records
  assert.equal(
    [record?.traceId, record?.spanId, record?.severity, record?.body, record?.attributes],
    [undefined, SPAN, 17, null, { a: 'b' }],
  )
  assert.equal(repairs, { invalid_part: 2 })
})

decode('reads the original field names, and those before OTLP 0.15', () => {
  const logs = [{ trace_id: TRACE, span_id: SPAN, time_unix_nano: '1000', severity_number: 17 }]
  const { records, repairs } = good({
    resource_logs: [{ instrumentation_library_logs: [{ log_records: logs }, { logs }] }],
  })
  assert.equal(
    records.map(({ traceId, spanId, timeMicros, severity }) => [
      traceId,
      spanId,
      timeMicros,
      severity,
    ]),
    [
      [TRACE, SPAN, 1, 17],
      [TRACE, SPAN, 1, 17],
    ],
  )
  assert.equal(repairs, {})
})

decode('fails for input that is not a request', () => {
  for (const [value, place] of [
    [7, 'request: expected an object, got 7'],
    [{ resourceLogs: 7 }, 'resourceLogs: expected an array, got 7'],
  ] as const) {
    const decoded = _.decode(value)
    assert.ok(E.isLeft(decoded))
    assert.is(DecodeError.show(decoded.left), place)
  }
  assert.ok(E.isLeft(_.parse('{')))
  assert.ok(E.isRight(_.parse('{}')))
})

decode.run()
