import * as Dsn from '@sentry-exporter/envelope/Dsn'
import * as Item from '@sentry-exporter/envelope/Item'
import * as Sealed from '@sentry-exporter/envelope/Sealed'
import * as FakeClock from '@sentry-exporter/testing/FakeClock'
import * as recordingHttp from '@sentry-exporter/testing/recordingHttp'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import type { HttpResponse } from '../src/Http.ts'
import { overHttp } from '../src/overHttp.ts'
import * as TransportError from '../src/TransportError.ts'

const sealed = (): Sealed.Sealed => {
  const dsn = Dsn.parse('https://key:hush@host:9000/a/1')
  if (E.isLeft(dsn)) throw new Error('a bad DSN in a test')
  return Sealed.seal(
    { dsn: dsn.right, eventId: undefined, category: 'error', lossesIfDropped: [['error', 1]] },
    { header: { event_id: 'x' }, items: [Item.json('event', {})] },
  )
}

const send = async (
  answer: E.Either<TransportError.TransportError, HttpResponse>,
): Promise<
  readonly [E.Either<TransportError.TransportError, unknown>, recordingHttp.RecordingHttp]
> => {
  const recording = recordingHttp.make(() => answer)
  const clock = FakeClock.make(1_700_000_000_000)
  const transport = overHttp({ http: recording.http, clock, client: 'me/1' })
  return [await transport(sealed())(), recording]
}

const over = suite('overHttp')

over('posts to the endpoint of the DSN, with its key, stamped at the time of sending', async () => {
  const [, { requests }] = await send(recordingHttp.answering(200))
  assert.is(requests.length, 1)
  const [request] = requests
  assert.is(request?.url, 'https://host:9000/a/api/1/envelope/')
  assert.equal(request?.headers, {
    'content-type': 'application/x-sentry-envelope',
    'user-agent': 'me/1',
    'x-sentry-auth':
      'Sentry sentry_version=7, sentry_client=me/1, sentry_key=key, sentry_secret=hush',
  })
  assert.match(
    new TextDecoder().decode(request?.body),
    /^\{"sent_at":"2023-11-14T22:13:20.000Z","event_id":"x"\}\n/,
  )
})

over('accepts 200 to 299 as delivered, and keeps the limits of the response', async () => {
  const limits = { 'x-sentry-rate-limits': '60:error:key', 'retry-after': '60' }
  for (const status of [200, 202, 299]) {
    const [sent] = await send(recordingHttp.answering(status, limits))
    assert.equal(
      sent,
      E.right({ answer: { status, rateLimits: '60:error:key', retryAfter: '60' } }),
    )
  }
})

over('treats every other status as refused, with its answer', async () => {
  for (const status of [100, 301, 400, 401, 403, 413, 429, 500, 503]) {
    const [sent] = await send(recordingHttp.answering(status))
    const answer = { status, rateLimits: undefined, retryAfter: undefined }
    assert.equal(sent, E.left({ _tag: 'Refused', answer }))
  }
})

over('passes on an error of the network', async () => {
  const [sent] = await send(E.left(TransportError.unreachable('ECONNREFUSED')))
  assert.equal(sent, E.left({ _tag: 'Unreachable', reason: 'ECONNREFUSED' }))
})

over.run()
