import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Fields } from '../../src/inMemorySentry/Fields.ts'
import * as Verdict from '../../src/inMemorySentry/Verdict.ts'
import { container, envelope, NOW, receive, request, TRACE_ID } from './Sample.ts'

const LOG: Fields = {
  timestamp: NOW,
  trace_id: TRACE_ID,
  level: 'info',
  body: 'ready',
  attributes: { port: { value: 80, type: 'integer' } },
}

const ITEM: Fields = {
  type: 'log',
  item_count: 1,
  content_type: 'application/vnd.sentry.items.log+json',
}

const of = (log: Fields, header: Fields = {}, version: unknown = 2): string =>
  container(JSON.stringify({ version, items: [{ ...LOG, ...log }] }), { ...ITEM, ...header })

const attribute = (value: unknown, type: unknown): string =>
  of({ attributes: { key: { value, type } } })

const shown = (...items: ReadonlyArray<string>): ReadonlyArray<string> =>
  receive(request(envelope(items))).verdicts.map(Verdict.show)

const logs = suite('InMemorySentry.receive: logs')

const CASES: ReadonlyArray<readonly [string, string, string]> = [
  ['a log', of({}), 'log kept'],
  ['an empty text', of({ body: '' }), 'log kept'],
  ['another number of logs', of({}, { item_count: 2 }), 'log dropped: container-count'],
  ['no number of logs', of({}, { item_count: undefined }), 'log dropped: container-count'],
  ['no content type', of({}, { content_type: undefined }), 'log dropped: container-content-type'],
  [
    'a log that is no object',
    container('{"version":2,"items":[1]}', ITEM),
    'log dropped: not-json',
  ],
  ['no list', container('{"version":2}', ITEM), 'log dropped: not-json'],
  ['a lone surrogate', of({ body: '\ud800' }), 'log dropped: lone-surrogate'],
  ['another version', of({}, {}, 1), 'log cut: version patched 1'],
  ['no trace', of({ trace_id: '' }), 'log cut: items.0 discarded 1'],
  ['no level', of({ level: undefined }), 'log cut: items.0 discarded 1'],
  ['no text', of({ body: undefined }), 'log cut: items.0 discarded 1'],
  ['no time', of({ timestamp: undefined }), 'log cut: items.0 discarded 1'],
  ['a log of last year', of({ timestamp: NOW - 365 * 86_400 }), 'log cut: items.0 discarded 1'],
  ['a large log', of({ body: 'x'.repeat(1024 * 1024) }), 'log cut: items.0 discarded 1'],
  ['a span id of zeros', of({ span_id: '0'.repeat(16) }), 'log cut: items.0.span_id invalid 1'],
  ['a text as an integer', attribute('1', 'integer'), 'log cut: items.0.attributes.key invalid 1'],
  [
    'a large number as an integer',
    attribute(1e20, 'integer'),
    'log cut: items.0.attributes.key invalid 1',
  ],
  ['null', attribute(null, 'string'), 'log cut: items.0.attributes.key invalid 1'],
  ['an unknown type', attribute({}, 'object'), 'log cut: items.0.attributes.key invalid 1'],
  ['a nested list', attribute([[1]], 'array'), 'log cut: items.0.attributes.key invalid 1'],
  [
    'a list of two types',
    attribute([1, 'a'], 'array'),
    'log cut: items.0.attributes.key invalid 1',
  ],
  ['a list with nulls', attribute([1, null, 2.5], 'array'), 'log kept'],
  ['a whole double', attribute(2, 'double'), 'log kept'],
  [
    'a key twice',
    container('{"version":2,"items":[{"body":"a","body":"b"}]}', ITEM),
    'log cut: items.0.body duplicate 1, items.0 discarded 1',
  ],
  [
    'a time more than a minute ahead',
    of({ timestamp: NOW + 61 }),
    'log cut: items.0.timestamp shifted 61',
  ],
  ['a trace id of zeros', of({ trace_id: '0'.repeat(32) }), 'log cut: items.0.trace_id patched 1'],
  ['a truth value', attribute(true, 'boolean'), 'log kept'],
]

for (const [title, item, verdict] of CASES) {
  logs(`${title}: ${verdict}`, () => {
    assert.equal(shown(item), [verdict])
  })
}

logs('two containers are both dropped', () => {
  const dropped = 'log dropped: duplicate-item'
  assert.equal(shown(of({}), of({})), [dropped, dropped])
})

logs.run()
