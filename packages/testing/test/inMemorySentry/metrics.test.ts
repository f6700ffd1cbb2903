import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Fields } from '../../src/inMemorySentry/Fields.ts'
import type { Sizes } from '../../src/inMemorySentry/Sizes.ts'
import * as Verdict from '../../src/inMemorySentry/Verdict.ts'
import { container, envelope, HEADER, NOW, receive, request, TRACE_ID } from './Sample.ts'

const METRIC: Fields = {
  timestamp: NOW,
  trace_id: TRACE_ID,
  name: 'http.server.request.duration',
  type: 'distribution',
  value: 0.042,
  unit: 'second',
  attributes: { port: { value: 80, type: 'integer' } },
}

const ITEM: Fields = {
  type: 'trace_metric',
  item_count: 1,
  content_type: 'application/vnd.sentry.items.trace-metric+json',
}

const text = (changes: Fields, more: Fields = {}): string =>
  JSON.stringify({ version: 2, items: [{ ...METRIC, ...changes }], ...more })

const of = (changes: Fields, header: Fields = {}, more: Fields = {}): string =>
  container(text(changes, more), { ...ITEM, ...header })

const attribute = (value: unknown, type: unknown): string =>
  of({ attributes: { key: { value, type } } })

const rate = (value: unknown, type = 'double'): string =>
  of({ attributes: { 'sentry.client_sample_rate': { value, type } } })

const raw = (json: string): string => container(json, ITEM)

const shown = (
  items: ReadonlyArray<string>,
  sizes: Partial<Sizes> = {},
  header: Fields = HEADER,
): ReadonlyArray<string> =>
  receive(request(envelope(items, header)), sizes).verdicts.map(Verdict.show)

const metrics = suite('InMemorySentry.receive: metrics')

const RATE_PATH = 'items.0.attributes.sentry.client_sample_rate'

const DISCARDED = 'cut: items.0 discarded 1'

const ATTRIBUTE = 'cut: items.0.attributes.key invalid 1'

const CASES: ReadonlyArray<readonly [string, string, string]> = [
  ['a distribution', of({}), 'kept'],
  ['a counter', of({ type: 'counter' }), 'kept'],
  ['a gauge', of({ type: 'gauge' }), 'kept'],
  ['no attributes', of({ attributes: undefined }), 'kept'],
  ['another number of metrics', of({}, { item_count: 2 }), 'dropped: container-count'],
  ['no number of metrics', of({}, { item_count: undefined }), 'dropped: container-count'],
  ['no content type', of({}, { content_type: undefined }), 'dropped: container-content-type'],
  [
    'a content type without its hyphen',
    of({}, { content_type: 'application/vnd.sentry.items.trace_metric+json' }),
    'dropped: container-content-type',
  ],
  ['a metric that is no object', raw('{"version":2,"items":[1]}'), 'dropped: not-json'],
  ['no list', raw('{"version":2}'), 'dropped: not-json'],
  ['a lone surrogate', of({ name: '\ud800' }), 'dropped: lone-surrogate'],
  ['another version', of({}, {}, { version: 1 }), 'cut: version patched 1'],
  [
    'settings of the inference',
    of({}, {}, { ingest_settings: { infer_ip: 'auto' } }),
    'cut: ingest_settings patched 1',
  ],
  ['no time', of({ timestamp: undefined }), DISCARDED],
  ['a time that is no date', of({ timestamp: 'today' }), DISCARDED],
  ['a time before 1970', of({ timestamp: -1 }), DISCARDED],
  ['a metric of last year', of({ timestamp: NOW - 365 * 86_400 }), DISCARDED],
  ['a metric of last month', of({ timestamp: NOW - 60 * 86_400 }), 'kept'],
  ['a time as text', of({ timestamp: '2023-11-14T22:13:19.123456789Z' }), 'kept'],
  [
    'a time more than a minute ahead',
    of({ timestamp: NOW + 61 }),
    'cut: items.0.timestamp shifted 61',
  ],
  ['no trace', of({ trace_id: undefined }), DISCARDED],
  ['an empty trace id', of({ trace_id: '' }), DISCARDED],
  ['a trace id of 31 digits', of({ trace_id: 'a'.repeat(31) }), DISCARDED],
  ['a trace id of other letters', of({ trace_id: 'g'.repeat(32) }), DISCARDED],
  ['a trace id of zeros', of({ trace_id: '0'.repeat(32) }), 'cut: items.0.trace_id patched 1'],
  ['a span id of zeros', of({ span_id: '0'.repeat(16) }), 'cut: items.0.span_id invalid 1'],
  ['no name', of({ name: undefined }), DISCARDED],
  ['a blank name', of({ name: ' \t' }), DISCARDED],
  ['a number as a name', of({ name: 1 }), DISCARDED],
  ['a hyphen in a name', of({ name: 'jvm-memory' }), 'cut: items.0.name renamed 1'],
  ['no type', of({ type: undefined }), DISCARDED],
  ['another type', of({ type: 'histogram' }), DISCARDED],
  ['no value', of({ value: undefined }), DISCARDED],
  ['a value of null', of({ value: null }), DISCARDED],
  ['a text as a value', of({ value: '1' }), DISCARDED],
  [
    'a value that no double has',
    raw(text({ value: 1 }).replace('"value":1,', '"value":1e999,')),
    DISCARDED,
  ],
  ['no unit', of({ unit: undefined }), 'kept'],
  ['an empty unit', of({ unit: '' }), 'kept'],
  ['a binary unit', of({ unit: 'mebibyte' }), 'kept'],
  ['a unit of UCUM', of({ unit: 'By' }), 'cut: items.0.unit invalid 1'],
  ['another unit', of({ unit: 'request' }), 'cut: items.0.unit invalid 1'],
  ['a number as a unit', of({ unit: 1 }), 'cut: items.0.unit invalid 1'],
  ['a text as an integer', attribute('1', 'integer'), ATTRIBUTE],
  ['null', attribute(null, 'string'), ATTRIBUTE],
  ['no type of an attribute', attribute(1, undefined), ATTRIBUTE],
  ['a nested list', attribute([[1]], 'array'), ATTRIBUTE],
  ['a list of numbers', attribute([1, 2.5, null], 'array'), 'kept'],
  ['a list in place of attributes', of({ attributes: [] }), 'cut: items.0.attributes invalid 1'],
  ['a rate of a half', rate(0.5), 'kept'],
  ['a rate of 1', rate(1, 'integer'), 'kept'],
  ['a rate of 0', rate(0), `cut: ${RATE_PATH} invalid 1`],
  ['a negative rate', rate(-0.5), `cut: ${RATE_PATH} invalid 1`],
  ['a rate above 1', rate(1.5), `cut: ${RATE_PATH} invalid 1`],
  ['a rate as text', rate('0.5', 'string'), `cut: ${RATE_PATH} invalid 1`],
  ['a rate of another type', rate('0.5'), `cut: ${RATE_PATH} invalid 1`],
  [
    'a header that belongs to the server',
    of({ __header: { byte_size: 1 } }),
    'cut: items.0.__header reserved 1',
  ],
  [
    'a key twice in a metric',
    raw(text({}).replace('"unit"', '"value":1,"unit"')),
    'cut: items.0.value duplicate 1',
  ],
  [
    'a key twice in the attributes',
    raw(text({}).replace('"port"', '"port":{"value":1,"type":"integer"},"port"')),
    'cut: items.0.attributes.port duplicate 1',
  ],
  [
    'a metric of 1 MiB',
    of({ attributes: { key: { value: 'x'.repeat(2 ** 20), type: 'string' } } }),
    DISCARDED,
  ],
]

for (const [title, item, verdict] of CASES) {
  metrics(`${title}: ${verdict}`, () => {
    assert.equal(shown([item]), [`trace_metric ${verdict}`])
  })
}

metrics('one wrong metric does not cost the others', () => {
  const items = [METRIC, { ...METRIC, name: '' }, METRIC]
  const item = container(JSON.stringify({ version: 2, items }), { ...ITEM, item_count: 3 })
  assert.equal(shown([item]), ['trace_metric cut: items.1 discarded 1'])
})

metrics('the average size counts before that of a metric', () => {
  const large = {
    ...METRIC,
    attributes: { key: { value: '\u0001'.repeat(400_000), type: 'string' } },
  }
  const judged = (...items: ReadonlyArray<unknown>): ReadonlyArray<string> =>
    shown([container(JSON.stringify({ version: 2, items }), { ...ITEM, item_count: items.length })])
  // As JSON it has six bytes for each of its characters.
  assert.equal(judged(large), ['trace_metric cut: items.0 discarded 1'])
  assert.equal(judged(large, METRIC, METRIC), ['trace_metric kept'])
  const larger = { ...METRIC, name: 'x'.repeat(2 ** 20) }
  assert.equal(judged(METRIC, larger, METRIC), ['trace_metric cut: items.1 discarded 1'])
})

metrics('two containers are both dropped', () => {
  const dropped = 'trace_metric dropped: duplicate-item'
  assert.equal(shown([of({}), of({})]), [dropped, dropped])
})

metrics('a container beside one of another kind is kept', () => {
  const log = container(
    JSON.stringify({
      version: 2,
      items: [{ timestamp: NOW, trace_id: TRACE_ID, level: 'info', body: '' }],
    }),
    { type: 'log', item_count: 1, content_type: 'application/vnd.sentry.items.log+json' },
  )
  assert.equal(shown([of({}), log]), ['trace_metric kept', 'log kept'])
})

metrics('a container of too many keys and values is dropped: container-operations', () => {
  assert.equal(shown([of({})], { containerOperations: 20 }), [
    'trace_metric dropped: container-operations',
  ])
})

metrics('a clock that is off by an hour shifts all times', () => {
  const header = { ...HEADER, sent_at: new Date((NOW - 3600) * 1000).toISOString() }
  assert.equal(shown([of({ timestamp: NOW - 3600 })], {}, header), [
    'trace_metric cut: timestamp shifted 3600',
  ])
})

metrics.run()
