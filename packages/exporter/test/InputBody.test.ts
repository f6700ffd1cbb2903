import { gzipSync } from 'node:zlib'
import * as OtlpInput from '@sentry-exporter/otlp/OtlpInput'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { gunzip } from '../src/gunzip.ts'
import * as _ from '../src/InputBody.ts'

const REQUEST = {
  resourceSpans: [
    { scopeSpans: [{ spans: [{ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), name: 'é' }] }] },
  ],
}

const TEXT = JSON.stringify(REQUEST)

const BYTES = new TextEncoder().encode(TEXT)

const shared = (): Uint8Array => {
  const bytes = new Uint8Array(new SharedArrayBuffer(BYTES.length))
  bytes.set(BYTES)
  return bytes
}

const readable: ReadonlyArray<readonly [string, unknown]> = [
  ['text', TEXT],
  ['text with a byte order mark', `\ufeff${TEXT}`],
  ['bytes', BYTES],
  ['bytes with a byte order mark', Buffer.from(`\ufeff${TEXT}`)],
  ['a Buffer', Buffer.from(TEXT)],
  ['a view of a part of a buffer', Buffer.from(`xx${TEXT}`).subarray(2)],
  ['an ArrayBuffer', BYTES.slice().buffer],
  ['a DataView', new DataView(BYTES.slice().buffer)],
  ['a SharedArrayBuffer', shared().buffer],
  ['a view of a SharedArrayBuffer', shared()],
  ['a parsed object', REQUEST],
  ['an object without a prototype', Object.assign(Object.create(null), REQUEST)],
  ['a list of parsed objects', [REQUEST]],
  ['a Blob', new Blob([BYTES])],
  ['a Request', new Request('http://127.0.0.1/', { method: 'POST', body: TEXT })],
  ['gzip', gzipSync(TEXT)],
  ['a Blob of gzip', new Blob([Uint8Array.from(gzipSync(TEXT))])],
  ['UTF-16 with a mark, little end first', Buffer.from(`\ufeff${TEXT}`, 'utf16le')],
  ['UTF-16 with a mark, big end first', Buffer.from(`\ufeff${TEXT}`, 'utf16le').swap16()],
]

const read = suite('InputBody.read')

for (const [kind, body] of readable) {
  read(`reads ${kind}`, async () => {
    const input = await _.read(body)
    assert.equal(input.unread, [])
    assert.is(input.batch.spans[0]?.name, 'é')
  })
}

const throwing = (): never => {
  throw new Error('no')
}

const EXPECTED =
  'expected a request of OTLP, with resourceSpans, resourceLogs or resourceMetrics, got'

const unreadable: ReadonlyArray<readonly [unknown, string]> = [
  [undefined, `${EXPECTED} nothing`],
  [null, `${EXPECTED} null`],
  [5, `${EXPECTED} 5`],
  [5n, `${EXPECTED} 5`],
  [true, `${EXPECTED} true`],
  [Symbol('x'), `${EXPECTED} a symbol`],
  [() => TEXT, `${EXPECTED} a function`],
  ['', `${EXPECTED} an empty text`],
  [new ArrayBuffer(0), `${EXPECTED} an empty text`],
  [new ArrayBuffer(4), `${EXPECTED} binary data`],
  [[1], `${EXPECTED} an array that starts with 1`],
  [{ a: 1 }, `${EXPECTED} an object with the key "a"`],
  [Promise.resolve(TEXT), `${EXPECTED} an object of the class Promise`],
  [new Map([['resourceSpans', []]]), `${EXPECTED} an object of the class Map`],
  [new Date(0), `${EXPECTED} an object of the class Date`],
  [new ReadableStream(), `${EXPECTED} an object of the class ReadableStream`],
  [Object.defineProperty({}, 'resourceSpans', { get: throwing, enumerable: true }), 'no'],
  [new Proxy({}, { ownKeys: throwing, has: throwing, get: throwing }), 'no'],
  [{ arrayBuffer: () => Promise.reject(new Error('aborted')) }, 'aborted'],
  [{ arrayBuffer: throwing }, 'no'],
  [{ arrayBuffer: () => Promise.resolve('x') }, `${EXPECTED} nothing`],
]

for (const [index, [body, message]] of unreadable.entries()) {
  read(`describes unreadable input ${index}: ${message.slice(-40)}`, async () => {
    const input = await _.read(body)
    assert.is(input.unread.length, 1)
    assert.match(OtlpInput.problems(input).join(), message)
  })
}

read('an object with no keys is an empty request, as SDKs send it', async () => {
  assert.equal((await _.read({})).unread, [])
  assert.equal((await _.read('{}')).unread, [])
})

read('reads text, bytes and objects without waiting', () => {
  for (const body of [TEXT, BYTES, REQUEST, undefined]) assert.ok('batch' in _.read(body))
})

read('reads what comes out of gzip before it is damaged or cut off', async () => {
  const lines = Array.from({ length: 5_000 }, (_unused, n) => `${TEXT.replace('é', String(n))}\n`)
  const cut = gzipSync(lines.join('')).subarray(0, -20)
  const input = await _.read(cut)
  assert.ok(input.batch.spans.length > 0)
  assert.match(OtlpInput.problems(input).join(), 'damaged or cut off')
  const nothing = await _.read(Buffer.from([0x1f, 0x8b, 1, 2, 3]))
  assert.is(nothing.unread.length, 1)
})

read.run()

const unzip = suite('gunzip')

unzip('stops at the limit', async () => {
  const { bytes, problem } = await gunzip(gzipSync('x'.repeat(1_000_000)), 100_000)
  assert.ok(bytes.length <= 100_000)
  assert.is(problem, 'more than 100000 bytes in it')
})

unzip('reads several members one behind the other', async () => {
  const { bytes, problem } = await gunzip(Buffer.concat([gzipSync('a'), gzipSync('b')]))
  assert.is(new TextDecoder().decode(bytes), 'ab')
  assert.is(problem, undefined)
})

unzip.run()

const batch = suite('InputBody.ofBatch')

batch('accepts a batch, and describes anything else', () => {
  assert.equal(_.ofBatch({ spans: [], rejected: [], repairs: {} }).unread, [])
  for (const other of [undefined, null, 7, [], { spans: 7 }]) {
    // A caller in JavaScript may give anything.
    assert.is(_.ofBatch(other as never).unread.length, 1)
  }
})

batch.run()
