/** TLS and unix sockets, over real connections to both receivers. */
import { X509Certificate } from 'node:crypto'
import { mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect as connectHttp2 } from 'node:http2'
import { request as httpsRequest } from 'node:https'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect as connectTls } from 'node:tls'
import { type Certificate, selfSigned } from '@sentry-exporter/workspace/selfSigned'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { PemSource, TlsConfig } from '../../../src/config/ReceiverConfig.ts'
import * as TlsFiles from '../../../src/receiver/access/TlsFiles.ts'
import * as GrpcReceiver from '../../../src/receiver/GrpcReceiver.ts'
import * as HttpReceiver from '../../../src/receiver/HttpReceiver.ts'
import * as Observe from '../../../src/receiver/Observe.ts'
import * as ReceiverDefaults from '../../../src/receiver/ReceiverDefaults.ts'
import { accepted, eventually, openGrpc, openHttp, send } from '../recording.ts'

const text = (pem: string): PemSource => ({ _tag: 'Text', pem })

const tlsOf = ({ cert, key }: Certificate, change: Partial<TlsConfig> = {}): TlsConfig => ({
  cert: text(cert),
  key: text(key),
  clientCa: undefined,
  minVersion: 'TLSv1.2',
  maxVersion: undefined,
  ...change,
})

const server = selfSigned()

const client = selfSigned()

const POST = { path: '/v1/traces', headers: { 'content-type': 'application/json' } }

const sendTls = (port: number, options: object): Promise<number> =>
  send({ ...POST, port, ca: server.cert, ...options } as object, '{}', httpsRequest).then(
    ({ status }) => status,
    () => 0,
  )

const tls = suite('receivers: TLS')

tls('HTTP is served with a certificate', async () => {
  const http = await openHttp({ tls: tlsOf(server) })
  assert.is(await sendTls(http.port, {}), 200)
  assert.is(await sendTls(http.port, { ca: client.cert }), 0)
  await http.listener.close(1_000)
})

tls(
  'only clients with a certificate of the authority are served, where one is configured',
  async () => {
    const http = await openHttp({ tls: tlsOf(server, { clientCa: text(client.cert) }) })
    assert.is(await sendTls(http.port, client), 200)
    assert.is(await sendTls(http.port, {}), 0)
    assert.is(await sendTls(http.port, selfSigned()), 0)
    await http.listener.close(1_000)
  },
)

tls('versions below the configured one are refused', async () => {
  const http = await openHttp({ tls: tlsOf(server, { minVersion: 'TLSv1.3' }) })
  assert.is(await sendTls(http.port, { maxVersion: 'TLSv1.2' }), 0)
  assert.is(await sendTls(http.port, {}), 200)
  await http.listener.close(1_000)
})

tls('gRPC is served with HTTP/2, with and without a certificate of the client', async () => {
  for (const clientCa of [undefined, text(client.cert)]) {
    const grpc = await openGrpc({ tls: tlsOf(server, { clientCa }) })
    for (const identity of [{}, client]) {
      const session = connectHttp2(`https://127.0.0.1:${grpc.port}`, {
        ca: server.cert,
        ...identity,
      })
      let result = 'refused'
      session.on('error', () => undefined)
      session.once('remoteSettings', () => {
        result = 'served'
      })
      await eventually(() => session.destroyed || result === 'served')
      const isServed = clientCa === undefined || identity === client
      assert.is(result, isServed ? 'served' : 'refused')
      session.destroy()
    }
    await grpc.listener.close(1_000)
  }
})

tls('close ends connections whose handshake does not end', async () => {
  const http = await openHttp({ tls: tlsOf(server) })
  const socket = connectTls({ port: http.port, host: '127.0.0.1', ca: server.cert })
  socket.on('error', () => undefined)
  await new Promise((resolve) => socket.once('connect', resolve))
  await http.listener.close(100)
})

const inFolder = async (use: (folder: string) => Promise<void>): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'receiver-'))
  try {
    await use(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

tls('files are read again when they change, and a file that cannot be used changes nothing', () =>
  inFolder(async (folder) => {
    const path = (name: string): string => join(folder, name)
    const replace = (name: string, pem: string): void => {
      writeFileSync(path(`${name}.new`), pem)
      renameSync(path(`${name}.new`), path(name))
    }
    const config: TlsConfig = {
      ...tlsOf(server),
      cert: { _tag: 'File', path: path('cert') },
      key: { _tag: 'File', path: path('key') },
    }
    replace('cert', server.cert)
    replace('key', server.key)
    const used: Array<unknown> = []
    const changes: Array<string> = []
    const certificates = TlsFiles.watch(
      config,
      { setSecureContext: ({ cert }) => used.push(cert) },
      (error) => changes.push(error?._tag ?? 'used'),
      20,
    )
    // The first look at the files is not a change, and may come late.
    for (let n = 0; !changes.includes('TlsInvalid'); n++) {
      replace('cert', `not a certificate ${n}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    assert.equal(used, [])
    const next = selfSigned()
    replace('key', next.key)
    replace('cert', next.cert)
    await eventually(() => used.at(-1) === next.cert)
    assert.is(changes.at(-1), 'used')
    certificates.stop()
  }),
)

tls('files of other settings are watched in place of the former ones', () =>
  inFolder(async (folder) => {
    const [first, second, third] = [selfSigned(), selfSigned(), selfSigned()]
    const at = (name: string): string => join(folder, name)
    const configOf = (certificate: Certificate, cert: string): TlsConfig => {
      writeFileSync(at(cert), certificate.cert)
      return tlsOf(certificate, { cert: { _tag: 'File', path: at(cert) } })
    }
    const used: Array<unknown> = []
    let changes = 0
    const certificates = TlsFiles.watch(
      configOf(first, 'first'),
      { setSecureContext: ({ cert }) => used.push(cert) },
      () => changes++,
      20,
    )
    const prepared = await certificates.prepare(configOf(second, 'second'))
    assert.equal(used, [])
    if (prepared._tag === 'Right') prepared.right()
    assert.equal(used, [second.cert])
    await new Promise((resolve) => setTimeout(resolve, 100))
    writeFileSync(at('first'), 'no certificate')
    await new Promise((resolve) => setTimeout(resolve, 60))
    assert.is(changes, 0)
    // Of another key, so that it cannot be used. The first look at the files may come late.
    for (let n = 0; changes === 0; n++) {
      writeFileSync(at('second'), third.cert + '\n'.repeat(n))
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    assert.equal(used, [second.cert])
    certificates.stop()
  }),
)

/** The fingerprint of the certificate that a new connection gets; `refused` without one. */
const certificateOf = async (port: number, identity: object = {}): Promise<string> => {
  const socket = connectTls({
    port,
    host: '127.0.0.1',
    rejectUnauthorized: false,
    ALPNProtocols: ['h2', 'http/1.1'],
    ...identity,
  })
  const answer = await new Promise<string>((resolve) => {
    socket.on('error', () => resolve('refused'))
    socket.on('close', () => resolve('refused'))
    // Clients see the end of TLS 1.3 before the server has checked their certificate.
    socket.on('secureConnect', () => {
      const { raw } = socket.getPeerCertificate()
      setTimeout(() => resolve(new X509Certificate(raw).fingerprint256), 50)
    })
  })
  socket.destroy()
  return answer
}

const fingerprint = ({ cert }: Certificate): string => new X509Certificate(cert).fingerprint256

tls(
  'other certificates and authorities are those of new connections, if they can be used',
  async () => {
    const [renewed, other] = [selfSigned(), selfSigned()]
    const before = tlsOf(server, { clientCa: text(client.cert) })
    const http = await openHttp({ tls: before })
    const grpc = await openGrpc({ tls: before })
    const prepare = (change: TlsConfig) => [
      http.listener.prepare({ ...ReceiverDefaults.http, tls: change }),
      grpc.listener.prepare({ ...ReceiverDefaults.grpc, tls: change }),
    ]
    const bad = await Promise.all(prepare(tlsOf(server, { key: text(other.key) })))
    assert.ok(bad.every((one) => one._tag === 'Left' && one.left._tag === 'TlsInvalid'))
    const prepared = await Promise.all(prepare(tlsOf(renewed, { clientCa: text(other.cert) })))
    for (const { port } of [http, grpc]) {
      assert.equal([await certificateOf(port, client)], [fingerprint(server)])
    }
    for (const one of prepared) if (one._tag === 'Right') one.right()
    for (const { port } of [http, grpc]) {
      assert.equal(
        [await certificateOf(port, other), await certificateOf(port, client)],
        [fingerprint(renewed), 'refused'],
      )
    }
    await Promise.all([http.listener.close(100), grpc.listener.close(100)])
  },
)

tls.run()

const failures = suite('receivers: reasons why they do not listen')

const httpWith = (change: object): ReturnType<typeof HttpReceiver.listen> =>
  HttpReceiver.listen({ ...ReceiverDefaults.http, ...change }, () => accepted, Observe.none)

for (const [title, change, tag] of [
  [
    'a file that does not exist',
    { tls: tlsOf(server, { key: { _tag: 'File', path: '/does/not/exist' } }) },
    'TlsFileUnreadable',
  ],
  ['a certificate that is none', { tls: tlsOf(server, { cert: text('nothing') }) }, 'TlsInvalid'],
  ['a key of another certificate', { tls: tlsOf(server, { key: text(client.key) }) }, 'TlsInvalid'],
  [
    'an address of another machine',
    { endpoint: { _tag: 'Tcp', host: '192.0.2.1', port: 0 } },
    'AddressUnavailable',
  ],
  [
    'a folder that does not exist',
    { endpoint: { _tag: 'Unix', path: '/does/not/exist.sock' } },
    'NoFolder',
  ],
] as const) {
  failures(title, async () => {
    const listening = await httpWith(change)
    assert.is(listening._tag === 'Left' && tag.includes(listening.left._tag), true)
    if (listening._tag === 'Left' && listening.left._tag === 'TlsInvalid') {
      assert.not.match(listening.left.reason, 'BEGIN')
    }
  })
}

failures('an address in use, for both receivers', async () => {
  const http = await openHttp()
  const endpoint = { _tag: 'Tcp', host: '127.0.0.1', port: http.port } as const
  const expected = {
    _tag: 'Left',
    left: { _tag: 'AddressInUse', address: `127.0.0.1:${http.port}` },
  }
  assert.equal(await httpWith({ endpoint }), expected)
  const grpc = await GrpcReceiver.listen(
    { ...ReceiverDefaults.grpc, endpoint },
    () => accepted,
    Observe.none,
  )
  assert.equal(grpc, expected)
  await http.listener.close(1_000)
})

failures.run()

const unix = suite('receivers: unix sockets')

unix('both receivers are served, and the file is removed at the end', () =>
  inFolder(async (folder) => {
    const path = join(folder, 'otlp.sock')
    const http = await openHttp({ endpoint: { _tag: 'Unix', path } })
    assert.is((await send({ ...POST, socketPath: path }, '{}')).status, 200)
    await http.listener.close(1_000)
    assert.throws(() => statSync(path), /ENOENT/)
    const grpc = await openGrpc({ endpoint: { _tag: 'Unix', path } })
    assert.equal(grpc.listener.address, { _tag: 'Unix', path })
    await grpc.listener.close(1_000)
  }),
)

unix('a socket that a process left behind is replaced', () =>
  inFolder(async (folder) => {
    const path = join(folder, 'otlp.sock')
    // A server without its file: the name stays when the file is moved back.
    const former = createServer()
    await new Promise<void>((resolve) => former.listen(path, resolve))
    renameSync(path, `${path}.kept`)
    await new Promise((resolve) => former.close(resolve))
    renameSync(`${path}.kept`, path)
    const http = await openHttp({ endpoint: { _tag: 'Unix', path } })
    assert.is((await send({ ...POST, socketPath: path }, '{}')).status, 200)
    await http.listener.close(1_000)
  }),
)

unix('a socket in use is not taken, and another file is not removed', () =>
  inFolder(async (folder) => {
    const path = join(folder, 'otlp.sock')
    const http = await openHttp({ endpoint: { _tag: 'Unix', path } })
    const second = await httpWith({ endpoint: { _tag: 'Unix', path } })
    assert.equal(second, { _tag: 'Left', left: { _tag: 'AddressInUse', address: path } })
    await http.listener.close(1_000)
    const file = join(folder, 'file')
    writeFileSync(file, 'kept')
    assert.equal(await httpWith({ endpoint: { _tag: 'Unix', path: file } }), {
      _tag: 'Left',
      left: { _tag: 'NotASocket', path: file },
    })
    assert.is(statSync(file).size, 4)
  }),
)

unix.run()
