import { gzipSync } from 'node:zlib'
import { selfSigned } from '@sentry-exporter/workspace/selfSigned'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { MAX_RUNS, type OpenedRun, type RunRequests } from '../../src/contract/Behaviour.ts'
import { until } from '../../src/contract/within.ts'
import * as _ from '../../src/node/ContractServer.ts'

const server = suite('ContractServer')

const LONG_MILLIS = 10_000

/** A server, and the functions of a client. */
const opened = async (certificate?: _.UntrustedCertificate) => {
  const { address, close } = await _.open(certificate)
  // The server is the module under test; its answers are compared below.
  const json = async <A>(path: string): Promise<A> =>
    (await (await fetch(address.control + path)).json()) as A
  return {
    address,
    close,
    run: () => json<OpenedRun>('/open'),
    requests: (origin: string) => json<RunRequests>(`/requests?origin=${origin}`),
  }
}

server('has the requests of a run, without preflights, and their bodies before gzip', async () => {
  const { close, run, requests } = await opened()
  try {
    const [{ origin }, other] = [await run(), await run()]
    const url = `${origin}/answers/api/?a=b`
    const preflight = await fetch(url, { method: 'OPTIONS' })
    assert.is(preflight.headers.get('access-control-allow-origin'), '*')
    const headers = { 'content-encoding': 'gzip', 'x-test': 'yes' }
    const answer = await fetch(url, { method: 'POST', headers, body: gzipSync('{"a":1}') })
    assert.is(await answer.text(), '{}')
    const { received, preflights } = await requests(origin)
    assert.is(preflights, 1)
    assert.equal(
      received.map(({ method, path, headers: { 'x-test': test }, body, isAborted }) => [
        [method, path, test, atob(body), isAborted],
      ]),
      [[['POST', '/api/?a=b', 'yes', '{"a":1}', false]]],
    )
    assert.equal(await requests(other.origin), { received: [], preflights: 0 })
    assert.is((await fetch(`${origin}/odd/`)).status, 404)
  } finally {
    await close()
  }
})

server('knows which request the client ended', async () => {
  const { close, run, requests } = await opened()
  try {
    const { origin } = await run()
    const giveUp = new AbortController()
    const { signal } = giveUp
    const failed = fetch(`${origin}/stays-silent/`, { method: 'POST', signal }).catch(
      (error: Error) => error.name,
    )
    const first = async () => (await requests(origin)).received[0]
    await until(async () => (await first()) !== undefined, LONG_MILLIS)
    assert.is((await first())?.isAborted, false)
    giveUp.abort()
    assert.is(await failed, 'AbortError')
    await until(async () => (await first())?.isAborted === true, LONG_MILLIS)
  } finally {
    await close()
  }
})

server('names a port where nothing listens, and ends the oldest runs', async () => {
  const { close, run, requests } = await opened()
  try {
    const first = await run()
    for (let i = 0; i < MAX_RUNS; i++) await run()
    assert.equal(await requests(first.origin), {})
    for (const nobody of [first.origin, first.refusing]) {
      const refused = await fetch(nobody).catch((error: Error) => error.message)
      assert.is(refused, 'fetch failed')
    }
  } finally {
    await close()
  }
})

server('has TLS if it is given a certificate', async () => {
  const { address, close } = await opened(selfSigned())
  try {
    assert.match(address.secure ?? '', /^https:\/\/127\.0\.0\.1:\d+$/)
    const failed = await fetch(address.secure ?? '').catch(
      (error: Error) => Object(error.cause).code,
    )
    assert.is(failed, 'DEPTH_ZERO_SELF_SIGNED_CERT')
  } finally {
    await close()
  }
})

server.run()
