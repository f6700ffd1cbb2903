import { createServer as createPlain, type IncomingMessage } from 'node:http'
import { createServer } from 'node:https'
import { type AddressInfo, connect, type Server, type Socket } from 'node:net'
import { inspect } from 'node:util'
import { selfSigned } from '@sentry-exporter/workspace/selfSigned'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { nodeHttp } from '../src/nodeHttp.ts'

const listen = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

const certificate = selfSigned()

const request = (url: string) => ({ url, headers: { 'x-test': 'yes' }, body: new Uint8Array(3) })

interface Asked {
  readonly method: string | undefined
  readonly url: string | undefined
  readonly authorization: string | undefined
}

const asked = ({ method, url, headers }: IncomingMessage): Asked => ({
  method,
  url,
  authorization: headers['proxy-authorization'],
})

/** A proxy that connects every request to one port of this machine, or refuses with a status. */
const proxy = async (target: () => number, status = 200) => {
  const all: Array<Asked> = []
  const sockets = new Set<Socket>()
  const server = createPlain((incoming, response) => {
    all.push(asked(incoming))
    incoming.resume().on('end', () => response.writeHead(status).end('{}'))
  })
  server.on('connection', (socket) => sockets.add(socket))
  server.on('connect', (incoming, socket) => {
    all.push(asked(incoming))
    if (status !== 200) {
      socket.end(`HTTP/1.1 ${status} No\r\n\r\n`)
      return
    }
    const upstream = connect(target(), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      upstream.pipe(socket).pipe(upstream)
    })
    sockets.add(upstream)
    for (const end of [upstream, socket]) end.on('error', () => undefined)
  })
  const port = await listen(server)
  const close = (): void => {
    for (const socket of sockets) socket.destroy()
    server.close()
  }
  return { port, all, close }
}

const tlsServer = async () => {
  const server = createServer(certificate, (incoming, response) =>
    incoming.resume().on('end', () => response.end('{}')),
  )
  const port = await listen(server)
  const close = (): void => {
    server.closeAllConnections()
    server.close()
  }
  return { port, close }
}

const through = suite('nodeHttp: proxy')

through('sends plain requests through it, with its password', async () => {
  const one = await proxy(() => 0)
  const http = nodeHttp({ proxy: `http://me:p%40ss@127.0.0.1:${one.port}` })
  const sent = await http(request('http://sentry.invalid/api/1/envelope/'))()
  assert.is(sent._tag === 'Right' && sent.right.status, 200)
  assert.equal(one.all, [
    {
      method: 'POST',
      url: 'http://sentry.invalid/api/1/envelope/',
      authorization: `Basic ${Buffer.from('me:p@ss').toString('base64')}`,
    },
  ])
  await http.close?.()
  one.close()
})

through('tunnels TLS, also with insecureSkipVerify', async () => {
  const server = await tlsServer()
  const one = await proxy(() => server.port)
  const warnings: Array<string> = []
  const lax = nodeHttp({
    proxy: `127.0.0.1:${one.port}`,
    insecureSkipVerify: true,
    warn: (message) => warnings.push(message),
  })
  const sent = await lax(request('https://sentry.invalid/'))()
  assert.is(sent._tag === 'Right' && sent.right.status, 200)
  assert.equal(
    one.all.map(({ method, url }) => `${method} ${url}`),
    ['CONNECT sentry.invalid:443'],
  )
  assert.is(warnings.length, 1)
  assert.match(warnings[0] ?? '', 'insecureSkipVerify')
  const strict = nodeHttp({ proxy: `127.0.0.1:${one.port}` })
  const refused = await strict(request('https://sentry.invalid/'))()
  assert.is(refused._tag === 'Left' && refused.left._tag, 'Untrusted')
  await Promise.all([lax.close?.(), strict.close?.()])
  one.close()
  server.close()
})

through('trusts a given authority through it and without it, and checks the name', async () => {
  const server = await tlsServer()
  const one = await proxy(() => server.port)
  const trusting = nodeHttp({ ca: certificate.cert, proxy: `127.0.0.1:${one.port}` })
  const direct = nodeHttp({ ca: certificate.cert })
  for (const http of [trusting, direct]) {
    const sent = await http(request(`https://localhost:${server.port}/`))()
    assert.is(sent._tag === 'Right' && sent.right.status, 200)
  }
  const wrong = await trusting(request('https://sentry.invalid/'))()
  assert.is(wrong._tag === 'Left' && wrong.left._tag, 'Untrusted')
  await Promise.all([trusting.close?.(), direct.close?.()])
  one.close()
  server.close()
})

through(
  'gives up on a tunnel that is not opened, and sends the next request by another',
  async () => {
    const server = await tlsServer()
    let isSilent = true
    const open = new Set<Socket>()
    const silent = createPlain()
    silent.on('connection', (socket) => {
      open.add(socket)
      socket.on('close', () => open.delete(socket))
      socket.on('error', () => undefined)
    })
    silent.on('connect', (_incoming, socket) => {
      if (isSilent) return void socket.resume().on('end', () => socket.destroy())
      const upstream = connect(server.port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n')
        upstream.pipe(socket).pipe(upstream)
      })
      upstream.on('error', () => undefined)
    })
    const proxy = `127.0.0.1:${await listen(silent)}`
    const http = nodeHttp({ proxy, ca: certificate.cert, connections: 1 })
    const giveUp = new AbortController()
    const waiting = http({ ...request('https://localhost/'), signal: giveUp.signal })()
    while (open.size === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    giveUp.abort()
    assert.equal(await waiting, { _tag: 'Left', left: { _tag: 'Closed' } })
    isSilent = false
    const next = await http(request('https://localhost/'))()
    assert.is(next._tag === 'Right' && next.right.status, 200)
    await http.close?.()
    server.close()
    // Ends only when each connection has ended.
    await new Promise((resolve) => silent.close(resolve))
  },
)

through('reports the status of a proxy that opens no tunnel, and shows no password', async () => {
  const one = await proxy(() => 0, 407)
  const http = nodeHttp({ proxy: `http://me:hush@127.0.0.1:${one.port}` })
  const sent = await http(request('https://sentry.invalid/'))()
  assert.equal(sent, {
    _tag: 'Left',
    left: {
      _tag: 'Unreachable',
      reason: `the proxy answered with status 407 (through the proxy 127.0.0.1:${one.port})`,
    },
  })
  // The address of a proxy is checked before the first request.
  for (const proxy of ['http://me:hush@[', 'ftp://me:hush@host', 'me:hush', 'http://']) {
    try {
      nodeHttp({ proxy })
      assert.unreachable(proxy)
    } catch (error) {
      assert.match(String(error), /^ConfigError: nodeHttp: proxy: expected the address of a proxy/)
      assert.not.match(inspect(error), 'hush')
    }
  }
  await http.close?.()
  one.close()
})

through.run()

const answers = suite('nodeHttp: answers')

const answering = async (
  answer: Parameters<typeof createPlain>[1],
  check: (url: string) => Promise<void>,
): Promise<void> => {
  const server = createPlain(answer)
  const port = await listen(server)
  await check(`http://127.0.0.1:${port}/`)
  server.closeAllConnections()
  server.close()
}

answers('keeps the start of the body of an error response, and nothing of a successful one', () =>
  answering(
    (incoming, response) => {
      response.writeHead(incoming.url === '/good' ? 200 : 403).end(`because ${'x'.repeat(100_000)}`)
    },
    async (url) => {
      const http = nodeHttp()
      const bad = await http(request(url))()
      assert.is(bad._tag === 'Right' && bad.right.text?.length, 1024)
      const good = await http(request(`${url}good`))()
      assert.is(good._tag === 'Right' && good.right.text, undefined)
      await http.close?.()
    },
  ),
)

answers('has the status of a response whose body breaks off or is slow', () =>
  answering(
    (incoming, response) => {
      response.writeHead(200, { 'content-length': '1000' })
      response.write('x')
      if (incoming.url === '/breaks') setImmediate(() => response.destroy())
    },
    async (url) => {
      const http = nodeHttp()
      for (const path of ['breaks', 'drips']) {
        const sent = await http(request(url + path))()
        assert.is(sent._tag === 'Right' && sent.right.status, 200)
      }
      await http.close?.()
    },
  ),
)

answers('come from IPv6 too', async () => {
  const server = createPlain((_incoming, response) => response.end())
  const listening = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(0, '::1', () => resolve(true))
  })
  // A machine without IPv6 cannot run this test.
  if (!listening) return
  const http = nodeHttp()
  const { port } = server.address() as AddressInfo
  const sent = await http(request(`http://[::1]:${port}/`))()
  assert.is(sent._tag === 'Right' && sent.right.status, 200)
  await http.close?.()
  server.close()
})

answers('of one address do not delay those of another at the same host', () =>
  answering(
    (incoming, response) => {
      if (incoming.url !== '/hangs') response.end()
    },
    async (url) => {
      const http = nodeHttp({ connections: 1, timeoutMillis: 5_000 })
      const hanging = http(request(`${url}hangs`))()
      const sent = await http(request(`${url}answers`))()
      assert.is(sent._tag === 'Right' && sent.right.status, 200)
      await http.close?.()
      const ended = await hanging
      assert.is(ended._tag === 'Left' && ended.left._tag, 'Closed')
    },
  ),
)

answers.run()
