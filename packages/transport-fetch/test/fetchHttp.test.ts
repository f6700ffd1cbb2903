import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { httpSuite } from '@sentry-exporter/workspace/httpSuite'
import { selfSigned } from '@sentry-exporter/workspace/selfSigned'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Fetch, FetchResponse } from '../src/Fetch.ts'
import { fetchHttp as _ } from '../src/fetchHttp.ts'
import { crossFetch } from '../src/platform/cross.ts'

httpSuite('fetchHttp on the fetch of Node', _)
httpSuite('fetchHttp on a given fetch', (options) => _({ ...options, fetch: globalThis.fetch }))
httpSuite('fetchHttp on cross-fetch', (options) => _({ ...options, fetch: crossFetch }))

const fetchHttp = suite('fetchHttp')

const request = {
  url: 'http://127.0.0.1:9/',
  headers: { 'x-sentry-auth': 'Sentry sentry_secret=hush' },
  body: new TextEncoder().encode('{}\n'),
}

const answer = (response: Partial<FetchResponse>): FetchResponse => ({
  status: 200,
  headers: new Headers(),
  body: null,
  ...response,
})

fetchHttp('calls the given fetch as a function, once, and follows no redirect', async () => {
  const calls: Array<unknown> = []
  const http = _({
    async fetch(this: unknown, url, init) {
      calls.push([this, url, init.method, init.redirect, init.headers, init.body])
      return answer({ status: 202 })
    },
  })
  const answered = await http(request)()
  assert.is(answered._tag === 'Right' && answered.right.status, 202)
  assert.equal(calls, [[undefined, request.url, 'POST', 'manual', request.headers, request.body]])
})

fetchHttp('reports a redirect that the browser hides', async () => {
  const answered = await _({ fetch: async () => answer({ status: 0 }) })(request)()
  assert.is(answered._tag === 'Right' && answered.right.status, 302)
})

fetchHttp('gives up in time on a fetch that ignores the signal', async () => {
  const http = _({ fetch: () => new Promise(() => undefined), timeoutMillis: 20 })
  assert.equal(await http(request)(), {
    _tag: 'Left',
    left: { _tag: 'TimedOut', afterMillis: 20 },
  })
})

fetchHttp('has the status of a response whose body breaks off or does not end', async () => {
  const bodies: ReadonlyArray<unknown> = [
    new ReadableStream({ start: (controller) => controller.error(new Error('broken')) }),
    new ReadableStream(),
  ]
  for (const body of bodies) {
    const answered = await _({ fetch: async () => answer({ body }), timeoutMillis: 20 })(request)()
    assert.is(answered._tag === 'Right' && answered.right.status, 200)
  }
})

fetchHttp('shows no header, even if a fetch quotes one that it refuses', async () => {
  const refuses: Fetch = async (_url, { headers }) => {
    throw new TypeError(`"${headers['x-sentry-auth']}" is not a valid value`)
  }
  assert.equal(await _({ fetch: refuses })(request)(), {
    _tag: 'Left',
    left: { _tag: 'Unreachable', reason: 'unknown failure' },
  })
})

fetchHttp(
  'when closed, aborts its requests and fails with Closed; other instances continue',
  async () => {
    const signals: Array<AbortSignal> = []
    const never: Fetch = (_url, { signal }) => {
      signals.push(signal)
      return new Promise(() => undefined)
    }
    const http = _({ fetch: never })
    const underWay = http(request)()
    await http.close?.()
    await http.close?.()
    const closed = { _tag: 'Left', left: { _tag: 'Closed' } }
    assert.equal(await underWay, closed)
    assert.equal(await http(request)(), closed)
    assert.equal(
      signals.map(({ aborted }) => aborted),
      [true],
    )
    assert.is((await _({ fetch: async () => answer({}) })(request)())._tag, 'Right')
    assert.is(http.skipsVerify, false)
  },
)

fetchHttp('leaves no listener on the signal of a request that has ended', async () => {
  const listeners = new Set<() => void>()
  const signal = {
    aborted: false,
    addEventListener: (_type: 'abort', listener: () => void) => void listeners.add(listener),
    removeEventListener: (_type: 'abort', listener: () => void) => void listeners.delete(listener),
  }
  let during = 0
  const http = _({
    fetch: async () => {
      during = listeners.size
      return answer({})
    },
  })
  await http({ ...request, signal })()
  assert.equal([during, listeners.size], [1, 0])
})

fetchHttp('reports an untrusted certificate, with each fetch', async () => {
  const server = createServer(selfSigned(), (_request, response) => response.end())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  for (const fetch of [globalThis.fetch, crossFetch]) {
    assert.equal(await _({ fetch })({ ...request, url: `https://127.0.0.1:${port}/` })(), {
      _tag: 'Left',
      left: { _tag: 'Untrusted', reason: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    })
  }
  server.closeAllConnections()
  server.close()
})

fetchHttp.run()
