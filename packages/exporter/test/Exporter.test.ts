import { readFileSync } from 'node:fs'
import { inspect } from 'node:util'
import { gzipSync } from 'node:zlib'
import * as FakeClock from '@sentry-exporter/testing/FakeClock'
import * as InMemorySentry from '@sentry-exporter/testing/InMemorySentry'
import * as recordingHttp from '@sentry-exporter/testing/recordingHttp'
import * as TransportError from '@sentry-exporter/transport/TransportError'
import * as oracle from '@sentry-exporter/workspace/oracle'
import * as Recorded from '@sentry-exporter/workspace/Recorded'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as _ from '../src/Exporter.ts'
import * as Outcome from '../src/Outcome.ts'

const DSN = 'https://key:hush@host/1'

const span = (id: string, fields: object = {}): object => ({
  traceId: 'a'.repeat(32),
  spanId: id.repeat(16),
  name: 'work',
  startTimeUnixNano: '1700000000000000000',
  endTimeUnixNano: '1700000000000000000',
  ...fields,
})

const request = (...spans: ReadonlyArray<object>): string =>
  JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] })

const TREE = request(span('b'), span('c', { parentSpanId: 'b'.repeat(16) }))

const open = suite('Exporter.open')

open('throws one readable error for a configuration that cannot work, without the secret', () => {
  const { http } = recordingHttp.make(() => recordingHttp.answering(200))
  try {
    _.open({ dsn: 'https://key:hush@host/x' }, http)
    assert.unreachable('it should have failed')
  } catch (error) {
    assert.instance(error, Error)
    assert.is((error as Error).name, 'ConfigError')
    assert.match((error as Error).message, 'dsn: ')
    assert.not.match(inspect(error), 'hush')
  }
})

open('refuses to skip verification over an Http that verifies', () => {
  const { http } = recordingHttp.make(() => recordingHttp.answering(200))
  assert.throws(() => _.open({ dsn: DSN, insecureSkipVerify: true }, http), 'insecureSkipVerify')
  const lax = Object.assign(http, { skipsVerify: true })
  _.open({ dsn: DSN, insecureSkipVerify: true }, lax)
})

open.run()

const exportOtlp = suite('Exporter.exportOtlp')

exportOtlp('reads protobuf, by its content type or by its bytes', async () => {
  for (const options of [undefined, { contentType: 'application/x-protobuf' }]) {
    const { http } = recordingHttp.make(() => recordingHttp.answering(200))
    const exporter = _.open({ dsn: DSN }, http)
    const body = oracle.encode(oracle.traces, JSON.parse(TREE))
    const outcome = await exporter.exportOtlp(body, options)
    await exporter.shutdown(1_000)
    assert.equal([outcome.spansIn, outcome.problems], [2, []])
  }
  const { http } = recordingHttp.make(() => recordingHttp.answering(200))
  const exporter = _.open({ dsn: DSN }, http)
  const wrong = await exporter.exportOtlp(TREE, { contentType: 'application/json' })
  const refused = await exporter.exportOtlp(new TextEncoder().encode(TREE), {
    contentType: 'application/x-protobuf',
  })
  await exporter.shutdown(1_000)
  assert.is(wrong.spansIn, 2)
  assert.match(refused.problems.join(), 'not protobuf')
})

exportOtlp('sends text or bytes, and counts them as delivered', async () => {
  for (const body of [TREE, new TextEncoder().encode(TREE)]) {
    const recording = recordingHttp.make(() => recordingHttp.answering(200))
    const exporter = _.open({ dsn: DSN }, recording.http, FakeClock.make())
    const outcome = await exporter.exportOtlp(body)
    assert.is(Outcome.show(outcome), '2 spans in, 1 transaction, 0 errors, nothing lost')
    assert.equal(outcome.delivered, { transactions: 1, spans: 2, errors: 0, logs: 0, metrics: 0 })
    assert.is(recording.requests.length, 1)
  }
})

exportOtlp('delivers recorded requests whole', async () => {
  for (const recorded of Recorded.all) {
    const recording = recordingHttp.make(() => recordingHttp.answering(200))
    const clock = FakeClock.make(Recorded.endMillis(recorded))
    const exporter = _.open({ dsn: DSN }, recording.http, clock)
    for (const file of recorded.files) await exporter.exportOtlp(readFileSync(file))
    const total = await exporter.shutdown(1_000)
    assert.is(total.spansIn, recorded.name === 'shop-old-json' ? 3417 : 2817)
    assert.is(total.delivered.transactions + total.delivered.errors, recording.requests.length)
    assert.equal([total.rejected, total.dropped], [{ error_copy: 14 }, {}])
  }
})

exportOtlp('never rejects: an invalid request is a problem of the outcome', async () => {
  const recording = recordingHttp.make(() => recordingHttp.answering(200))
  const exporter = _.open({ dsn: DSN }, recording.http)
  const outcome = await exporter.exportOtlp('{"resourceSpans": 1}')
  assert.equal(outcome.problems, ['resourceSpans: expected an array, got 1'])
  assert.is((await exporter.exportOtlp('nonsense')).problems.length, 1)
  assert.is(recording.requests.length, 0)
})

exportOtlp('names the place of an invalid span, and sends the rest', async () => {
  const recording = recordingHttp.make(() => recordingHttp.answering(200))
  const exporter = _.open({ dsn: DSN }, recording.http, FakeClock.make())
  const outcome = await exporter.exportOtlp(request(span('b'), span('x')))
  assert.is(outcome.spansIn, 2)
  assert.equal(outcome.rejected, { invalid: 1 })
  assert.match(outcome.problems.join(), 'resourceSpans[0].scopeSpans[0].spans[1].spanId')
  assert.is(recording.requests.length, 1)
})

const REASONS: ReadonlyArray<readonly [string, ReturnType<recordingHttp.RecordingHttp['http']>]> = [
  ['send_error', () => Promise.resolve(recordingHttp.answering(500))],
  ['send_error', () => Promise.resolve(recordingHttp.answering(403))],
  ['rate_limited', () => Promise.resolve(recordingHttp.answering(429))],
  ['network_error', () => Promise.resolve(E.left(TransportError.unreachable('ECONNREFUSED')))],
  ['network_error', () => Promise.resolve(E.left(TransportError.timedOut(5)))],
]

for (const [reason, answer] of REASONS) {
  exportOtlp(`counts what was not taken as ${reason}`, async () => {
    const exporter = _.open({ dsn: DSN, maxAttempts: 1 }, () => answer)
    const outcome = await exporter.exportOtlp(TREE)
    assert.equal(outcome.dropped, { [reason]: 2 })
    assert.equal(outcome.delivered, { transactions: 0, spans: 0, errors: 0, logs: 0, metrics: 0 })
    assert.is(outcome.problems.length, 1)
  })
}

exportOtlp('counts lost errors beside lost spans', async () => {
  const events = [
    { name: 'exception', attributes: [{ key: 'exception.type', value: { stringValue: 'A' } }] },
  ]
  const { http } = recordingHttp.make(() => recordingHttp.answering(500))
  const outcome = await _.open({ dsn: DSN }, http).exportOtlp(
    request(span('b', { events, status: { code: 2 } })),
  )
  assert.equal(outcome.droppedErrors, { send_error: 1 })
  assert.match(Outcome.show(outcome), 'send_error 1, 1 error lost: send_error')
})

exportOtlp('sends only errors, or only transactions, as configured', async () => {
  const events = [
    { name: 'exception', attributes: [{ key: 'exception.type', value: { stringValue: 'A' } }] },
  ]
  const body = request(span('b', { events, status: { code: 2 } }))
  const total = async (input: object): Promise<Outcome.Outcome> => {
    const { http } = recordingHttp.make(() => recordingHttp.answering(200))
    return _.open({ dsn: DSN, ...input }, http, FakeClock.make()).exportOtlp(body)
  }
  const both = await total({})
  assert.equal(both.delivered, { transactions: 1, spans: 1, errors: 1, logs: 0, metrics: 0 })
  const alone = await total({ transactions: false })
  assert.equal(alone.delivered, { transactions: 0, spans: 0, errors: 1, logs: 0, metrics: 0 })
  assert.equal(alone.rejected, { transactions_off: 1 })
  const none = await total({ errors: 'none' })
  assert.equal(none.delivered, { transactions: 1, spans: 1, errors: 0, logs: 0, metrics: 0 })
  assert.equal(none.rejected, { error_breadcrumb: 1 })
})

exportOtlp('retries what may succeed later, and counts the retries', async () => {
  const clock = FakeClock.make()
  const { http, requests } = recordingHttp.make((_request, index) =>
    index < 2 ? E.left(TransportError.unreachable('ECONNRESET')) : recordingHttp.answering(200),
  )
  const exporting = _.open({ dsn: DSN }, http, clock).exportOtlp(TREE)
  await clock.advance(10_000)
  const outcome = await exporting
  assert.equal([outcome.delivered.spans, outcome.retried, requests.length], [2, 2, 3])
  assert.is(Outcome.show(outcome), '2 spans in, 1 transaction, 0 errors, 2 retried, nothing lost')
})

exportOtlp('drops nothing of what came together, however much it is', async () => {
  const { http } = recordingHttp.make(() => recordingHttp.answering(200))
  const exporter = _.open({ dsn: DSN, maxQueueItems: 1 }, http)
  const spans = Array.from({ length: 200 }, (_, i) => ({
    ...span('b'),
    traceId: String(i).padStart(32, 'a'),
  }))
  const outcome = await exporter.exportOtlp(request(...spans))
  assert.equal(outcome.delivered.transactions, 200)
  assert.equal(outcome.dropped, {})
})

exportOtlp(
  'keeps the bounds of its queue if the caller does not wait, and counts the rest',
  async () => {
    const clock = FakeClock.make()
    const exporter = _.open(
      { dsn: DSN, maxQueueItems: 5, concurrency: 2 },
      () => () => new Promise(() => undefined),
      clock,
    )
    for (let i = 0; i < 20; i++) {
      void exporter.exportOtlp(request({ ...span('b'), traceId: String(i).padStart(32, 'a') }))
    }
    const flushing = exporter.flush(100)
    await clock.advance(100)
    const outcome = await flushing
    assert.equal(
      [outcome.spansIn, outcome.dropped, outcome.waiting],
      [20, { queue_overflow: 13 }, 7],
    )
    const closing = exporter.shutdown(1)
    await clock.advance(1)
    const total = await closing
    assert.equal(total.dropped, { queue_overflow: 13, network_error: 2, shutdown: 5 })
    assert.is(total.waiting, 0)
    assert.is(clock.pending(), 0)
  },
)

exportOtlp('keeps to the limits that were announced, and reports what that cost', async () => {
  const clock = FakeClock.make()
  const { http, requests } = recordingHttp.make(() =>
    recordingHttp.answering(200, { 'x-sentry-rate-limits': '60:transaction:key' }),
  )
  const exporter = _.open({ dsn: DSN }, http, clock)
  await exporter.exportOtlp(TREE)
  const events = [
    { name: 'exception', attributes: [{ key: 'exception.type', value: { stringValue: 'A' } }] },
  ]
  const outcome = await exporter.exportOtlp(request(span('d', { events, status: { code: 2 } })))
  assert.equal(outcome.dropped, { ratelimit_backoff: 1 })
  assert.is(outcome.delivered.errors, 1)
  await exporter.flush(1_000)
  const last = new TextDecoder().decode(requests.at(-1)?.body)
  assert.match(last, '"reason":"ratelimit_backoff","category":"transaction","quantity":1')
  assert.match(last, '"reason":"ratelimit_backoff","category":"span","quantity":1')
  assert.is(requests.length, 3)
})

exportOtlp('writes client reports that Sentry takes as they are', async () => {
  const clock = FakeClock.make()
  const sentry = InMemorySentry.make()
  sentry.limit({ categories: ['transaction'], untilMillis: clock.now() + 60_000, scope: 'key' })
  const exporter = _.open({ dsn: sentry.dsn }, sentry.http(clock), clock)
  assert.equal((await exporter.exportOtlp(TREE)).dropped, { rate_limited: 2 })
  assert.equal((await exporter.exportOtlp(request(span('d')))).dropped, { ratelimit_backoff: 1 })
  await exporter.flush(1_000)
  assert.is(sentry.received.length, 2)
  const [last] = sentry.received.slice(-1)
  assert.equal(
    last?.verdicts.map((verdict) => ('item' in verdict ? [verdict._tag, verdict.item.type] : [])),
    [['Kept', 'client_report']],
  )
})

exportOtlp('reports what was left out on purpose, as the server counts it', async () => {
  const reported = async (input: object, fields: object): Promise<string> => {
    const { http, requests } = recordingHttp.make(() => recordingHttp.answering(200))
    const exporter = _.open({ dsn: DSN, ...input }, http, FakeClock.make())
    await exporter.exportOtlp(request(span('b', fields)))
    await exporter.flush(1_000)
    return requests.map(({ body }) => new TextDecoder().decode(body)).join('\n')
  }
  const failed = {
    events: [
      {
        name: 'exception',
        attributes: [{ key: 'exception.type', value: { stringValue: 'AbortError' } }],
      },
    ],
    status: { code: 2 },
  }
  const entry = (reason: string, category: string): string =>
    `{"reason":"${reason}","category":"${category}","quantity":1}`
  assert.match(await reported({ sampleRate: 0 }, {}), entry('sample_rate', 'span'))
  assert.match(await reported({ beforeSendSpan: () => null }, {}), entry('before_send', 'span'))
  assert.match(await reported({}, failed), entry('ignored', 'error'))
  assert.match(
    await reported({ ignoreErrors: [], beforeSendError: () => null }, failed),
    entry('before_send', 'error'),
  )
  assert.not.match(await reported({}, {}), 'discarded_events')
})

exportOtlp(
  'routes whole segments by the resource of their entry, each to its own limits',
  async () => {
    const clock = FakeClock.make()
    const { http, requests } = recordingHttp.make(({ url }) =>
      url.includes('/api/2/') ? recordingHttp.answering(429) : recordingHttp.answering(200),
    )
    const of = (service: string, ...spans: ReadonlyArray<object>): object => ({
      resource: { attributes: [{ key: 'service.name', value: { stringValue: service } }] },
      scopeSpans: [{ spans }],
    })
    const exporter = _.open(
      { dsn: DSN, routes: [{ match: { 'service.name': 'a' }, dsn: 'https://other@host/2' }] },
      http,
      clock,
    )
    const body = JSON.stringify({
      resourceSpans: [
        of('a', span('b'), span('c', { parentSpanId: 'b'.repeat(16), flags: 257 })),
        of('x', span('d', { parentSpanId: 'c'.repeat(16), flags: 769 })),
      ],
    })
    const outcome = await exporter.exportOtlp(body)
    assert.equal([outcome.dropped, outcome.delivered.spans], [{ rate_limited: 2 }, 1])
    assert.equal((await exporter.exportOtlp(body)).delivered.spans, 0)
    assert.equal(
      requests.map(({ url, headers }) => [
        url,
        /sentry_key=(\w+)/.exec(headers['x-sentry-auth'] ?? '')?.[1],
      ]),
      [
        ['https://host/api/2/envelope/', 'other'],
        ['https://host/api/1/envelope/', 'key'],
      ],
    )
    for (const { body: bytes } of requests) {
      assert.match(new TextDecoder().decode(bytes), '"public_key":"key"')
    }
  },
)

exportOtlp.run()

const exportLogs = suite('Exporter.exportLogs')

const logs = (...logRecords: ReadonlyArray<object>): string =>
  JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords }] }] })

const EXCEPTION = [{ key: 'exception.type', value: { stringValue: 'A' } }]

const MIXED = logs(
  { severityNumber: 17, attributes: EXCEPTION },
  { body: { stringValue: 'hello' } },
  { traceId: 7 },
)

exportLogs('sends records as logs after five seconds, and their exceptions as errors', async () => {
  const recording = recordingHttp.make(() => recordingHttp.answering(200))
  const clock = FakeClock.make()
  const exporter = _.open({ dsn: DSN }, recording.http, clock)
  const outcome = await exporter.exportLogs(MIXED)
  assert.equal([outcome.logsIn, outcome.rejected], [3, { invalid_part: 1 }])
  assert.is(outcome.problems.length, 1)
  await clock.advance(4_999)
  assert.equal([exporter.outcome().waitingLogs, recording.requests.length], [3, 0])
  await clock.advance(1)
  assert.equal([exporter.outcome().waitingLogs, recording.requests.length], [0, 1])
  await clock.advance(5_000)
  const total = await exporter.shutdown(1_000)
  assert.equal(total.delivered, { transactions: 0, spans: 0, errors: 1, logs: 3, metrics: 0 })
  assert.is(total.spansIn, 0)
})

exportLogs('without logs: sends the exceptions of records, and counts the others', async () => {
  const recording = recordingHttp.make(() => recordingHttp.answering(200))
  const clock = FakeClock.make()
  const exporter = _.open({ dsn: DSN, logs: false }, recording.http, clock)
  const outcome = await exporter.exportLogs(MIXED)
  assert.equal([outcome.logsIn, outcome.rejected], [0, { invalid_part: 1, log_record: 2 }])
  assert.is(outcome.problems.length, 1)
  assert.is(recording.requests.length, 0)
  await clock.advance(10_000)
  const total = await exporter.shutdown(1_000)
  assert.equal(total.delivered, { transactions: 0, spans: 0, errors: 1, logs: 0, metrics: 0 })
  assert.is(total.spansIn, 0)
})

exportLogs(
  'never rejects: an invalid request, or one after the shutdown, is a problem of the outcome',
  async () => {
    const recording = recordingHttp.make(() => recordingHttp.answering(200))
    const exporter = _.open({ dsn: DSN }, recording.http)
    assert.match((await exporter.exportLogs('{')).problems[0] ?? '', 'not JSON')
    await exporter.shutdown(1_000)
    const outcome = await exporter.exportLogs(logs({ severityNumber: 17, attributes: EXCEPTION }))
    assert.match(outcome.problems[0] ?? '', 'shut down')
  },
)

exportLogs('counts records after the shutdown, and their exceptions as errors', async () => {
  const body = logs({ severityNumber: 17, attributes: EXCEPTION }, {}, {}, 7 as never)
  for (const [isOn, rejected, droppedLogs, logsIn] of [
    [true, { invalid_record: 1 }, { shutdown: 3 }, 4],
    [false, { invalid_record: 1, log_record: 2 }, {}, 0],
  ] as const) {
    const { http } = recordingHttp.make(() => recordingHttp.answering(200))
    const exporter = _.open({ dsn: DSN, logs: isOn }, http)
    await exporter.shutdown(1_000)
    const outcome = await exporter.exportLogs(body)
    assert.equal(outcome.droppedErrors, { shutdown: 1 })
    assert.equal(
      [outcome.rejected, outcome.droppedLogs, outcome.logsIn],
      [rejected, droppedLogs, logsIn],
    )
  }
})

exportLogs('reads spans and records from one body, whichever method it is given to', async () => {
  const body = `${TREE}\n${logs({ severityNumber: 17, attributes: EXCEPTION })}`
  for (const method of ['exportOtlp', 'exportLogs', 'exportMetrics'] as const) {
    const { http } = recordingHttp.make(() => recordingHttp.answering(200))
    const exporter = _.open({ dsn: DSN }, http, FakeClock.make())
    await exporter[method](body)
    const total = await exporter.shutdown(1_000)
    assert.equal(total.delivered, { transactions: 1, spans: 2, errors: 1, logs: 1, metrics: 0 })
  }
})

exportLogs.run()

const anything = suite('Exporter: bodies of any type')

anything('a promise always resolves, and a body that cannot be read is counted', async () => {
  const { http } = recordingHttp.make(() => recordingHttp.answering(200))
  const exporter = _.open({ dsn: DSN }, http, FakeClock.make())
  const bodies = [undefined, null, 5, Symbol('x'), () => 1, new ArrayBuffer(4), [1], new Map()]
  for (const body of bodies) {
    for (const method of [exporter.exportOtlp, exporter.exportLogs]) {
      // A caller in JavaScript may give anything.
      const outcome = await method(body as never)
      assert.equal([outcome.rejected, outcome.problems.length], [{ invalid_request: 1 }, 1])
    }
  }
  const { rejected } = await exporter.flush(1_000)
  assert.equal(rejected, { invalid_request: 2 * bodies.length })
})

anything('a batch that was made by hand and lacks a field is counted', async () => {
  const { http } = recordingHttp.make(() => recordingHttp.answering(200))
  const exporter = _.open({ dsn: DSN }, http, FakeClock.make())
  // As above.
  const lost = await exporter.exportBatch(undefined as never)
  assert.equal(lost.rejected, { invalid_request: 1 })
  const batch = { spans: [undefined], rejected: [], repairs: {} } as never
  const outcome = await exporter.exportBatch(batch)
  assert.equal([outcome.spansIn, outcome.rejected], [1, { invalid: 1 }])
  assert.is((await exporter.exportOtlp(TREE)).delivered.spans, 2)
})

anything('options of any type do not reject', async () => {
  const { http } = recordingHttp.make(() => recordingHttp.answering(200))
  const exporter = _.open({ dsn: DSN }, http, FakeClock.make())
  const throwing = new Proxy(
    {},
    {
      get: () => {
        throw new Error('x')
      },
    },
  )
  for (const options of [
    null,
    5,
    'x',
    { contentType: 5 },
    { contentType: 'text/html' },
    throwing,
  ]) {
    // As above.
    const { spansIn, problems } = await exporter.exportOtlp(TREE, options as never)
    assert.equal([spansIn, problems], [2, []])
  }
})

anything('gzip is read', async () => {
  const { http } = recordingHttp.make(() => recordingHttp.answering(200))
  const exporter = _.open({ dsn: DSN }, http, FakeClock.make())
  assert.is((await exporter.exportOtlp(gzipSync(TREE))).delivered.spans, 2)
})

anything.run()

const flush = suite('Exporter.flush')

flush('sends waiting spans, and counts those that are left', async () => {
  const recording = recordingHttp.make(() => recordingHttp.answering(200))
  const clock = FakeClock.make()
  const exporter = _.open({ dsn: DSN, assembly: 'gateway' }, recording.http, clock)
  const outcome = await exporter.exportOtlp(TREE)
  assert.is(outcome.waiting, 2)
  assert.is(recording.requests.length, 0)
  assert.is(Outcome.show(outcome), '2 spans in, 0 transactions, 0 errors, 2 waiting, nothing lost')
  const flushed = await exporter.flush(1_000)
  assert.is(flushed.waiting, 0)
  assert.is(flushed.delivered.spans, 2)
})

flush('releases less on request: entered segments, or nothing', async () => {
  const { http, requests } = recordingHttp.make(() => recordingHttp.answering(200))
  const exporter = _.open({ dsn: DSN, assembly: 'gateway' }, http)
  const orphan = span('d', { parentSpanId: 'e'.repeat(16) })
  await exporter.exportOtlp(request(span('b'), orphan))
  assert.is((await exporter.flush(1_000, 'none')).waiting, 2)
  assert.is(requests.length, 0)
  assert.is((await exporter.flush(1_000, 'entered')).waiting, 1)
  assert.is(requests.length, 1)
  assert.is((await exporter.shutdown(1_000)).delivered.spans, 2)
})

flush('counts the envelopes that are not answered', async () => {
  let answer: () => void = () => undefined
  const answered = new Promise<void>((resolve) => {
    answer = resolve
  })
  const exporter = _.open({ dsn: DSN }, () => async () => {
    await answered
    return recordingHttp.answering(200)
  })
  const sending = exporter.exportOtlp(TREE)
  assert.is(exporter.backlog().unanswered, 1)
  answer()
  await sending
  assert.is(exporter.backlog().unanswered, 0)
  await exporter.shutdown(1_000)
})

flush('counts spans that are still being sent as waiting', async () => {
  const clock = FakeClock.make()
  const exporter = _.open({ dsn: DSN }, () => () => new Promise(() => undefined), clock)
  void exporter.exportOtlp(TREE)
  const flushing = exporter.flush(500)
  await clock.advance(500)
  const left = await flushing
  assert.is(left.spansIn, 2)
  assert.is(left.waiting, 2)
})

flush(
  'joins a trace that came in several requests, children first, also under calls that overlap',
  async () => {
    const recording = recordingHttp.make(() => recordingHttp.answering(200))
    const exporter = _.open({ dsn: DSN, assembly: 'gateway' }, recording.http, FakeClock.make())
    await Promise.all([
      exporter.exportOtlp(request(span('c', { parentSpanId: 'b'.repeat(16), flags: 257 }))),
      exporter.exportOtlp(request(span('b'))),
      exporter.exportOtlp(request(span('d', { parentSpanId: 'c'.repeat(16), flags: 257 }))),
    ])
    const flushed = await exporter.flush(1_000)
    assert.equal(flushed.delivered, { transactions: 1, spans: 3, errors: 0, logs: 0, metrics: 0 })
    assert.is(flushed.spansIn, 3)
  },
)

flush('sends what time made ready without being asked', async () => {
  const recording = recordingHttp.make(() => recordingHttp.answering(200))
  const clock = FakeClock.make()
  const exporter = _.open({ dsn: DSN, assembly: 'gateway' }, recording.http, clock)
  await exporter.exportOtlp(TREE)
  await clock.advance(7_000)
  assert.is(recording.requests.length, 1)
  assert.equal((await exporter.shutdown(0)).delivered.spans, 2)
})

flush.run()

const shutdown = suite('Exporter.shutdown')

shutdown('waits for what is under way, closes the connections and adds everything up', async () => {
  let closed = 0
  let release: (() => void) | undefined
  const gate = new Promise<void>((resolve) => {
    release = resolve
  })
  const http = Object.assign(
    () => async () => {
      await gate
      return recordingHttp.answering(200)
    },
    {
      close: async () => {
        closed++
      },
    },
  )
  const clock = FakeClock.make()
  const exporter = _.open({ dsn: DSN }, http, clock)
  const exporting = exporter.exportOtlp(TREE)
  const closing = exporter.shutdown(1_000)
  release?.()
  assert.is((await exporting).delivered.transactions, 1)
  assert.is((await closing).delivered.transactions, 1)
  assert.is(closed, 1)
  assert.is(clock.pending(), 0)
})

shutdown('does not wait longer than its time limit', async () => {
  let cut: (() => void) | undefined
  const http = Object.assign(
    () => () =>
      new Promise<E.Either<TransportError.TransportError, never>>((resolve) => {
        cut = () => resolve(E.left(TransportError.closed))
      }),
    {
      close: async () => {
        cut?.()
      },
    },
  )
  const clock = FakeClock.make()
  const exporter = _.open({ dsn: DSN }, http, clock)
  void exporter.exportOtlp(TREE)
  const closing = exporter.shutdown(1_000)
  await clock.advance(1_000)
  const total = await closing
  assert.equal(total.dropped, { network_error: 2 })
})

shutdown('exports nothing afterwards, and counts the spans as dropped', async () => {
  const recording = recordingHttp.make(() => recordingHttp.answering(200))
  const exporter = _.open({ dsn: DSN }, recording.http)
  await exporter.shutdown(0)
  const outcome = await exporter.exportOtlp(TREE)
  assert.equal(outcome.dropped, { shutdown: 2 })
  assert.is(recording.requests.length, 0)
  assert.match(Outcome.show(outcome), 'shut down')
})

shutdown.run()
