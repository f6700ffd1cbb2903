import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Exchange } from '@sentry-exporter/transport'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../src/nodeExchange.ts'

const TOKEN = 'hush0123456789'

/** Asks a server that answers in this way. */
const ask = async (
  behave: (response: ServerResponse, request: IncomingMessage, body: string) => void,
  run: (exchange: Exchange, url: string) => Promise<void>,
  timeoutMillis = 5_000,
): Promise<void> => {
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    behave(response, request, body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on a port has an address with one.
  const { port } = server.address() as AddressInfo
  const exchange = _.nodeExchange({ timeoutMillis })
  try {
    await run(exchange, `http://127.0.0.1:${port}`)
  } finally {
    await exchange.close?.()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}

const headers = { authorization: `Bearer ${TOKEN}` }

const nodeExchange = suite('nodeExchange')

nodeExchange('gives the whole body and the headers of any status', () =>
  ask(
    (response, { method, url }, body) => {
      response.writeHead(url === '/missing' ? 404 : 200, { link: 'next' })
      response.end(`${method} ${body} ${'x'.repeat(100_000)}`)
    },
    async (exchange, url) => {
      const got = await exchange({ method: 'GET', url: `${url}/missing`, headers })()
      assert.is(got._tag === 'Right' && got.right.status, 404)
      assert.is(got._tag === 'Right' && got.right.header('Link'), 'next')
      const posted = await exchange({ method: 'POST', url, headers, body: '{"a":1}' })()
      assert.match(
        posted._tag === 'Right' ? String(posted.right.text) : '',
        /^POST {"a":1} x{100000}$/,
      )
    },
  ),
)

nodeExchange('follows no redirect: a token goes only to its address', () => {
  let asked = 0
  return ask(
    (response) => {
      asked++
      response.writeHead(302, { location: '/elsewhere' })
      response.end()
    },
    async (exchange, url) => {
      const answer = await exchange({ method: 'GET', url, headers })()
      assert.equal([answer._tag === 'Right' && answer.right.status, asked], [302, 1])
    },
  )
})

nodeExchange('has no text of a body without end', () =>
  ask(
    (response) => {
      const piece = Buffer.alloc(1024 * 1024)
      const pour = (): void => {
        while (!response.destroyed && response.write(piece));
        if (!response.destroyed) response.once('drain', pour)
      }
      response.on('error', () => undefined)
      pour()
    },
    async (exchange, url) => {
      const answer = await exchange({ method: 'GET', url, headers })()
      assert.equal(answer._tag === 'Right' && [answer.right.status, answer.right.text], [
        200,
        undefined,
      ])
    },
  ),
)

for (const [name, behave] of [
  ['a server that never answers', () => undefined],
  [
    'an answer that never ends',
    (response) => {
      response.writeHead(200)
      response.write('[')
    },
  ],
] as ReadonlyArray<readonly [string, (response: ServerResponse) => void]>) {
  nodeExchange(`gives up on ${name}`, () =>
    ask(
      behave,
      async (exchange, url) => {
        const answer = await exchange({ method: 'GET', url, headers })()
        assert.equal(answer._tag === 'Left' && answer.left, { _tag: 'TimedOut', afterMillis: 200 })
      },
      200,
    ),
  )
}

nodeExchange('never rejects, and shows no header', () =>
  ask(
    (response) => response.destroy(),
    async (exchange, url) => {
      const answer = await exchange({ method: 'GET', url, headers })()
      assert.is(answer._tag === 'Left' && answer.left._tag, 'Unreachable')
      assert.not.match(JSON.stringify(answer), TOKEN)
    },
  ),
)

nodeExchange.run()
