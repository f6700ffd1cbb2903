import * as FakeClock from '@sentry-exporter/testing/FakeClock'
import type * as Http from '@sentry-exporter/transport/Http'
import * as TransportError from '@sentry-exporter/transport/TransportError'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as _ from '../../src/pipeline/WatchedHttp.ts'

const REQUEST: Http.HttpRequest = { url: 'https://host/', headers: {}, body: new Uint8Array() }

const watch = suite('WatchedHttp.watch')

watch('shows whether the last attempt was answered', async () => {
  const answers: Array<number | undefined> = [200, undefined, 429, 503, 400]
  const http: Http.Http = () => async () => {
    const status = answers.shift()
    return status === undefined
      ? E.left(TransportError.unreachable('refused'))
      : E.right({ status, header: () => undefined })
  }
  const seen: Array<_.SeenAttempt['status']> = []
  const link = _.watch(http, FakeClock.make(), ({ status }) => seen.push(status))
  const downs: Array<boolean> = [link.isDown()]
  for (let i = 0; i < 5; i++) {
    await link.http(REQUEST)()
    downs.push(link.isDown())
  }
  assert.equal(downs, [false, false, true, false, true, false])
  assert.equal(seen, [200, 'none', 429, 503, 400])
})

watch('keeps the traits of the Http', async () => {
  let closed = 0
  const http: Http.Http = Object.assign(() => async () => E.left(TransportError.closed), {
    skipsVerify: true,
    close: async () => {
      closed++
    },
  })
  const { http: watched } = _.watch(http, FakeClock.make(), () => undefined)
  await watched.close?.()
  assert.equal([watched.skipsVerify, closed], [true, 1])
})

watch.run()
