import * as Dsn from '@sentry-exporter/envelope/Dsn'
import * as Item from '@sentry-exporter/envelope/Item'
import * as Sealed from '@sentry-exporter/envelope/Sealed'
import * as FakeClock from '@sentry-exporter/testing/FakeClock'
import * as recordingHttp from '@sentry-exporter/testing/recordingHttp'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import type { Http, HttpResponse } from '../src/Http.ts'
import { overHttp } from '../src/overHttp.ts'
import type { Sent } from '../src/Transport.ts'
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

/** Calls something that is no `Http`, as a program without types may. */
const sendBy = (http: unknown): Promise<Sent> =>
  // The check at run time is what is tested.
  overHttp({ http: http as Http, clock: FakeClock.make(), client: 'me/1' })(sealed())()

const throws = (): never => {
  throw new Error('no way to https://key:hush@host/1')
}

const BROKEN: ReadonlyArray<readonly [string, unknown, RegExp]> = [
  ['throws', throws, /failed: no way to https/],
  ['makes a task that throws', () => throws, /failed: no way/],
  ['rejects', () => () => Promise.reject(new Error('no way')), /failed: no way/],
  ['rejects without an error', () => () => Promise.reject(5), /failed: it threw no error/],
  ['returns a promise', async () => recordingHttp.answering(200), /object in place of a task/],
  [
    'is the function that makes it',
    () => () => () => recordingHttp.answering(200),
    /as in nodeHttp/,
  ],
  ['answers nothing', () => async () => undefined, /undefined in place of an Either/],
  ['answers a response of fetch', () => async () => ({ status: 200 }), /object in place of/],
  ['answers no status', () => async () => E.right({ header: () => '' }), /without a status/],
  ['answers no headers', () => async () => E.right({ status: 200 }), /without headers/],
  ['answers an unknown error', () => async () => E.left({ _tag: 'Odd' }), /in place of an Either/],
  ['answers a text as error', () => async () => E.left('no'), /in place of an Either/],
]

for (const [what, http, reason] of BROKEN) {
  over(`says what an Http did that ${what}, without credentials`, async () => {
    const sent = await sendBy(http)
    if (E.isRight(sent) || sent.left._tag !== 'Unreachable') return assert.unreachable()
    assert.match(sent.left.reason, reason)
    assert.not.match(sent.left.reason, 'hush')
  })
}

over('shows no credentials of an error of the Http', async () => {
  const [sent] = await send(E.left(TransportError.unreachable('bad https://key:hush@host/1')))
  assert.equal(sent, E.left(TransportError.unreachable('bad https://[Filtered]@host/1')))
})

over('ignores headers that are no text', async () => {
  const odd: unknown = { status: 200, header: () => 5 }
  const sent = await sendBy(() => async () => ({ _tag: 'Right', right: odd }))
  const answer = { status: 200, rateLimits: undefined, retryAfter: undefined }
  assert.equal(sent, E.right({ answer }))
})

over.run()
