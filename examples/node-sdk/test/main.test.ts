import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { decompressors } from '@sentry-exporter/testing/decompressors'
import * as InMemorySentry from '@sentry-exporter/testing/InMemorySentry'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'

const program = join(import.meta.dirname, '..', 'dist', 'main.js')

interface Event {
  readonly type?: string
  readonly transaction?: string
  readonly spans?: ReadonlyArray<{ readonly description?: string; readonly op?: string }>
  readonly exception?: { readonly values: ReadonlyArray<{ readonly value: string }> }
}

const nodeSdk = suite('examples/node-sdk')

nodeSdk(
  'sends all spans of an express application: in = sent + lost, and Sentry keeps them',
  async () => {
    const sentry = InMemorySentry.make({ decompressors })
    const events: Array<Event> = []
    const server = createServer((request, response) => {
      const chunks: Array<Buffer> = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const body = Buffer.concat(chunks)
        const text = request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body
        const [, , payload = '{}'] = text.toString().split('\n')
        events.push(JSON.parse(payload))
        const headers = Object.fromEntries(
          Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
        )
        const url = `http://sentry.invalid${request.url}`
        const { response: answer } = sentry.receive(
          { url, headers, body: new Uint8Array(body) },
          Date.now(),
        )
        response.writeHead(answer.status, answer.headers).end(answer.body)
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    // A server that listens on a port has an address with it.
    const { port } = server.address() as AddressInfo
    const { host, protocol } = new URL(sentry.dsn)
    const dsn = sentry.dsn.replace(`${protocol}//`, 'http://').replace(host, `127.0.0.1:${port}`)
    try {
      const { stdout } = await promisify(execFile)(process.execPath, [program], {
        // With the clock of this process, where it is shifted.
        env: { ...process.env, SENTRY_DSN: dsn, OTEL_SERVICE_NAME: 'shop' },
        timeout: 600_000,
      })
      const outcome = JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
      assert.is(outcome.waiting, 0)
      assert.is(outcome.spansIn, outcome.delivered.spans)
      assert.equal([outcome.rejected, outcome.dropped], [{}, {}])
      assert.ok(sentry.received.every(({ response }) => response.status === 200))
      assert.ok(
        sentry.received.every(({ verdicts }) => verdicts.every(({ _tag }) => _tag === 'Kept')),
      )
      const names = new Set(events.map(({ transaction }) => transaction))
      assert.ok(names.has('GET /cart/:id') && names.has('GET /pay/:id'), [...names].join())
      const errors = events.filter(({ exception }) => exception !== undefined)
      assert.equal(
        errors.map(({ exception }) => exception?.values[0]?.value),
        Array.from({ length: 5 }, () => 'the card was refused'),
      )
      // No request of the exporter is in any span.
      assert.not.match(JSON.stringify(events), `:${port}/`)
    } finally {
      server.closeAllConnections()
      server.close()
    }
  },
)

nodeSdk.run()
