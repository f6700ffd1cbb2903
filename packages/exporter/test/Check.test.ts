import * as FakeClock from '@sentry-exporter/testing/FakeClock'
import * as InMemorySentry from '@sentry-exporter/testing/InMemorySentry'
import * as recordingHttp from '@sentry-exporter/testing/recordingHttp'
import * as TransportError from '@sentry-exporter/transport/TransportError'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as _ from '../src/Check.ts'

const DSN = 'https://key:hush@host/1'

const checked = async (
  http: Parameters<typeof _.check>[0]['http'],
  dsn = DSN,
  clock = FakeClock.make(),
): Promise<_.Check> => {
  const checking = _.check({ http, clock, timeoutMillis: 500 })(dsn)()
  await clock.advance(2_000)
  return checking
}

const check = suite('Check.check')

const answering = (status: number, text?: string): ReturnType<typeof recordingHttp.answering> => {
  const answer = recordingHttp.answering(status)
  return E.isRight(answer) && text !== undefined ? E.right({ ...answer.right, text }) : answer
}

const rejected = (reason: string): string =>
  JSON.stringify({ detail: `event submission rejected with_reason: ${reason}` })

const ROWS: ReadonlyArray<
  readonly [string, ReturnType<typeof answering>, _.Check['_tag'], RegExp]
> = [
  ['200', answering(200), 'Ok', /^OK:/],
  ['429', answering(429), 'Limited', /quota/],
  ['401', answering(401), 'WrongKey', /^wrong key: status 401/],
  ['400', answering(400), 'WrongKey', /^wrong key/],
  ['403', answering(403), 'WrongKey', /^wrong key/],
  [
    'a project that does not take it',
    answering(403, rejected('ProjectId')),
    'WrongProject',
    /^wrong project: status 403, ProjectId/,
  ],
  [
    'a project that is disabled',
    answering(403, rejected('ProjectState')),
    'WrongKey',
    /ProjectState/,
  ],
  ['no such path', answering(404), 'WrongProject', /^wrong project/],
  ['a proxy', answering(302), 'Refused', /is a Sentry server/],
  ['500', answering(500), 'Refused', /^refused: status 500/],
  [
    'refused',
    E.left(TransportError.unreachable('ECONNREFUSED')),
    'Unreachable',
    /^unreachable: ECONNREFUSED/,
  ],
  [
    'a certificate',
    E.left(TransportError.untrusted('CERT_HAS_EXPIRED')),
    'Untrusted',
    /^TLS:.*CERT_HAS_EXPIRED/,
  ],
]

for (const [name, answer, tag, message] of ROWS) {
  check(`reports ${name} as ${tag}`, async () => {
    const one = await checked(recordingHttp.make(() => answer).http)
    assert.is(one._tag, tag)
    assert.match(_.show(one), message)
    assert.not.match(_.show(one), 'hush')
  })
}

check('reports a bad DSN without a request', async () => {
  const { http, requests } = recordingHttp.make(() => answering(200))
  const one = await checked(http, 'https://key:hush@host/x')
  assert.is(one._tag, 'BadDsn')
  assert.match(_.show(one), /^bad DSN: .*project id/)
  assert.is(requests.length, 0)
})

check('gives up on what never answers', async () => {
  const one = await checked(() => () => new Promise(() => undefined))
  assert.equal(one, { _tag: 'TimedOut', afterMillis: 500 })
})

check('asks again, since the first answer may come before the key was looked up', async () => {
  const { http, requests } = recordingHttp.make((_request, index) =>
    index === 0 ? answering(200) : answering(403, rejected('ProjectId')),
  )
  assert.is((await checked(http))._tag, 'WrongProject')
  assert.is(requests.length, 2)
})

check('sends an empty client report', async () => {
  const clock = FakeClock.make()
  const sentry = InMemorySentry.make()
  assert.equal(await checked(sentry.http(clock), sentry.dsn, clock), { _tag: 'Ok' })
  assert.is(sentry.received.length, 2)
  assert.ok(sentry.received.every(InMemorySentry.isWhole))
  const other = sentry.dsn.replace('/42', '/43')
  assert.is((await checked(sentry.http(clock), other, clock))._tag, 'WrongProject')
})

check.run()
