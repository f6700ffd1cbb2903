import type * as Http from '@sentry-exporter/transport/Http'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as _ from '../../src/pipeline/ReplaceableHttp.ts'

const REQUEST: Http.HttpRequest = { url: 'https://host/', headers: {}, body: new Uint8Array() }

interface TestHttp {
  readonly http: Http.Http
  readonly answer: () => void
  readonly counts: { sent: number; closed: number }
}

/** Answers when `answer` is called. */
const makeHttp = (skipsVerify = false): TestHttp => {
  const counts = { sent: 0, closed: 0 }
  let answer: () => void = () => undefined
  const http: Http.Http = () => () => {
    counts.sent++
    return new Promise((resolve) => {
      answer = () => resolve(E.right({ status: 200, header: () => undefined }))
    })
  }
  const close = async (): Promise<void> => {
    counts.closed++
  }
  return { http: Object.assign(http, { close, skipsVerify }), answer: () => answer(), counts }
}

const replace = suite('ReplaceableHttp.replace')

replace(
  'ends requests where they began, and closes the former after the last of them',
  async () => {
    const [first, second] = [makeHttp(), makeHttp(true)]
    const { http, replace: use } = _.make(first.http)
    const underWay = http(REQUEST)()
    assert.is(http.skipsVerify, false)
    use(second.http)
    assert.is(http.skipsVerify, true)
    const later = http(REQUEST)()
    assert.equal(
      [first.counts, second.counts],
      [
        { sent: 1, closed: 0 },
        { sent: 1, closed: 0 },
      ],
    )
    first.answer()
    assert.ok(E.isRight(await underWay))
    assert.is(first.counts.closed, 1)
    second.answer()
    await later
    await http.close?.()
    assert.equal([first.counts.closed, second.counts.closed], [1, 1])
  },
)

replace('closes one without requests at once, and all of them at the end', async () => {
  const [first, second, third] = [makeHttp(), makeHttp(), makeHttp()]
  const { http, replace: use } = _.make(first.http)
  use(second.http)
  assert.is(first.counts.closed, 1)
  const underWay = http(REQUEST)()
  use(third.http)
  await http.close?.()
  assert.equal([second.counts.closed, third.counts.closed], [1, 1])
  second.answer()
  await underWay
  assert.is(second.counts.closed, 1)
})

replace.run()
