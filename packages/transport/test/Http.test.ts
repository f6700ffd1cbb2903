import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as _ from '../src/Http.ts'
import * as TransportError from '../src/TransportError.ts'

const REQUEST: _.HttpRequest = { url: 'https://host/', headers: {}, body: new Uint8Array() }

const http = suite('Http')

http('from a promise: a result is right, a classified rejection is left', async () => {
  const response: _.HttpResponse = { status: 500, header: () => undefined }
  const classify = (cause: unknown) => TransportError.unreachable(String(cause))
  assert.equal(await _.fromPromise(async () => response, classify)(REQUEST)(), E.right(response))
  const failing = _.fromPromise(() => Promise.reject('offline'), classify)
  assert.equal(await failing(REQUEST)(), E.left(TransportError.unreachable('offline')))
})

http('withTraits does not change the given function', async () => {
  const plain: _.Http = () => async () => E.left(TransportError.closed)
  let closed = 0
  const close = async (): Promise<void> => {
    closed++
  }
  const one = _.withTraits(plain, { close, skipsVerify: true })
  await one.close?.()
  assert.equal([closed, one.skipsVerify, plain.close], [1, true, undefined])
  assert.equal(await one(REQUEST)(), E.left(TransportError.closed))
})

http.run()
