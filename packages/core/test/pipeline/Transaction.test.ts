import { resource, span, spanId } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { normalizeTimes } from '../../src/filter/normalizeTimes.ts'
import * as Mapping from '../../src/mapping/Mapping.ts'
import type { Attributes } from '../../src/model/Attributes.ts'
import * as Limits from '../../src/model/Limits.ts'
import * as Micros from '../../src/model/Micros.ts'
import type { Span } from '../../src/model/Span.ts'
import { assemble } from '../../src/pipeline/assemble.ts'
import type { Transaction } from '../../src/pipeline/Transaction.ts'
import * as Measurements from '../../src/sentry/Measurements.ts'
import * as Request from '../../src/sentry/Request.ts'
import * as User from '../../src/sentry/User.ts'

const toSentry = assemble({ mapping: Mapping.sentry })

const only = (...spans: ReadonlyArray<Span>): Transaction => {
  const [transaction] = toSentry(spans).transactions
  if (transaction === undefined) throw new Error('no transaction in a test')
  return transaction
}

const event = (name: string, attributes: Attributes): Span['events'][number] => ({
  name,
  timeMicros: Micros.of(1_700_000_000_500_000),
  attributes,
  droppedAttributes: 0,
})

const request = suite('Request.ofData')

const SERVER = { 'otel.kind': 'SERVER', 'http.request.method': 'GET' }

const REQUESTS: ReadonlyArray<readonly [Readonly<Record<string, string | number>>, unknown]> = [
  [SERVER, { method: 'GET' }],
  [{ ...SERVER, 'otel.kind': 'CLIENT' }, undefined],
  [{ 'otel.kind': 'SERVER', 'db.system': 'x' }, undefined],
  [{ ...SERVER, 'url.path': '/a' }, { method: 'GET' }],
  [
    {
      ...SERVER,
      'url.path': '/a',
      'server.address': 'h',
      'server.port': 443,
      'url.scheme': 'https',
    },
    { method: 'GET', url: 'https://h/a' },
  ],
  [
    { ...SERVER, 'url.path': '/a', 'server.address': 'h', 'server.port': 8080 },
    { method: 'GET', url: 'http://h:8080/a' },
  ],
  [
    { ...SERVER, 'url.full': 'http://h/a', 'url.query': 'b=1' },
    { method: 'GET', url: 'http://h/a', query_string: 'b=1' },
  ],
  [
    {
      ...SERVER,
      'user_agent.original': 'x/1',
      'http.request.header.X_Own': 'y',
      'http.request.header.cookie': 'a=b',
    },
    { method: 'GET', cookies: 'a=b', headers: { 'user-agent': 'x/1', 'x-own': 'y' } },
  ],
]

for (const [data, expected] of REQUESTS) {
  request(`of ${JSON.stringify(data)}`, () => assert.equal(Request.ofData(data), expected))
}

request.run()

const user = suite('User.ofData')

const USERS: ReadonlyArray<readonly [Readonly<Record<string, string | number>>, unknown]> = [
  [{}, undefined],
  [
    { 'user.id': 7, 'user.email': 'a@b', 'user.name': 'c' },
    { id: '7', email: 'a@b', username: 'c' },
  ],
  [{ 'enduser.id': 'x' }, { id: 'x' }],
  [{ 'client.address': '10.0.0.1' }, { ip_address: '10.0.0.1' }],
  [{ 'client.address': '2001:db8::1' }, { ip_address: '2001:db8::1' }],
  [{ 'client.address': 'host.example' }, undefined],
]

for (const [data, expected] of USERS) {
  user(`of ${JSON.stringify(data)}`, () => assert.equal(User.ofData(data), expected))
}

user('is on a transaction only if personal data is sent', () => {
  const one = span({ attributes: { 'user.id': '7' } })
  assert.is(only(one).user, undefined)
  const open = assemble({
    mapping: Mapping.sentry,
    hooks: {
      span: undefined,
      transaction: undefined,
      error: undefined,
      log: undefined,
      metric: undefined,
      sampleRate: 1,
      privacy: { sendDefaultPii: true, scrub: true, scrubKeys: [] },
    },
  })
  assert.equal(open([one]).transactions[0]?.user, { id: '7' })
})

user.run()

const measurements = suite('Measurements.ofSpan')

measurements('are events with a value, and web vitals', () => {
  const events = [
    event('items', { 'sentry.measurement_value': 7, 'sentry.measurement_unit': 'item' }),
    event('bare', { 'sentry.measurement_value': 0.5 }),
    event('no number', { 'sentry.measurement_value': 'x' }),
    event('bad name', { 'sentry.measurement_value': 1 }),
    event('never', { 'sentry.measurement_value': Number.NaN }),
    event('browser.web_vital', { name: 'LCP', value: 1200.5 }),
    event('browser.web_vital', { name: 'cls', value: 0.1 }),
    event('browser.web_vital', { name: 'other', value: 1 }),
    event('log', { value: 1, name: 'lcp' }),
  ]
  assert.equal(Measurements.ofSpan(span({ events })), {
    items: { value: 7, unit: 'item' },
    bare: { value: 0.5, unit: 'none' },
    lcp: { value: 1200.5, unit: 'millisecond' },
    cls: { value: 0.1, unit: 'none' },
  })
  assert.is(Measurements.ofSpan(span()), undefined)
})

measurements('of the root are those of the transaction, of another span its own', () => {
  const own = { events: [event('n', { 'sentry.measurement_value': 1 })] }
  const { measurements: ofRoot, spans } = only(
    span(own),
    span({ ...own, spanId: spanId(2), parentSpanId: spanId(1) }),
  )
  assert.equal(ofRoot, { n: { value: 1, unit: 'none' } })
  assert.equal(spans[0]?.measurements, ofRoot)
})

measurements.run()

const contexts = suite('contexts of a transaction')

contexts('contain the replay and the response', () => {
  const replay = 'ab'.repeat(16)
  const made = only(span({ attributes: { 'sentry.replay_id': replay, 'http.status_code': '404' } }))
  assert.equal(made.contexts.replay, { replay_id: replay })
  assert.equal(made.contexts.response, { status_code: 404 })
  assert.is(only(span({ attributes: { 'sentry.replay_id': 'x' } })).contexts.replay, undefined)
})

const KEYS = Object.fromEntries(Array.from({ length: 1_000 }, (_, n) => [`k${n}`, n]))

contexts('hold the whole data of a root, and of a resource 8 KiB with room for the type', () => {
  const query = 'x'.repeat(100_000)
  const { transactions, losses } = toSentry([
    span({
      attributes: { ...KEYS, query },
      resource: resource('shop', { 'service.big': 'x'.repeat(20_000) }),
    }),
  ])
  const { trace, otel } = transactions[0]?.contexts ?? { trace: undefined, otel: undefined }
  assert.is(trace?.data?.['query'], query)
  assert.is(trace?.data?.['k999'], 999)
  assert.is(trace?.data?.['sentry_exporter.trimmed'], undefined)
  assert.ok(JSON.stringify({ ...otel, type: 'cloud_resource' }).length <= 8 * 1024)
  assert.equal(losses, { trimmed: 1 })
})

contexts('hold 8 KiB each for a server that counts the data of a root too', () => {
  const old = assemble({
    mapping: Mapping.sentry,
    limits: { ...Limits.gateway, maxContextBytes: 8_192 },
  })
  const { transactions, losses } = old([span({ attributes: KEYS })])
  const { trace } = transactions[0]?.contexts ?? { trace: undefined }
  assert.ok(JSON.stringify(trace).length <= 8 * 1024)
  assert.ok(JSON.stringify(trace).length > 6 * 1024)
  assert.is(trace?.data?.['sentry_exporter.trimmed'], true)
  assert.match(String(trace?.data?.['sentry_exporter.trimmed_parts']), /k1\d\d/)
  assert.equal(losses, { trimmed: 1 })
})

contexts('long and empty names are repaired and counted', () => {
  const long = toSentry([span({ name: 'x'.repeat(300) })])
  assert.is(long.transactions[0]?.transaction.length, 200)
  assert.equal(long.losses, { field: 1 })
  assert.is(only(span({ name: ' ' })).transaction, '<unlabeled transaction>')
  const fields = toSentry([
    span({ attributes: { 'sentry.op': 'x'.repeat(200), 'sentry.origin': 'a b' } }),
  ])
  assert.is(fields.transactions[0]?.contexts.trace.op?.length, 128)
  assert.is(fields.transactions[0]?.contexts.trace.origin, 'auto.otlp.spans')
  assert.equal(fields.losses, { field: 2 })
})

contexts.run()

const times = suite('mendTimes')

const NOW = 1_700_000_000_000

const TIMES: ReadonlyArray<readonly [number, number, number, number]> = [
  [1_000, 2_000, 1_000, 2_000],
  [1_000, 0, 1_000, 0],
  [2_000, 1_000, 2_000, 1_000],
  [0, 2_000, 2_000, 2_000],
  [0, 0, NOW * 1_000, 0],
  [Number.NaN, 2_000, 2_000, 2_000],
  [1_000, Number.NaN, 1_000, 0],
  [-1, -1, NOW * 1_000, 0],
  [1_000, Number.POSITIVE_INFINITY, 1_000, 0],
  [1e30, 1e30, NOW * 1_000, 0],
]

for (const [start, end, expectedStart, expectedEnd] of TIMES) {
  times(`${start} to ${end} is ${expectedStart} to ${expectedEnd}`, () => {
    // Not checked, as a program may give them.
    const one = span({ startMicros: start as Micros.Micros, endMicros: end as Micros.Micros })
    const normalized = normalizeTimes(one, NOW)
    assert.equal([normalized.startMicros, normalized.endMicros], [expectedStart, expectedEnd])
    if (start === expectedStart && end === expectedEnd) assert.is(normalized, one)
  })
}

times('without any time, a span happened at its first event', () => {
  const normalized = normalizeTimes(
    span({ startMicros: Micros.zero, endMicros: Micros.zero, events: [event('e', {})] }),
    NOW,
  )
  assert.is(normalized.startMicros, 1_700_000_000_500_000)
})

times('without a clock it stays as it is', () => {
  const one = span({ startMicros: Micros.zero, endMicros: Micros.zero })
  assert.is(normalizeTimes(one, 0), one)
})

times.run()
