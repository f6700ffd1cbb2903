import { createServer as createPlain } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo, Server } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { httpSuite } from '@sentry-exporter/workspace/httpSuite'
import { selfSigned } from '@sentry-exporter/workspace/selfSigned'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { MAX_SYNC_BYTES, nodeHttp } from '../src/nodeHttp.ts'

httpSuite('nodeHttp', nodeHttp)
httpSuite('nodeHttp that compresses everything', (options) =>
  nodeHttp({ ...options, gzipFromBytes: 0 }),
)

const BODY = new TextEncoder().encode('{}\n')

const listen = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

const compression = suite('nodeHttp: compression')

for (const bytes of [4 * 1024, MAX_SYNC_BYTES, MAX_SYNC_BYTES + 1]) {
  compression(`a body of ${bytes} bytes arrives compressed, and whole`, async () => {
    const arrived: Array<readonly [encoding: string | undefined, body: Buffer]> = []
    const server = createPlain((request, response) => {
      void buffer(request).then((body) => {
        arrived.push([request.headers['content-encoding'], body])
        response.end('{}')
      })
    })
    const http = nodeHttp()
    const body = new Uint8Array(bytes).map((_byte, i) => i % 7)
    await http({ url: `http://127.0.0.1:${await listen(server)}/`, headers: {}, body })()
    const [[encoding, sent] = []] = arrived
    assert.is(encoding, 'gzip')
    assert.ok(sent !== undefined && gunzipSync(sent).equals(body))
    await http.close?.()
    server.close()
  })
}

compression.run()

const tls = suite('nodeHttp: TLS')

tls('reports an untrusted certificate, and accepts it only with insecureSkipVerify', async () => {
  const server = createServer(selfSigned(), (_request, response) => response.end())
  const request = { url: `https://127.0.0.1:${await listen(server)}/`, headers: {}, body: BODY }
  const strict = nodeHttp()
  const lax = nodeHttp({ insecureSkipVerify: true })
  assert.equal(await strict(request)(), {
    _tag: 'Left',
    left: { _tag: 'Untrusted', reason: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
  })
  const taken = await lax(request)()
  assert.is(taken._tag === 'Right' && taken.right.status, 200)
  assert.is(strict.skipsVerify, false)
  assert.is(lax.skipsVerify, true)
  await Promise.all([strict.close?.(), lax.close?.()])
  server.closeAllConnections()
  server.close()
})

tls.run()

const pool = suite('nodeHttp: connections')

pool('are kept and reused', async () => {
  const ports = new Set<number | undefined>()
  const server = createPlain((request, response) => {
    ports.add(request.socket.remotePort)
    request.resume().on('end', () => response.end('{}'))
  })
  const http = nodeHttp()
  const request = { url: `http://127.0.0.1:${await listen(server)}/`, headers: {}, body: BODY }
  for (let i = 0; i < 5; i++) assert.is((await http(request)())._tag, 'Right')
  assert.ok(ports.size <= 2, `${ports.size} connections for five requests, one after the other`)
  await http.close?.()
  server.close()
})

pool(
  'are closed by close, which may be called twice; later requests fail with Closed',
  async () => {
    let open = 0
    const server = createPlain((_request, response) => response.end())
    server.on('connection', (socket) => {
      open++
      socket.on('close', () => open--)
    })
    const http = nodeHttp()
    const request = { url: `http://127.0.0.1:${await listen(server)}/`, headers: {}, body: BODY }
    await http(request)()
    await http.close?.()
    await http.close?.()
    assert.equal(await http(request)(), { _tag: 'Left', left: { _tag: 'Closed' } })
    await new Promise((resolve) => server.close(resolve))
    // The sockets of the server report their end a little later than the server.
    while (open > 0) await new Promise((resolve) => setTimeout(resolve, 5))
  },
)

pool('are separate for two instances', async () => {
  const server = createPlain((_request, response) => response.end())
  const request = { url: `http://127.0.0.1:${await listen(server)}/`, headers: {}, body: BODY }
  const [one, other] = [nodeHttp(), nodeHttp()]
  await one.close?.()
  assert.is((await other(request)())._tag, 'Right')
  await other.close?.()
  server.close()
})

pool.run()
