import { gzipSync } from 'node:zlib'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type * as _ from '../../src/InMemorySentry.ts'
import * as Admission from '../../src/inMemorySentry/Admission.ts'
import type * as Sizes from '../../src/inMemorySentry/Sizes.ts'
import * as Verdict from '../../src/inMemorySentry/Verdict.ts'
import {
  AUTH,
  envelope,
  GOOD,
  item,
  KEY,
  NOW,
  ofReport,
  ofTransaction,
  receive,
  request,
  URL,
} from './Sample.ts'

const refused = suite('InMemorySentry.receive: what is refused')

// what is wrong with a request, why it is refused, and with which status
const REFUSED: ReadonlyArray<
  readonly [string, _.SentryRequest, Verdict.Refusal, number, Partial<Sizes.Sizes>?]
> = [
  ['another path', request(GOOD, { url: 'https://h/api/42/store/' }), 'not-found', 404],
  [
    'a project that is no number',
    request(GOOD, { url: 'https://h/api/x/envelope/' }),
    'project-shape',
    400,
  ],
  ['no key', request(GOOD, { headers: {} }), 'auth-missing', 401],
  [
    'a header of another scheme',
    request(GOOD, { headers: { authorization: 'Bearer x' } }),
    'auth-missing',
    401,
  ],
  ['two keys', request(GOOD, { url: `${URL}?sentry_key=${KEY}` }), 'auth-twice', 401],
  [
    'a header without a key',
    request(GOOD, { headers: { 'x-sentry-auth': 'Sentry sentry_version=7' } }),
    'auth-bad',
    401,
  ],
  [
    'a version to come',
    request(GOOD, { headers: { 'x-sentry-auth': `Sentry sentry_version=9, sentry_key=${KEY}` } }),
    'version',
    400,
  ],
  [
    'a key of 31 characters',
    request(GOOD, { headers: { 'x-sentry-auth': `Sentry sentry_key=${KEY.slice(1)}` } }),
    'key-shape',
    400,
  ],
  [
    'the key of another project',
    request(GOOD, { headers: { 'x-sentry-auth': `Sentry sentry_key=${'f'.repeat(32)}` } }),
    'key-unknown',
    403,
  ],
  ['another project', request(GOOD, { url: 'https://h/api/43/envelope/' }), 'key-unknown', 403],
  [
    'a DSN with another key',
    request(ofTransaction({}, { dsn: `https://${'f'.repeat(32)}@h/42` })),
    'dsn-mismatch',
    400,
  ],
  [
    'a DSN with another project',
    request(ofTransaction({}, { dsn: `https://${KEY}@h/43` })),
    'dsn-mismatch',
    400,
  ],
  ['a DSN that is none', request(ofTransaction({}, { dsn: 'x' })), 'envelope-header', 400],
  [
    'JSON by its content type',
    request(GOOD, { headers: { ...AUTH, 'content-type': 'application/json' } }),
    'content-type',
    415,
  ],
  [
    'bytes that are not gzip',
    request(GOOD, { headers: { ...AUTH, 'content-encoding': 'gzip' } }),
    'body-encoding',
    400,
  ],
  ['gzip without its header', request(gzipSync(GOOD)), 'envelope-header', 400],
  [
    'an encoding that nobody knows',
    request(gzipSync(GOOD), { headers: { ...AUTH, 'content-encoding': 'zip' } }),
    'envelope-header',
    400,
  ],
  ['a body beyond the limit', request(GOOD), 'envelope-too-large', 413, { envelopeBytes: 100 }],
  [
    'a body beyond the limit once it is decompressed',
    request(gzipSync(GOOD), { headers: { ...AUTH, 'content-encoding': 'gzip' } }),
    'envelope-too-large',
    413,
    { envelopeBytes: 500 },
  ],
  [
    'a transaction of more than 1 MiB',
    request(ofTransaction({ x: 'x'.repeat(1024 * 1024) })),
    'items-too-large',
    413,
  ],
  [
    'a client report of more than 100 KiB',
    request(ofReport({ x: 'x'.repeat(100 * 1024) })),
    'items-too-large',
    413,
  ],
  [
    '31 attachments',
    request(envelope(Array.from({ length: 31 }, () => item('attachment', 'x')))),
    'items-too-large',
    413,
  ],
  [
    'a container that is too large',
    request(envelope([item('log', 'xxx')])),
    'items-too-large',
    413,
    { containerBytes: 2 },
  ],
  ['a header that is no object', request(Buffer.from('[]\n')), 'envelope-header', 400],
  ['no header', request(Buffer.from('\n')), 'envelope-header', 400],
  ['space after the header', request(Buffer.from('{} \n')), 'envelope-header', 400],
  [
    'bytes that are not UTF-8',
    request(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])),
    'envelope-header',
    400,
  ],
  ['half a pair in the header', request(Buffer.from('{"a":"\\ud800"}\n')), 'envelope-header', 400],
  [
    'an event id that is none',
    request(ofTransaction({}, { event_id: 'x' })),
    'envelope-header',
    400,
  ],
  [
    'a sent_at that is no text',
    request(ofTransaction({}, { sent_at: NOW })),
    'envelope-header',
    400,
  ],
  [
    'sent_at twice',
    request(Buffer.from('{"sent_at":"2023-11-14T22:13:20Z","sent_at":"2023-11-14T22:13:20Z"}\n')),
    'envelope-header',
    400,
  ],
  ['an item without a type', request(Buffer.from('{}\n{}\n{}\n')), 'item-header', 400],
  ['an empty line', request(Buffer.concat([GOOD, Buffer.from('\n')])), 'item-header', 400],
  [
    'a length that is no number',
    request(Buffer.from('{}\n{"type":"event","length":"2"}\n{}\n')),
    'item-length',
    400,
  ],
  ['a payload that ends too early', request(GOOD.slice(0, -9)), 'item-length', 400],
  [
    'a payload longer than its length',
    request(Buffer.from('{}\n{"type":"event","length":1}\n{}\n')),
    'item-length',
    400,
  ],
]

for (const [what, one, reason, status, sizes] of REFUSED) {
  refused(`${what}: ${reason}`, () => {
    const { response, verdicts } = receive(one, sizes)
    assert.equal(verdicts, [{ _tag: 'Refused', reason }])
    assert.is(response.status, status)
    assert.equal(JSON.parse(response.body), { detail: Admission.detailOf(reason) })
  })
}

refused('has a known-bad case for every reason there is', () => {
  const covered = new Set<string>([...REFUSED.map(([, , reason]) => reason), 'rate-limited'])
  assert.equal(
    Verdict.refusals.filter((reason) => !covered.has(reason)),
    [],
  )
})

refused.run()
