import * as ClientReport from '@sentry-exporter/envelope/ClientReport'
import * as FakeClock from '@sentry-exporter/testing/FakeClock'
import * as recordingHttp from '@sentry-exporter/testing/recordingHttp'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as _ from '../src/Delivery.ts'
import type { Http } from '../src/Http.ts'
import { dsn, sealed } from './envelopes.ts'

const textOf = (request: { readonly body: Uint8Array } | undefined): string =>
  new TextDecoder().decode(request?.body)

const delivery = suite('Delivery')

delivery('stamps each attempt with its own time, on the same bytes', async () => {
  const clock = FakeClock.make()
  const { http, requests } = recordingHttp.make((_request, index) =>
    recordingHttp.answering(index === 0 ? 503 : 200),
  )
  const { transport } = _.make({ http, clock, client: 'me/1', dsn, options: _.defaults })
  const sending = transport(sealed('error'))()
  await clock.advance(2_000)
  assert.ok(E.isRight(await sending))
  const [first = '', second = ''] = requests.map(textOf)
  const stamp = /"sent_at":"([^"]*)",?/
  assert.is.not(stamp.exec(first)?.[1], stamp.exec(second)?.[1])
  assert.is(first.replace(stamp, ''), second.replace(stamp, ''))
})

delivery('reports a loss on its own after a minute, if no envelope is sent before', async () => {
  const clock = FakeClock.make()
  const { http, requests } = recordingHttp.make(() => recordingHttp.answering(200))
  const { lose, stop } = _.make({ http, clock, client: 'me/1', dsn, options: _.defaults })
  lose(ClientReport.of('before_send', [['span', 2]]))
  await clock.advance(59_999)
  assert.is(requests.length, 0)
  await clock.advance(1)
  assert.match(textOf(requests[0]), '"category":"span","quantity":2')
  stop()
  assert.is(clock.pending(), 0)
})

delivery('reports nothing without sendClientReports', async () => {
  const clock = FakeClock.make()
  const { http, requests } = recordingHttp.make(() => recordingHttp.answering(500))
  const options = { ..._.defaults, sendClientReports: false }
  const one = _.make({ http, clock, client: 'me/1', dsn, options })
  await one.transport(sealed('error'))()
  await one.report()
  assert.is(requests.length, 1)
  assert.is(clock.pending(), 0)
})

delivery('starts no attempt after stop, and cancels its timer', async () => {
  const clock = FakeClock.make()
  const { http, requests } = recordingHttp.make(() => recordingHttp.answering(503))
  const one = _.make({ http, clock, client: 'me/1', dsn, options: _.defaults })
  const sending = one.transport(sealed('error'))()
  await new Promise((resolve) => setImmediate(resolve))
  one.stop()
  one.cut()
  assert.is(E.isLeft(await sending), true)
  const late = await one.transport(sealed('error'))()
  assert.is(E.isLeft(late) && late.left._tag, 'Abandoned')
  await one.report()
  assert.equal([requests.length, clock.pending()], [1, 0])
})

delivery('keeps its rate limits when its options change', async () => {
  const clock = FakeClock.make()
  const { http, requests } = recordingHttp.make(() =>
    recordingHttp.answering(429, { 'retry-after': '60' }),
  )
  const one = _.make({ http, clock, client: 'me/1', dsn, options: _.defaults })
  await one.transport(sealed('error'))()
  one.reconfigure({ ..._.defaults, concurrency: 1 })
  const second = await one.transport(sealed('error'))()
  assert.is(E.isLeft(second) && second.left._tag, 'RateLimited')
  assert.is(requests.length, 1)
  one.stop()
})

delivery('uses other options from the next envelope and the next attempt on', async () => {
  const clock = FakeClock.make()
  let isSilent = false
  const recording = recordingHttp.make(() => recordingHttp.answering(503))
  const http: Http = (request) => (isSilent ? () => new Promise(() => {}) : recording.http(request))
  const one = _.make({ http, clock, client: 'me/1', dsn, options: _.defaults })
  const first = one.transport(sealed('error'))()
  await clock.advance(0)
  const retry = { ..._.defaults.retry, maxAttempts: 1 }
  one.reconfigure({ ..._.defaults, retry, timeoutMillis: 50, sendClientReports: false })
  // The envelope under way goes on with its plan, and its next attempt has the new time limit.
  isSilent = true
  await clock.advance(1_000)
  isSilent = false
  await clock.advance(200_000)
  assert.is(E.isLeft(await first), true)
  const attempts = recording.requests.length
  assert.ok(attempts > 2)
  assert.is(E.isLeft(await one.transport(sealed('error'))()), true)
  assert.is(recording.requests.length, attempts + 1)
  await one.report()
  one.lose(ClientReport.of('before_send', [['span', 2]]))
  await clock.advance(60_000)
  assert.equal([recording.requests.length, clock.pending()], [attempts + 1, 0])
})

delivery.run()
