import { gunzipSync } from 'node:zlib'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { FetchInit, FetchResponse } from '../src/Fetch.ts'
import { fetchHttp } from '../src/fetchHttp.ts'
import * as KeepaliveBudget from '../src/internal/KeepaliveBudget.ts'
import { withoutPreflight as _ } from '../src/internal/withoutPreflight.ts'
import * as browser from '../src/platform/browser.ts'
import * as cross from '../src/platform/cross.ts'
import { gzip } from '../src/platform/gzip.ts'
import * as native from '../src/platform/native.ts'

const AUTH = 'Sentry sentry_version=7, sentry_client=me/1, sentry_key=key, sentry_secret=hush'

const request = (bytes = 3) => ({
  url: 'http://host/api/1/envelope/',
  headers: {
    'content-type': 'application/x-sentry-envelope',
    'user-agent': 'me/1',
    'x-sentry-auth': AUTH,
  },
  body: new Uint8Array(bytes),
})

const OK: FetchResponse = { status: 200, headers: new Headers(), body: null }

const withoutPreflight = suite('withoutPreflight')

withoutPreflight('puts the authentication into the URL, and sets no header', () => {
  const { url, headers } = _(request())
  const query = 'sentry_version=7&sentry_client=me%2F1&sentry_key=key&sentry_secret=hush'
  assert.is(url, `http://host/api/1/envelope/?${query}`)
  assert.equal(headers, {})
  assert.is(_({ ...request(), url: 'http://host/?a=b' }).url, `http://host/?a=b&${query}`)
  assert.is(_({ ...request(), headers: {} }).url, 'http://host/api/1/envelope/')
})

withoutPreflight('is the default in browsers only; they compress nothing', () => {
  assert.equal(browser.traits, { auth: 'query', keepalive: true, gzipFromBytes: Infinity })
  for (const { traits } of [cross, native]) {
    assert.equal(traits, { auth: 'header', keepalive: false, gzipFromBytes: 4096 })
  }
})

withoutPreflight('shows no secret, even if a fetch quotes the URL', async () => {
  const http = fetchHttp({
    auth: 'query',
    fetch: async (url) => {
      throw new TypeError(`cannot fetch ${url}`)
    },
  })
  assert.equal(await http(request())(), {
    _tag: 'Left',
    left: { _tag: 'Unreachable', reason: 'unknown failure' },
  })
})

withoutPreflight.run()

const keepalive = suite('fetchHttp: keepalive')

keepalive('is set while all pending bodies fit, and again after their responses', async () => {
  const inits: Array<FetchInit> = []
  const gates: Array<() => void> = []
  const http = fetchHttp({
    keepalive: true,
    gzipFromBytes: Infinity,
    fetch: (_url, init) => {
      inits.push(init)
      return new Promise((resolve) => gates.push(() => resolve(OK)))
    },
  })
  const sending = [40_000, 30_000, 20_000].map((bytes) => http(request(bytes))())
  await new Promise((resolve) => setImmediate(resolve))
  for (const open of gates.splice(0)) open()
  await Promise.all(sending)
  const last = http(request(60_000))()
  await new Promise((resolve) => setImmediate(resolve))
  for (const open of gates.splice(0)) open()
  await last
  assert.equal(
    inits.map((init) => init.keepalive),
    [true, undefined, true, true],
  )
})

keepalive('is not set without the option', async () => {
  let has: boolean | undefined
  const http = fetchHttp({
    fetch: async (_url, init) => {
      has = 'keepalive' in init
      return OK
    },
  })
  await http(request())()
  assert.is(has, false)
})

keepalive('is bounded in requests too', () => {
  const budget = KeepaliveBudget.make()
  const places = Array.from({ length: 16 }, () => budget.take(1))
  assert.is(places.filter((place) => place !== undefined).length, 15)
  places[0]?.(false)
  assert.ok(budget.take(1) !== undefined)
  assert.is(budget.take(60 * 1024), undefined)
})

keepalive('counts an aborted request until Chromium has ended it', () => {
  const ends: Array<() => void> = []
  const budget = KeepaliveBudget.make((release) => ends.push(release))
  budget.take(40_000)?.(true)
  budget.take(15_000)?.(true)
  assert.is(budget.take(20_000), undefined)
  ends[0]?.()
  assert.ok(budget.take(40_000) !== undefined)
  assert.is(budget.take(15_000), undefined)
  ends[1]?.()
  assert.ok(budget.take(15_000) !== undefined)
})

keepalive('is not set while aborted requests fill the space', async () => {
  const inits: Array<FetchInit> = []
  const http = fetchHttp({
    keepalive: true,
    gzipFromBytes: Infinity,
    timeoutMillis: 20,
    fetch: (_url, init) => {
      inits.push(init)
      return inits.length === 1 ? new Promise(() => undefined) : Promise.resolve(OK)
    },
  })
  assert.is((await http(request(50_000))())._tag, 'Left')
  await http(request(50_000))()
  await http(request(5_000))()
  assert.equal(
    inits.map((init) => init.keepalive),
    [true, undefined, true],
  )
})

keepalive.run()

const compression = suite('fetchHttp: compression')

compression('compresses large bodies with the platform', async () => {
  const inits: Array<FetchInit> = []
  const http = fetchHttp({
    fetch: async (_url, init) => {
      inits.push(init)
      return OK
    },
  })
  await http(request(4096))()
  await http(request(4095))()
  assert.equal(
    inits.map(({ headers }) => headers['content-encoding']),
    ['gzip', undefined],
  )
  assert.is(gunzipSync(inits[0]?.body ?? new Uint8Array()).length, 4096)
  assert.is(gunzipSync(await gzip(new Uint8Array(100_000))).length, 100_000)
})

compression.run()

const waitUntil = suite('fetchHttp: waitUntil')

waitUntil('receives each request until it has ended', async () => {
  const waiting: Array<Promise<unknown>> = []
  const http = fetchHttp({ fetch: async () => OK, waitUntil: (promise) => waiting.push(promise) })
  const sent = await http(request())()
  assert.is(waiting.length, 1)
  assert.is(await waiting[0], sent)
})

waitUntil.run()

const text = suite('fetchHttp: answers')

text('keep the start of the body of an error response', async () => {
  const body = (): unknown => new Response(`because ${'x'.repeat(5_000)}`).body
  const answer = (status: number) =>
    fetchHttp({ fetch: async () => ({ ...OK, status, body: body() }) })
  const bad = await answer(403)(request())()
  assert.is(bad._tag === 'Right' && bad.right.text?.slice(0, 9), 'because x')
  const good = await answer(200)(request())()
  assert.is(good._tag === 'Right' && good.right.text, undefined)
})

text.run()
