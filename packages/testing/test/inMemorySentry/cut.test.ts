import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Verdict from '../../src/inMemorySentry/Verdict.ts'
import {
  envelope,
  type Fields,
  HEADER,
  item,
  KEY,
  NOW,
  ofError,
  ofException,
  ofReport,
  ofSpan,
  ofTransaction,
  receive,
  request,
  span,
  TRACE_ID,
  trace,
} from './Sample.ts'

const showCuts = (verdict: Verdict.Verdict): string =>
  verdict._tag === 'Cut'
    ? verdict.cuts.map(({ path, reason, count }) => `${path} ${reason} ${count}`).join(', ')
    : Verdict.show(verdict)

const cuts = suite('InMemorySentry.receive: what is cut')

const frames = (...all: ReadonlyArray<unknown>): Uint8Array =>
  ofException({ stacktrace: { frames: all } })

const root = (changes: Fields): Uint8Array =>
  ofTransaction({ contexts: { trace: { ...trace, ...changes } } })

const manyLinks = (count: number): ReadonlyArray<Fields> =>
  Array.from({ length: count }, () => ({ trace_id: TRACE_ID, span_id: 'b'.repeat(16) }))

// what is wrong inside of an item, and what is done to it
const CUT: ReadonlyArray<readonly [string, Uint8Array, string]> = [
  [
    'spans beyond 800 KiB',
    ofTransaction({ spans: [span, { ...span, description: 'x'.repeat(820_000) }, span] }),
    'spans over-budget 2',
  ],
  [
    'a name of 201 characters',
    ofTransaction({ transaction: 'x'.repeat(201) }),
    'transaction too-long 1',
  ],
  ['a name of blanks', ofTransaction({ transaction: ' ' }), 'transaction patched 1'],
  ['no source', ofTransaction({ transaction_info: {} }), 'transaction_info.source patched 1'],
  [
    'an original name of 203 characters',
    ofTransaction({ transaction_info: { source: 'url', original: 'x'.repeat(203) } }),
    'transaction_info.original too-long 3',
  ],
  ['no end', ofTransaction({ timestamp: undefined }), 'timestamp patched 1'],
  ['no end of a span', ofSpan({ timestamp: null }), 'spans.0.timestamp patched 1'],
  [
    'a parent that is not there',
    ofSpan({ parent_span_id: '3333333333333333' }),
    'spans.0.parent_span_id moved 1',
  ],
  ['a parent that is no id', ofSpan({ parent_span_id: '0' }), 'spans.0.parent_span_id invalid 1'],
  ['an operation of 129 characters', ofSpan({ op: 'x'.repeat(129) }), 'spans.0.op too-long 1'],
  ['a status that nobody knows', ofSpan({ status: 'canceled' }), 'spans.0.status invalid 1'],
  ['a status of the other protocol', root({ status: 'error' }), 'contexts.trace.status invalid 1'],
  ['a status beyond 16', root({ status: 17 }), 'contexts.trace.status invalid 1'],
  ['an origin with a dash', root({ origin: 'auto.x-y' }), 'contexts.trace.origin invalid 1'],
  ['an origin of 130 characters', ofSpan({ origin: 'x'.repeat(130) }), 'spans.0.origin too-long 2'],
  [
    'a link without ids',
    ofSpan({ links: [{ trace_id: TRACE_ID }] }),
    'spans.0.links.0 discarded 1',
  ],
  [
    'a context of more than 8 KiB',
    ofTransaction({ contexts: { trace, otel: 'x'.repeat(8192) } }),
    'contexts.otel over-budget 2',
  ],
  [
    'a context without room for its type',
    ofTransaction({ contexts: { trace, otel: { a: 'x'.repeat(8180) } } }),
    'contexts.otel over-budget 10',
  ],
  ['140 links of a root', root({ links: manyLinks(140) }), 'contexts.trace over-budget 169'],
  ['a release with a slash', ofError({ release: 'a/b' }), 'release invalid 1'],
  ['a release of 201 bytes', ofError({ release: `${'ä'.repeat(100)}x` }), 'release invalid 1'],
  ['a release that is reserved', ofError({ release: 'latest' }), 'release invalid 1'],
  [
    'an environment of 65 bytes',
    ofError({ environment: `${'ä'.repeat(32)}x` }),
    'environment invalid 1',
  ],
  ['an environment of two dots', ofError({ environment: '..' }), 'environment invalid 1'],
  ['an environment with a line break', ofError({ environment: 'a\n' }), 'environment invalid 1'],
  ['a status of an old name', ofSpan({ status: 'unknown_error' }), 'spans.0.status renamed 1'],
  ['a list in data', ofSpan({ data: { a: [1] } }), 'spans.0.data.a invalid 1'],
  ['a map in the data of the root', root({ data: { a: {} } }), 'contexts.trace.data.a invalid 1'],
  [
    'a list in the attributes of a link',
    ofSpan({ links: [{ trace_id: TRACE_ID, span_id: '2222222222222222', attributes: { a: [] } }] }),
    'spans.0.links.0.attributes.a invalid 1',
  ],
  ['a tag of blanks', ofError({ tags: { a: ' ' } }), 'tags.a invalid 1'],
  [
    'a server name that is no tag',
    ofError({ server_name: 'x'.repeat(201) }),
    'tags.server_name too-long 1',
  ],
  [
    'breadcrumb data of 2,049 bytes',
    ofError({ breadcrumbs: { values: [{ timestamp: 1, data: { a: 'x'.repeat(2041) } }] } }),
    'breadcrumbs.0.data over-budget 1',
  ],
  [
    'a breadcrumb message of 8,393 characters',
    ofError({ breadcrumbs: { values: [{ timestamp: 1, message: 'x'.repeat(8393) }] } }),
    'breadcrumbs.0.message too-long 201',
  ],
  [
    'breadcrumb data of six levels',
    ofError({ breadcrumbs: { values: [{ timestamp: 1, data: { a: [[[[[1]]]]] } }] } }),
    'breadcrumbs.0.data over-budget 1',
  ],
  ['extra of eight levels', ofError({ extra: { a: [[[[[[[1]]]]]]] } }), 'extra over-budget 1'],
  [
    'a request URL of 297 characters',
    ofError({ request: { url: `http://h/${'x'.repeat(288)}` } }),
    'request.url too-long 41',
  ],
  ['a method with a digit', ofError({ request: { method: 'M1X' } }), 'request.method invalid 1'],
  [
    'a query of 1,025 bytes',
    ofError({ request: { query_string: `a=${'x'.repeat(1015)}` } }),
    'request.query_string over-budget 1',
  ],
  [
    'cookies of 2,049 bytes',
    ofError({ request: { cookies: `a=${'x'.repeat(2039)}` } }),
    'request.cookies over-budget 1',
  ],
  [
    'headers of 8,193 bytes',
    ofError({ request: { headers: { a: 'x'.repeat(8183) } } }),
    'request.headers over-budget 1',
  ],
  [
    'an email of 76 characters',
    ofError({ user: { email: 'x'.repeat(76) } }),
    'user.email too-long 1',
  ],
  [
    'an eleventh measurement',
    ofTransaction({
      measurements: Object.fromEntries(
        Array.from({ length: 11 }, (_, n) => [`m${n}`, { value: 1, unit: 'none' }]),
      ),
    }),
    'measurements over-budget 1',
  ],
  [
    'a function of 513 characters',
    frames({ function: 'x'.repeat(513) }),
    'exception.values.0.stacktrace.frames.0.function too-long 1',
  ],
  ['a release of 201 characters', ofError({ release: 'x'.repeat(201) }), 'release invalid 1'],
  ['a release of dots', ofError({ release: '..' }), 'release invalid 1'],
  [
    'an environment of 65 characters',
    ofError({ environment: 'x'.repeat(65) }),
    'environment invalid 1',
  ],
  ['the environment none', ofError({ environment: 'None' }), 'environment invalid 1'],
  ['a distribution with a space', ofError({ dist: 'a b' }), 'dist invalid 1'],
  ['a level that nobody knows', ofError({ level: 'loud' }), 'level invalid 1'],
  ['a logger of two lines', ofError({ logger: 'a\nb' }), 'logger invalid 1'],
  ['a platform that nobody knows', ofError({ platform: 'deno' }), 'platform patched 1'],
  [
    'a server name of 277 characters',
    ofError({ server_name: 'x'.repeat(277) }),
    'server_name too-long 21',
  ],
  ['a tag value of 201 characters', ofError({ tags: { a: 'x'.repeat(201) } }), 'tags.a invalid 1'],
  ['a tag value of two lines', ofError({ tags: { a: 'b\nc' } }), 'tags.a invalid 1'],
  ['an empty tag', ofError({ tags: { a: '' } }), 'tags.a invalid 1'],
  ['a tag that is a list', ofError({ tags: { a: [] } }), 'tags.a invalid 1'],
  ['a tag key of 201 characters', ofError({ tags: [['x'.repeat(201), 'a']] }), 'tags.0 invalid 1'],
  ['a tag key with a slash', ofError({ tags: [['a/b', 'a']] }), 'tags.0 invalid 1'],
  ['a tag key with a space', ofError({ tags: [['a b', 'a']] }), 'tags.0 patched 1'],
  ['a tag that is no pair', ofError({ tags: ['a'] }), 'tags.0 invalid 1'],
  [
    'a reserved tag',
    ofError({ tags: { release: 'a', 'sentry:b': 'c' } }),
    'tags.release reserved 1, tags.sentry:b reserved 1',
  ],
  ['the environment as a tag', ofError({ tags: { environment: 'a' } }), 'tags.environment moved 1'],
  [
    'a tag twice',
    ofError({
      tags: [
        ['a', 'b'],
        ['a', 'c'],
      ],
    }),
    'tags.1 duplicate 1',
  ],
  [
    'an extra value of more than 16 KiB',
    ofError({ extra: { a: 'x'.repeat(16_384) } }),
    'extra.a over-budget 2',
  ],
  [
    'a breadcrumb before 1970',
    ofError({ breadcrumbs: { values: [{ timestamp: -1 }] } }),
    'breadcrumbs.0 discarded 1',
  ],
  [
    'a message of 8193 characters',
    ofError({ logentry: { message: 'x'.repeat(8193) } }),
    'logentry.message too-long 1',
  ],
  [
    'an exception that says nothing',
    ofException({ type: '', value: undefined }),
    'exception.values.0 discarded 1',
  ],
  [
    'a type of 277 characters',
    ofException({ type: 'x'.repeat(277) }),
    'exception.values.0.type too-long 21',
  ],
  [
    'a value of 8393 characters',
    ofException({ value: 'x'.repeat(8393) }),
    'exception.values.0.value too-long 201',
  ],
  [
    'a mechanism without a type',
    ofException({ mechanism: { handled: true } }),
    'exception.values.0.mechanism invalid 1',
  ],
  [
    '251 frames',
    frames(...Array.from({ length: 251 }, () => ({ function: 'f' }))),
    'exception.values.0.stacktrace.frames over-budget 1',
  ],
  [
    'source lines in the middle of many frames',
    frames(...Array.from({ length: 51 }, () => ({ function: 'f', context_line: 'f()' }))),
    'exception.values.0.stacktrace.frames.25 over-budget 1',
  ],
  [
    'a frame that says nothing',
    frames({ lineno: 1 }),
    'exception.values.0.stacktrace.frames.0 discarded 1',
  ],
  [
    'a file name of 257 characters',
    frames({ filename: 'x'.repeat(257) }),
    'exception.values.0.stacktrace.frames.0.filename too-long 1',
  ],
  [
    'line 0',
    frames({ function: 'f', lineno: 0 }),
    'exception.values.0.stacktrace.frames.0.lineno invalid 1',
  ],
  [
    'an error of last season',
    ofError({ timestamp: NOW - 100 * 86_400 }),
    'timestamp shifted 8640000',
  ],
  ['an error of the future', ofError({ timestamp: NOW + 61 }), 'timestamp shifted 61'],
  ['an error without a time', ofError({ timestamp: undefined }), 'timestamp patched 1'],
  [
    'an error whose trace has no id',
    ofError({ contexts: { trace: { span_id: '1' } } }),
    'contexts.trace invalid 1',
  ],
  [
    'a clock that is off by 55 minutes',
    ofError(
      { timestamp: NOW - 3300 },
      { ...HEADER, sent_at: new Date((NOW - 3300) * 1000).toISOString() },
    ),
    'timestamp shifted 3300',
  ],
  [
    'an event id other than that of the header',
    ofError({ event_id: 'f'.repeat(32) }),
    'event_id overridden 1',
  ],
  ['no event id', ofError({ event_id: undefined }, {}), 'event_id patched 1'],
  [
    'a trace header with a number',
    ofError({}, { ...HEADER, trace: { trace_id: TRACE_ID, public_key: KEY, sample_rate: 1 } }),
    'trace invalid 1',
  ],
  [
    'a trace header of another trace',
    ofError({}, { ...HEADER, trace: { trace_id: 'a'.repeat(32), public_key: KEY } }),
    'trace invalid 1',
  ],
  [
    'a reason of 201 characters',
    ofReport({ discarded_events: [{ reason: 'x'.repeat(201), category: 'span', quantity: 1 }] }),
    'discarded_events.0 discarded 1',
  ],
  [
    'a category that nobody knows',
    ofReport({ discarded_events: [{ reason: 'x', category: 'spans', quantity: 1 }] }),
    'discarded_events.0 discarded 1',
  ],
  [
    'what only a relay may report',
    ofReport({ rate_limited_events: [] }),
    'rate_limited_events discarded 1',
  ],
]

for (const [what, body, expected] of CUT) {
  cuts(`${what}: ${expected}`, () => {
    // Some of the cases are larger than what is let in.
    const { response, verdicts } = receive(request(body), { eventBytes: 2 ** 21 })
    assert.is(response.status, 200)
    assert.is(verdicts.map(showCuts).join('; '), expected)
  })
}

cuts('does not judge what other items hold', () => {
  const { verdicts } = receive(request(envelope([item('span', 'anything')])))
  assert.equal(verdicts, [{ _tag: 'Unjudged', item: { type: 'span', eventId: undefined } }])
})

cuts('has a known-bad case for every reason there is', () => {
  const covered = new Set<string>(CUT.flatMap(([, , expected]) => expected.split(' ')))
  assert.equal(
    Verdict.cutReasons.filter((reason) => !covered.has(reason)),
    [],
  )
})

cuts('are none for 130 links and 200 kB of data of a root', () => {
  const bytes = root({ links: manyLinks(130), data: { query: 'x'.repeat(200_000) } })
  const [verdict] = receive(request(bytes)).verdicts
  assert.is(verdict?._tag, 'Kept')
})

cuts.run()
