import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as _ from '../src/recordingHttp.ts'

const recordingHttp = suite('recordingHttp')

const request = { url: 'https://sentry.invalid/', headers: {}, body: new Uint8Array([1]) }

recordingHttp('records requests and gives the prepared answers', async () => {
  const { http, requests } = _.make((_request, index) =>
    index === 0 ? _.answering(200) : E.left({ _tag: 'TimedOut', afterMillis: 5 }),
  )
  const first = await http(request)()
  const second = await http({ ...request, url: 'https://other.invalid/' })()
  assert.is(E.isRight(first) && first.right.status, 200)
  assert.equal(second, E.left({ _tag: 'TimedOut', afterMillis: 5 }))
  assert.equal(
    requests.map(({ url }) => url),
    ['https://sentry.invalid/', 'https://other.invalid/'],
  )
})

recordingHttp('sends nothing before the task runs', () => {
  const { http, requests } = _.make(() => _.answering(200))
  http(request)
  assert.is(requests.length, 0)
})

recordingHttp('finds headers by their names in any case', () => {
  const answer = _.answering(429, { 'retry-after': '60' })
  if (E.isLeft(answer)) throw new Error('an answer is no failure')
  assert.is(answer.right.header('Retry-After'), '60')
  assert.is(answer.right.header('x-missing'), undefined)
})

recordingHttp.run()
