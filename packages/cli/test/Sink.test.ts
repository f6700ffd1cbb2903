import { gzipSync } from 'node:zlib'
import type * as Envelope from '@sentry-exporter/envelope/Envelope'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../src/Sink.ts'

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

open('takes envelopes, compressed or not, and answers with the id of the event', () =>
  withSink(async (sink, received) => {
    const plain = await post(sink, BODY)
    assert.equal(await plain.json(), { id: '9ec79c33ec9942ab8353589fcb2e04dc' })
    await post(sink, new Uint8Array(gzipSync(BODY)), { ...AUTH, 'content-encoding': 'gzip' })
    assert.is(received.length, 2)
    assert.is(sink.refused(), 0)
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

open('shows a page to a person', () =>
  withSink(async (sink) => {
    assert.is(await (await fetch(sink.url)).text(), 'a page')
  }),
)

open.run()
