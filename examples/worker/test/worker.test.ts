/** The Worker as a bundle for workerd, run with the globals that a Worker has, and with those of Node removed. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { build } from 'esbuild'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Context, Env, Worker } from '../src/worker.ts'

const bundle = async (): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, '..', 'src', 'worker.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'bundled',
    platform: 'browser',
    conditions: ['workerd', 'worker'],
    target: 'es2022',
  })
  return outputFiles[0]?.text ?? ''
}

/** While a Worker is loaded, the runtime refuses timers, random numbers, and requests. */
const load = (code: string, log: (line: string) => void): Worker => {
  let isLoaded = false
  const only =
    <A extends ReadonlyArray<unknown>, B>(name: string, run: (...args: A) => B) =>
    (...args: A): B => {
      if (!isLoaded) throw new Error(`${name} is not allowed while a Worker is loaded`)
      return run(...args)
    }
  const scope = {
    AbortController,
    CompressionStream,
    Request,
    Response,
    TextDecoder,
    TextEncoder,
    URL,
    atob,
    btoa,
    clearTimeout,
    console: { ...console, log },
    crypto: {
      getRandomValues: only('getRandomValues', (bytes: Uint8Array<ArrayBuffer>) =>
        crypto.getRandomValues(bytes),
      ),
    },
    fetch: only('fetch', (url: string, init: RequestInit) => fetch(url, init)),
    performance,
    setTimeout: only('setTimeout', (callback: () => void, millis: number) =>
      setTimeout(callback, millis),
    ),
    Uint8Array,
    ArrayBuffer,
  }
  runInNewContext(code, scope)
  isLoaded = true
  // The bundle sets this global.
  return (scope as unknown as { readonly bundled: { readonly default: Worker } }).bundled.default
}

const worker = suite('examples/worker')

worker('sends the trace and the error of each request, and counts what it sent', async () => {
  const types: Array<string> = []
  const server = createServer((request, response) => {
    request.resume()
    request.on('end', () => {
      types.push(String(request.headers['content-type'] ?? ''))
      response.end('{}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on a port has an address with it.
  const { port } = server.address() as AddressInfo
  const lines: Array<string> = []
  try {
    const loaded = load(await bundle(), (line) => lines.push(line))
    const env: Env = { SENTRY_DSN: `http://key@127.0.0.1:${port}/1` }
    const work: Array<Promise<unknown>> = []
    const context: Context = { waitUntil: (one) => work.push(one) }
    const statuses: Array<number> = []
    for (const path of ['/', '/fail', '/other']) {
      const response = await loaded.fetch(new Request(`https://shop.example${path}`), env, context)
      statuses.push(response.status)
    }
    await Promise.all(work)
    assert.equal(statuses, [200, 500, 200])
    const outcomes = lines.map((line) => JSON.parse(line))
    assert.is(outcomes.length, 3)
    for (const { spansIn, delivered, waiting, dropped } of outcomes) {
      assert.equal([spansIn, waiting, dropped], [delivered.spans, 0, {}])
    }
    assert.is(
      outcomes.reduce((sum, { delivered }) => sum + delivered.errors, 0),
      1,
    )
    // Three transactions and an error.
    assert.is(types.length, 4)
  } finally {
    server.closeAllConnections()
    server.close()
  }
})

worker.run()
