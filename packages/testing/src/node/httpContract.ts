/**
 * The contract of every `Http`, whatever the runtime, as test cases for any test runner. Each case runs against a server on
 * 127.0.0.1 that behaves in one way and stops by itself.
 *
 * @example
 * ```ts
 * import { httpContract } from '@sentry-exporter/testing/httpContract'
 * import { nodeHttp } from '@sentry-exporter/transport-node'
 *
 * for (const { title, run } of httpContract(nodeHttp).slice(0, 1)) {
 *   await run()
 *   console.log(title) // posts the exact bytes with the given headers to the exact path
 * }
 * ```
 */
import { strict as assert } from 'node:assert'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import type { Http, HttpRequest } from '@sentry-exporter/transport/Http'
import * as E from '#fp-ts/Either'
import { until, within } from './within.ts'

// model

/** Makes the `Http` under test. It gives up after this many milliseconds. */
export type MakeHttp = (options: { readonly timeoutMillis: number }) => Http

/** One test: `run` rejects if the `Http` breaks the contract. */
export interface ContractCase {
  readonly title: string
  readonly run: () => Promise<void>
}

interface ReceivedRequest {
  readonly method: string | undefined
  readonly url: string | undefined
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

interface Situation {
  readonly title: string
  readonly timeoutMillis?: number
  readonly behave: (response: ServerResponse, request: ReceivedRequest) => void
  readonly check: (
    http: Http,
    request: HttpRequest,
    received: ReadonlyArray<ReceivedRequest>,
  ) => Promise<void>
}

const BODY = new TextEncoder().encode('{"event_id":"x"}\n{"type":"event"}\n{"ü":"🙂"}\n')

const TIMEOUT_MILLIS = 5_000

/** Shorter than the time after which a request fails by itself. */
const SOON_MILLIS = TIMEOUT_MILLIS / 2

/** The body before compression. */
const plainBody = (request: ReceivedRequest | undefined): Buffer => {
  if (request === undefined) return Buffer.alloc(0)
  return request.headers['content-encoding'] === 'gzip' ? gunzipSync(request.body) : request.body
}

const situations: ReadonlyArray<Situation> = [
  {
    title: 'posts the exact bytes with the given headers to the exact path',
    behave: (response) => response.end('{}'),
    check: async (http, request, received) => {
      const answer = await http(request)()
      assert.equal(E.isRight(answer) && answer.right.status, 200)
      assert.equal(received[0]?.method, 'POST')
      assert.equal(received[0]?.url, '/api/1/envelope/?a=b')
      assert.equal(received[0]?.headers['x-test'], 'yes')
      assert.equal(plainBody(received[0]).toString(), new TextDecoder().decode(BODY))
    },
  },
  {
    title: 'sends a large body whole, compressed or not',
    behave: (response) => response.end(),
    check: async (http, request, received) => {
      const body = new Uint8Array(1_000_000).map((_, i) => i % 251)
      assert.equal((await http({ ...request, body })())._tag, 'Right')
      assert.equal(Buffer.from(body).equals(plainBody(received[0])), true)
    },
  },
  {
    title: 'takes a bad status as an answer, with its headers in any case',
    behave: (response) => {
      response.writeHead(429, { 'X-Sentry-Rate-Limits': '60:error:key', 'Retry-After': '60' })
      response.end('limited')
    },
    check: async (http, request) => {
      const answer = await http(request)()
      if (E.isLeft(answer)) assert.fail(answer.left._tag)
      assert.equal(answer.right.status, 429)
      assert.equal(answer.right.header('X-Sentry-Rate-Limits'), '60:error:key')
      assert.equal(answer.right.header('retry-after'), '60')
      assert.equal(answer.right.header('x-missing'), undefined)
    },
  },
  {
    title: 'follows no redirect: credentials go only where the DSN points',
    behave: (response, { url }) => {
      response.writeHead(url === '/elsewhere' ? 200 : 307, { location: '/elsewhere' })
      response.end()
    },
    check: async (http, request, received) => {
      const answer = await http(request)()
      if (E.isRight(answer)) assert.equal(answer.right.status, 307)
      assert.equal(received.length, 1)
    },
  },
  {
    title: 'reports a connection that breaks before the answer',
    behave: (response) => response.destroy(),
    check: async (http, request) => {
      const answer = await http(request)()
      assert.equal(E.isLeft(answer) && answer.left._tag, 'Unreachable')
    },
  },
  {
    title: 'gives up on a server that never answers',
    timeoutMillis: 300,
    behave: () => undefined,
    check: async (http, request) => {
      const answer = await http(request)()
      assert.deepEqual(E.isLeft(answer) && answer.left, { _tag: 'TimedOut', afterMillis: 300 })
    },
  },
  {
    title: 'settles in time on an answer that never ends: its status is known',
    timeoutMillis: 300,
    behave: (response) => {
      response.writeHead(200)
      response.write('{')
    },
    check: async (http, request) => {
      const answer = await http(request)()
      assert.equal(
        E.isLeft(answer) ? answer.left._tag : answer.right.status,
        E.isLeft(answer) ? 'TimedOut' : 200,
      )
    },
  },
  {
    title: 'does not read an endless answer',
    timeoutMillis: 1_000,
    behave: (response) => {
      const piece = Buffer.alloc(64 * 1024)
      const pour = (): void => {
        while (!response.destroyed && response.write(piece));
        if (!response.destroyed) response.once('drain', pour)
      }
      response.on('error', () => undefined)
      pour()
    },
    check: async (http, request) => {
      const answer = await http(request)()
      assert.equal(E.isLeft(answer) && answer.left._tag === 'Closed', false)
    },
  },
  {
    title: 'ends a request whose signal aborts, and frees its connection for the next one',
    behave: (response, { headers }) => {
      if (headers['x-test'] !== 'silence') response.end('{}')
    },
    check: async (http, request, received) => {
      const giveUp = new AbortController()
      const silent = { ...request, headers: { 'x-test': 'silence' }, signal: giveUp.signal }
      // More requests than a client has connections.
      const waiting = Array.from({ length: 20 }, () => http(silent)())
      await until(() => received.length > 0, SOON_MILLIS)
      giveUp.abort()
      for (const answer of await within(SOON_MILLIS, Promise.all(waiting))) {
        assert.equal(E.isLeft(answer) && answer.left._tag, 'Closed')
      }
      const next = await within(SOON_MILLIS, http(request)())
      assert.equal(E.isRight(next) && next.right.status, 200)
      const late = await within(SOON_MILLIS, http(silent)())
      assert.equal(E.isLeft(late) && late.left._tag, 'Closed')
    },
  },
  {
    title: 'never rejects and never holds a header in its errors',
    behave: (response) => response.destroy(),
    check: async (http, request) => {
      const answer = await http({
        ...request,
        headers: { 'x-sentry-auth': 'sentry_secret=hush' },
      })()
      assert.doesNotMatch(JSON.stringify(answer), /hush/)
    },
  },
]

// constructors

/** The cases, in a fixed order. */
export const httpContract = (make: MakeHttp): ReadonlyArray<ContractCase> => [
  ...situations.map((situation) => ({
    title: situation.title,
    run: () => runAgainst(make, situation),
  })),
  { title: 'reports a refused connection', run: () => refuses(make) },
]

// running

const listen = async (server: ReturnType<typeof createServer>): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on a port has an address with one.
  return (server.address() as AddressInfo).port
}

const runAgainst = async (
  make: MakeHttp,
  { timeoutMillis = TIMEOUT_MILLIS, behave, check }: Situation,
): Promise<void> => {
  const received: Array<ReceivedRequest> = []
  const server = createServer(async (request, response) => {
    const chunks: Array<Buffer> = []
    for await (const chunk of request) chunks.push(chunk)
    const { method, url, headers } = request
    const one = { method, url, headers, body: Buffer.concat(chunks) }
    received.push(one)
    behave(response, one)
  })
  const port = await listen(server)
  const http = make({ timeoutMillis })
  const url = `http://127.0.0.1:${port}/api/1/envelope/?a=b`
  try {
    await check(http, { url, headers: { 'x-test': 'yes' }, body: BODY }, received)
  } finally {
    await http.close?.()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}

const refuses = async (make: MakeHttp): Promise<void> => {
  const server = createServer()
  const port = await listen(server)
  await new Promise((resolve) => server.close(resolve))
  const http = make({ timeoutMillis: TIMEOUT_MILLIS })
  const answer = await http({ url: `http://127.0.0.1:${port}/`, headers: {}, body: BODY })()
  assert.equal(E.isLeft(answer) && answer.left._tag, 'Unreachable')
  await http.close?.()
}
