import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Fetch, FetchInit } from '../src/Fetch.ts'
import * as browser from '../src/platform/browser.ts'
import * as cross from '../src/platform/cross.ts'
import { drain as _ } from '../src/platform/drain.ts'
import * as native from '../src/platform/native.ts'

const platform = suite('#fetch')

const init: FetchInit = {
  method: 'POST',
  headers: { 'user-agent': 'me/1', 'x-test': 'yes' },
  body: new Uint8Array(0),
  redirect: 'manual',
  signal: new AbortController().signal,
}

/** The arguments of the platform's fetch, which is replaced for the call. */
const calledWith = async (fetch: Fetch): Promise<ReadonlyArray<unknown>> => {
  const own = globalThis.fetch
  const calls: Array<unknown> = []
  globalThis.fetch = async (...call) => {
    calls.push(call)
    return new Response()
  }
  try {
    await fetch('http://host/', init)
  } finally {
    globalThis.fetch = own
  }
  return calls
}

platform('is the fetch of the platform, looked up at each call', async () => {
  assert.equal(await calledWith(native.platformFetch), [['http://host/', init]])
  assert.equal(await calledWith(cross.platformFetch), [['http://host/', init]])
})

platform('omits in browsers the header that the server does not allow', async () => {
  const headers = { 'x-test': 'yes' }
  assert.equal(await calledWith(browser.platformFetch), [['http://host/', { ...init, headers }]])
})

platform('is cross-fetch if the platform has none', async () => {
  const server = createServer((_request, response) => response.end('{}'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const own = globalThis.fetch
  Reflect.deleteProperty(globalThis, 'fetch')
  try {
    const response = await cross.platformFetch(`http://127.0.0.1:${port}/`, init)
    assert.is(response.status, 200)
    // Streams of Node, which those of the web are not.
    assert.is(typeof Object(response.body).pipe, 'function')
    await _(response.body, 10)
  } finally {
    globalThis.fetch = own
    server.closeAllConnections()
    server.close()
  }
})

platform.run()

const drain = suite('drain')

/** Yields pieces of ten bytes; records their number and whether the reader cancelled. */
const source = (pieces: number) => {
  const seen = { pieces: 0, stopped: false }
  async function* pour(): AsyncGenerator<Uint8Array> {
    try {
      for (; seen.pieces < pieces; seen.pieces++) yield new Uint8Array(10)
    } finally {
      seen.stopped = seen.pieces < pieces
    }
  }
  return { seen, pour }
}

drain('reads a short body to its end, of the web and of Node streams', async () => {
  for (const wrap of [(body: AsyncGenerator<Uint8Array>) => body, ReadableStream.from]) {
    const { seen, pour } = source(3)
    assert.is(await _(wrap(pour()), 100), true)
    assert.equal(seen, { pieces: 3, stopped: false })
  }
})

drain('reads a long body up to the limit, and cancels it', async () => {
  for (const wrap of [(body: AsyncGenerator<Uint8Array>) => body, ReadableStream.from]) {
    const { seen, pour } = source(1_000)
    assert.is(await _(wrap(pour()), 100), false)
    assert.ok(seen.pieces < 15, `${seen.pieces} pieces`)
    assert.is(seen.stopped, true)
  }
})

drain('treats a missing body as empty, and rejects if a body breaks off', async () => {
  assert.is(await _(null, 1), true)
  assert.is(await _(undefined, 1), true)
  const broken = new ReadableStream({ start: (controller) => controller.error(new Error('odd')) })
  assert.is(await _(broken, 1).catch((error: Error) => error.message), 'odd')
})

drain.run()
