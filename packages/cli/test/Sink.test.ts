import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type * as Envelope from '@sentry-exporter/envelope/Envelope'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../src/Sink.ts'
import * as Viewer from '../src/sink/Viewer.ts'

const withSink = async (
  run: (sink: _.Sink, received: ReadonlyArray<Envelope.Envelope>) => Promise<void>,
): Promise<void> => {
  const received: Array<Envelope.Envelope> = []
  const sink = await _.open({
    port: 0,
    onEnvelope: (envelope) => {
      received.push(envelope)
    },
    page: () => 'a page',
  })
  try {
    await run(sink, received)
  } finally {
    await sink.close()
  }
}

const AUTH = { 'x-sentry-auth': 'Sentry sentry_key=0123456789abcdef0123456789abcdef' }
const BODY = '{"event_id":"9ec79c33ec9942ab8353589fcb2e04dc"}\n{"type":"event","length":2}\n{}\n'

const post = (
  sink: _.Sink,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = AUTH,
): Promise<Response> => fetch(`${sink.url}api/1/envelope/`, { method: 'POST', body, headers })

const open = suite('Sink.open')

open('receives envelopes, compressed or not, and answers with the id of the event', () =>
  withSink(async (sink, received) => {
    const plain = await post(sink, BODY)
    assert.equal(await plain.json(), { id: '9ec79c33ec9942ab8353589fcb2e04dc' })
    const other = new Uint8Array(gzipSync(BODY.replace('9ec', '1ec')))
    await post(sink, other, { ...AUTH, 'content-encoding': 'gzip' })
    assert.is(received.length, 2)
    assert.is(sink.refused(), 0)
  }),
)

open('takes an envelope with a known event id once, and answers as before', () =>
  withSink(async (sink, received) => {
    for (let times = 0; times < 3; times++) {
      assert.equal(await (await post(sink, BODY)).json(), {
        id: '9ec79c33ec9942ab8353589fcb2e04dc',
      })
    }
    assert.equal([received.length, sink.repeated(), sink.refused()], [1, 2, 0])
    // Without an id each envelope is another one.
    const report = '{}\n{"type":"client_report","length":2}\n{}\n'
    await post(sink, report)
    await post(sink, report)
    assert.is(received.length, 3)
  }),
)

open('lets pages of this machine send envelopes and read the answers', () =>
  withSink(async (sink) => {
    const origin = 'http://localhost:3000'
    const url = `${sink.url}api/1/envelope/`
    const asked = await fetch(url, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'x-sentry-auth,content-encoding',
      },
    })
    assert.is(asked.status, 204)
    assert.is(asked.headers.get('access-control-allow-origin'), origin)
    assert.match(asked.headers.get('access-control-allow-methods') ?? '', 'POST')
    assert.is(asked.headers.get('access-control-allow-headers'), 'x-sentry-auth,content-encoding')
    for (const [body, status] of [
      [BODY, 200],
      ['nonsense', 400],
    ] as const) {
      const answer = await post(sink, body, { ...AUTH, origin })
      assert.is(answer.status, status)
      assert.is(answer.headers.get('access-control-allow-origin'), origin)
      assert.match(answer.headers.get('access-control-expose-headers') ?? '', 'retry-after')
    }
    const foreign = await post(sink, BODY, { ...AUTH, origin: 'https://example.com' })
    assert.is(foreign.status, 403)
    assert.is(foreign.headers.get('access-control-allow-origin'), null)
  }),
)

open('refuses what Sentry refuses, and counts it', () =>
  withSink(async (sink, received) => {
    assert.is((await post(sink, BODY, {})).status, 401)
    assert.is((await post(sink, 'nonsense')).status, 400)
    assert.is((await post(sink, BODY, { ...AUTH, 'content-encoding': 'gzip' })).status, 413)
    assert.is(
      (await fetch(`${sink.url}api/1/store/`, { method: 'POST', headers: AUTH })).status,
      404,
    )
    assert.is(sink.refused(), 4)
    assert.is(received.length, 0)
  }),
)

open('refuses a body that is too large, compressed or not', () =>
  withSink(async (sink) => {
    const bomb = new Uint8Array(gzipSync(Buffer.alloc(40 * 1024 * 1024)))
    assert.is((await post(sink, bomb, { ...AUTH, 'content-encoding': 'gzip' })).status, 413)
    assert.is((await post(sink, new Uint8Array(33 * 1024 * 1024))).status, 413)
  }),
)

open('listens on 127.0.0.1, on another port if the wanted one is taken', () =>
  withSink(async (first) => {
    const port = Number(new URL(first.url).port)
    const second = await _.open({ port, onEnvelope: () => undefined, page: () => '' })
    assert.is.not(second.url, first.url)
    assert.match(second.url, /^http:\/\/127\.0\.0\.1:\d+\/$/)
    await second.close()
  }),
)

open('uses another port only if the wanted one is not fixed', () =>
  withSink(async (first) => {
    const port = Number(new URL(first.url).port)
    const options = { port, isPortFixed: true, onEnvelope: () => undefined, page: () => '' }
    const code = await _.open(options).then(
      () => 'it opened',
      (error) => error.code,
    )
    assert.is(code, 'EADDRINUSE')
  }),
)

open('shows a page to a person', () =>
  withSink(async (sink) => {
    assert.not(sink.hasViewer)
    assert.is(await (await fetch(sink.url)).text(), 'a page')
    assert.is(await (await fetch(`${sink.url}stream`)).text(), 'a page')
  }),
)

/** The status of an answer to a request that `fetch` would not send as it is written. */
const statusOf = (
  sink: _.Sink,
  path: string,
  headers: Record<string, string>,
  method = 'GET',
): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const port = new URL(sink.url).port
    request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .on('error', reject)
      .end()
  })

const HOSTS: ReadonlyArray<readonly [Record<string, string>, number]> = [
  [{ host: '127.0.0.1' }, 200],
  [{ host: '127.0.0.1:1' }, 200],
  [{ host: 'localhost:8969' }, 200],
  [{ host: 'LOCALHOST' }, 200],
  [{ host: 'evil.example' }, 403],
  [{ host: 'localhost.evil.example' }, 403],
  [{ host: '127.0.0.1.evil.example:8969' }, 403],
  [{ host: '127.0.0.1:8969@evil.example' }, 403],
  [{ host: 'localhost', origin: 'http://localhost:3000' }, 200],
  [{ host: 'localhost', origin: 'https://127.0.0.1' }, 200],
  [{ host: 'localhost', origin: 'https://evil.example' }, 403],
  [{ host: 'localhost', origin: 'https://evil.example/localhost' }, 403],
  [{ host: 'localhost', origin: 'null' }, 403],
]

for (const [headers, status] of HOSTS) {
  open(`answers ${status} to ${JSON.stringify(headers)}`, () =>
    withSink(async (sink) => {
      assert.is(await statusOf(sink, '/', headers), status)
      if (status !== 403) return
      const path = `/api/1/envelope/?sentry_key=${new URL(sink.dsn).username}`
      assert.is(await statusOf(sink, path, headers, 'POST'), status)
    }),
  )
}

open('answers 400 to a path that is not valid', () =>
  withSink(async (sink) => {
    assert.is(await statusOf(sink, '//', { host: 'localhost' }), 400)
  }),
)

open.run()

/** A sink with a viewer of three files, beside a file that does not belong to it. */
const withViewer = async (run: (sink: _.Sink) => Promise<void>): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'sentry-exporter-'))
  mkdirSync(join(folder, 'ui/assets'), { recursive: true })
  writeFileSync(join(folder, 'secret.js'), 'secret')
  writeFileSync(join(folder, 'ui/index.html'), '<html>the page</html>')
  writeFileSync(join(folder, 'ui/assets/main.js'), 'reports home')
  writeFileSync(join(folder, 'ui/assets/index.js'), 'export { x as _init }')
  const viewer = Viewer.ofFolder(join(folder, 'ui'))
  const sink = await _.open({ port: 0, onEnvelope: () => undefined, page: () => '', viewer })
  try {
    assert.ok(sink.hasViewer)
    await run(sink)
  } finally {
    await sink.close()
    rmSync(folder, { recursive: true })
  }
}

/** Reads events until it has this many, and disconnects. */
const events = async (
  sink: _.Sink,
  count: number,
  headers: Record<string, string> = {},
): Promise<ReadonlyArray<string>> => {
  const response = await fetch(`${sink.url}stream?base64=1`, { headers })
  assert.is(response.headers.get('content-type'), 'text/event-stream')
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString()
    if (text.split('\n\n').length > count) break
  }
  return text.split('\n\n').slice(0, count)
}

const viewer = suite('Sink.open with a viewer')

viewer('serves the files of the viewer, and its page where there is no file', () =>
  withViewer(async (sink) => {
    for (const path of ['', 'index.html', 'telemetry/traces', 'telemetry/errors/1']) {
      const response = await fetch(sink.url + path)
      assert.is(response.headers.get('content-type'), 'text/html; charset=utf-8')
      assert.is(await response.text(), '<html>the page</html>')
    }
    const script = await fetch(`${sink.url}assets/index.js`)
    assert.is(script.headers.get('content-type'), 'text/javascript; charset=utf-8')
    assert.is((await fetch(`${sink.url}assets/missing.js`)).status, 404)
  }),
)

viewer('starts the viewer itself, without its telemetry', () =>
  withViewer(async (sink) => {
    const start = await (await fetch(`${sink.url}assets/main.js`)).text()
    assert.not.match(start, 'reports home')
    assert.match(start, "new URL('/stream', location.href)")
  }),
)

viewer('lets a page reach no other server, and a browser guess no type', () =>
  withViewer(async (sink) => {
    for (const path of ['', 'assets/index.js', 'stream', 'missing.js']) {
      const { headers, body } = await fetch(sink.url + path)
      assert.match(headers.get('content-security-policy') ?? '', "connect-src 'self';")
      assert.is(headers.get('x-content-type-options'), 'nosniff')
      assert.is(headers.get('access-control-allow-origin'), null)
      await body?.cancel()
    }
  }),
)

const OUTSIDE: ReadonlyArray<string> = [
  '/../secret.js',
  '/assets/../../secret.js',
  '/%2e%2e/secret.js',
  '/..%2fsecret.js',
  '/assets/..%5c..%5csecret.js',
  '/assets/%2e%2e%2f%2e%2e%2fsecret.js',
  '/secret.js%00',
]

for (const path of OUTSIDE) {
  viewer(`serves no file outside of the viewer: ${path}`, () =>
    withViewer(async (sink) => {
      assert.is.not(await statusOf(sink, path, { host: 'localhost' }), 200)
    }),
  )
}

viewer('sends an envelope to connected pages, and to pages that connect later', () =>
  withViewer(async (sink) => {
    const early = events(sink, 1)
    await post(sink, BODY)
    const late = events(sink, 1)
    const [event] = await early
    assert.equal(await late, [event])
    const [name, data, id] = event?.split('\n') ?? []
    assert.is(name, 'event: application/x-sentry-envelope')
    const [header, items] = JSON.parse(data?.replace(/^data: /, '') ?? '')
    assert.ok(header.__spotlight_envelope_id.endsWith(id?.replace('id: ', '-')))
    assert.is(header.event_id, '9ec79c33ec9942ab8353589fcb2e04dc')
    assert.equal(items, [[{ type: 'event' }, { type: 'event' }]])
  }),
)

viewer(
  'sends a page that reconnects what it missed, and everything to a page of another session',
  () =>
    withViewer(async (sink) => {
      await post(sink, BODY)
      await post(sink, BODY.replace('9ec7', '0ec7'))
      const [first, second] = await events(sink, 2)
      const id = /^id: (.*)$/m.exec(first ?? '')?.[1] ?? ''
      assert.equal(await events(sink, 1, { 'last-event-id': id }), [second])
      assert.equal(await events(sink, 2, { 'last-event-id': 'other-0' }), [first, second])
      assert.equal(await events(sink, 2, { 'last-event-id': 'x' }), [first, second])
    }),
)

viewer('removes the kept envelopes on request', () =>
  withViewer(async (sink) => {
    await post(sink, BODY)
    assert.is((await fetch(`${sink.url}clear`, { method: 'DELETE' })).status, 200)
    await post(sink, BODY.replace('9ec7', '0ec7'))
    const [event] = await events(sink, 1)
    assert.match(event ?? '', '0ec79c33ec9942ab8353589fcb2e04dc')
  }),
)

viewer('answers a stack trace with itself: it has no lines of source', () =>
  withViewer(async (sink) => {
    const body = JSON.stringify({ frames: [{ filename: 'a.js', lineno: 1 }] })
    const answer = await fetch(`${sink.url}contextlines`, { method: 'PUT', body })
    assert.is(answer.status, 200)
    assert.is(await answer.text(), body)
  }),
)

viewer('does not count failed requests of the viewer as refused envelopes', () =>
  withViewer(async (sink) => {
    assert.is((await fetch(`${sink.url}elsewhere`, { method: 'PUT' })).status, 404)
    assert.is(sink.refused(), 0)
  }),
)

viewer.run()
