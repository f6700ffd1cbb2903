/**
 * What every `Http` must do, whatever the runtime. Each case runs against a real server on 127.0.0.1 that behaves in
 * one way and stops by itself.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import type { Http, HttpRequest } from '@sentry-exporter/transport/Http'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'

// model

/** Makes the `Http` under test: it gives up after this many milliseconds. */
export type MakeHttp = (options: { readonly timeoutMillis: number }) => Http

interface Heard {
  readonly method: string | undefined
  readonly url: string | undefined
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
  readonly port: number | undefined
}

// running

/** Registers and runs the suite. */
export const httpContract = (name: string, make: MakeHttp): void => {
  const contract = suite(`${name} as an Http`)

  const against = async (
    behave: (response: ServerResponse, heard: Heard) => void,
    check: (http: Http, request: HttpRequest, heard: ReadonlyArray<Heard>) => Promise<void>,
    timeoutMillis = 2_000,
  ): Promise<void> => {
    const heard: Array<Heard> = []
    const server = createServer(async (request, response) => {
      const chunks: Array<Buffer> = []
      for await (const chunk of request) chunks.push(chunk)
      const one: Heard = {
        method: request.method,
        url: request.url,
        headers: request.headers,
        body: Buffer.concat(chunks),
        port: request.socket.remotePort,
      }
      heard.push(one)
      behave(response, one)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const http = make({ timeoutMillis })
    try {
      await check(
        http,
        {
          url: `http://127.0.0.1:${port}/api/1/envelope/?a=b`,
          headers: { 'x-test': 'yes' },
          body: BODY,
        },
        heard,
      )
    } finally {
      await http.close?.()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
  }

  contract('posts the exact bytes with the given headers to the exact path', () =>
    against(
      (response) => response.end('{}'),
      async (http, request, heard) => {
        const answer = await http(request)()
        assert.is(E.isRight(answer) && answer.right.status, 200)
        assert.is(heard[0]?.method, 'POST')
        assert.is(heard[0]?.url, '/api/1/envelope/?a=b')
        assert.is(heard[0]?.headers['x-test'], 'yes')
        assert.ok(Buffer.from(BODY).equals(plainBody(heard[0])))
      },
    ),
  )

  contract('sends a large body whole, compressed or not', () =>
    against(
      (response) => response.end(),
      async (http, request, heard) => {
        const body = new Uint8Array(1_000_000).map((_, i) => i % 251)
        assert.ok(E.isRight(await http({ ...request, body })()))
        assert.ok(Buffer.from(body).equals(plainBody(heard[0])))
      },
    ),
  )

  contract('takes a bad status as an answer, with its headers in any case', () =>
    against(
      (response) => {
        response.writeHead(429, { 'X-Sentry-Rate-Limits': '60:error:key', 'Retry-After': '60' })
        response.end('limited')
      },
      async (http, request) => {
        const answer = await http(request)()
        assert.ok(E.isRight(answer))
        assert.is(answer.right.status, 429)
        assert.is(answer.right.header('X-Sentry-Rate-Limits'), '60:error:key')
        assert.is(answer.right.header('retry-after'), '60')
        assert.is(answer.right.header('x-missing'), undefined)
      },
    ),
  )

  contract('follows no redirect: credentials go only where the DSN says', () =>
    against(
      (response, { url }) => {
        response.writeHead(url === '/elsewhere' ? 200 : 307, { location: '/elsewhere' })
        response.end()
      },
      async (http, request, heard) => {
        const answer = await http(request)()
        if (E.isRight(answer)) assert.is(answer.right.status, 307)
        assert.is(heard.length, 1)
      },
    ),
  )

  contract('tells a refused connection', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    await new Promise((resolve) => server.close(resolve))
    const http = make({ timeoutMillis: 2_000 })
    const answer = await http({ url: `http://127.0.0.1:${port}/`, headers: {}, body: BODY })()
    assert.is(E.isLeft(answer) && answer.left._tag, 'Unreachable')
    await http.close?.()
  })

  contract('tells a connection that breaks before the answer', () =>
    against(
      (response) => response.destroy(),
      async (http, request) => {
        const answer = await http(request)()
        assert.is(E.isLeft(answer) && answer.left._tag, 'Unreachable')
      },
    ),
  )

  contract('gives up on a server that never answers', () =>
    against(
      () => undefined,
      async (http, request) => {
        const answer = await http(request)()
        assert.equal(E.isLeft(answer) && answer.left, { _tag: 'TimedOut', afterMillis: 300 })
      },
      300,
    ),
  )

  contract('settles in time on an answer that never ends: its status is known', () =>
    against(
      (response) => {
        response.writeHead(200)
        response.write('{')
      },
      async (http, request) => {
        const answer = await http(request)()
        assert.is(
          E.isLeft(answer) ? answer.left._tag : answer.right.status,
          E.isLeft(answer) ? 'TimedOut' : 200,
        )
      },
      300,
    ),
  )

  contract('does not read an endless answer', () =>
    against(
      (response) => {
        const piece = Buffer.alloc(64 * 1024)
        const pour = (): void => {
          while (!response.destroyed && response.write(piece));
          if (!response.destroyed) response.once('drain', pour)
        }
        response.on('error', () => undefined)
        pour()
      },
      async (http, request) => {
        const answer = await http(request)()
        assert.ok(E.isRight(answer) || answer.left._tag !== 'Closed')
      },
      1_000,
    ),
  )

  contract('never rejects and never holds a header in its errors', () =>
    against(
      (response) => response.destroy(),
      async (http, request) => {
        const answer = await http({
          ...request,
          headers: { 'x-sentry-auth': 'sentry_secret=hush' },
        })()
        assert.not.match(JSON.stringify(answer), 'hush')
      },
    ),
  )

  contract.run()
}

/** What was sent before compression. */
const plainBody = (heard: Heard | undefined): Buffer => {
  if (heard === undefined) return Buffer.alloc(0)
  return heard.headers['content-encoding'] === 'gzip' ? gunzipSync(heard.body) : heard.body
}

const BODY = new TextEncoder().encode('{"event_id":"x"}\n{"type":"event"}\n{"ü":"🙂"}\n')
