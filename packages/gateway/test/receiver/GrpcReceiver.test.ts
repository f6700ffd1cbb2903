import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { type ClientHttp2Session, connect } from 'node:http2'
import { connect as connectSocket } from 'node:net'
import { deflateSync, gzipSync } from 'node:zlib'
import { Client, credentials, Metadata, type ServiceError } from '@grpc/grpc-js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { ReceiverAnswer } from '../../src/receiver/Accept.ts'
import * as Budget from '../../src/receiver/memory/Budget.ts'
import * as ReceiverDefaults from '../../src/receiver/ReceiverDefaults.ts'
import { eventually, openGrpc, openSocket, pressed } from './recording.ts'

const TRACES = '/opentelemetry.proto.collector.trace.v1.TraceService/Export'

const LOGS = '/opentelemetry.proto.collector.logs.v1.LogsService/Export'

const METRICS = '/opentelemetry.proto.collector.metrics.v1.MetricsService/Export'

const SIGNALS = new Map([
  [TRACES, 'traces'],
  [LOGS, 'logs'],
  [METRICS, 'metrics'],
])

interface GrpcAnswer {
  readonly code: number
  readonly details: string
  readonly metadata: Metadata
  readonly body: Buffer
}

/** A call of the library's client, which closes its connection. */
const call = async (
  port: number,
  path: string,
  body: Uint8Array,
  metadata: Metadata = new Metadata(),
): Promise<GrpcAnswer> => {
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure())
  const identity = (bytes: Buffer): Buffer => bytes
  try {
    return await new Promise((resolve) => {
      client.makeUnaryRequest(
        path,
        identity,
        identity,
        Buffer.from(body),
        metadata,
        (error: ServiceError | null, answer?: Buffer) => {
          const empty = Buffer.alloc(0)
          if (error === null) {
            resolve({ code: 0, details: '', metadata: new Metadata(), body: answer ?? empty })
          } else {
            resolve({ ...error, code: error.code, details: error.details, body: empty })
          }
        },
      )
    })
  } finally {
    client.close()
  }
}

/** A message as it is on the wire. */
const message = (body: Uint8Array, isCompressed: boolean): Buffer => {
  const head = Buffer.alloc(5)
  head.writeUInt8(isCompressed ? 1 : 0)
  head.writeUInt32BE(body.length, 1)
  return Buffer.concat([head, body])
}

interface Call {
  readonly path?: string
  readonly headers?: Record<string, string>
  readonly body: Uint8Array
}

/** A call with any headers and bytes. Gives the headers and trailers of the answer together. */
const callOn = (
  session: ClientHttp2Session,
  { path = TRACES, headers = {}, body }: Call,
): Promise<Record<string, unknown>> =>
  new Promise((resolve, reject) => {
    const stream = session.request({
      ':method': 'POST',
      ':path': path,
      'content-type': 'application/grpc',
      te: 'trailers',
      ...headers,
    })
    const answer: Record<string, unknown> = {}
    stream.on('response', (received) => Object.assign(answer, received))
    stream.on('trailers', (received) => Object.assign(answer, received))
    stream.on('error', reject)
    stream.on('close', () => resolve(answer))
    stream.resume()
    stream.end(body)
  })

const sessionTo = (port: number): ClientHttp2Session => {
  const session = connect(`http://127.0.0.1:${port}`)
  session.on('error', () => undefined)
  return session
}

const BODY = Buffer.from('an OTLP message '.repeat(100))

const answers = suite('GrpcReceiver: answers')

const retryInfo = Buffer.concat([
  Buffer.from([0x08, 14, 0x12, 4]),
  Buffer.from('full'),
  Buffer.from([0x1a, 48, 0x0a, 40]),
  Buffer.from('type.googleapis.com/google.rpc.RetryInfo'),
  Buffer.from([0x12, 4, 0x0a, 2, 0x08, 2]),
])

for (const [title, path, answer, code, details] of [
  ['traces', TRACES, undefined, 0, ''],
  ['logs', LOGS, undefined, 0, ''],
  ['metrics', METRICS, undefined, 0, ''],
  ['no OTLP', TRACES, { _tag: 'Invalid', message: 'bad \ud800 field' }, 3, 'bad \ufffd field'],
  ['pressure', TRACES, { _tag: 'Busy', retryAfterSeconds: 2, message: 'full' }, 14, 'full'],
] as const) {
  answers(`${title}: ${code}`, async () => {
    const given: ReceiverAnswer = answer ?? { _tag: 'Accepted', rejected: 0, message: '' }
    const grpc = await openGrpc({}, () => given)
    const got = await call(grpc.port, path, BODY)
    assert.equal([got.code, got.details], [code, details])
    const [bin] = got.metadata.get('grpc-status-details-bin')
    assert.equal(bin, code === 14 ? retryInfo : undefined)
    assert.is(BODY.equals(grpc.requests[0]?.body ?? Buffer.alloc(0)), true)
    assert.is(grpc.requests[0]?.signal, SIGNALS.get(path))
    assert.is(grpc.requests[0]?.encoding, 'protobuf')
    await eventually(() => grpc.seen.length === 1)
    assert.is(grpc.seen[0]?.status, code)
    assert.is(grpc.seen[0]?.bytes, BODY.length + 5)
    await grpc.listener.close(1_000)
  })
}

answers('an unknown method is UNIMPLEMENTED', async () => {
  const grpc = await openGrpc()
  assert.is((await call(grpc.port, '/a.B/C', BODY)).code, 12)
  await eventually(() => grpc.seen.length === 1)
  assert.is(grpc.seen[0]?.refused, 'path')
  await grpc.listener.close(1_000)
})

answers('items that could not be read are a partial success', async () => {
  const grpc = await openGrpc({}, () => ({ _tag: 'Accepted', rejected: 3, message: 'no id' }))
  for (const path of [TRACES, LOGS, METRICS]) {
    const { body } = await call(grpc.port, path, BODY)
    assert.equal([...body], [0x0a, 9, 0x08, 3, 0x12, 5, ...Buffer.from('no id')])
  }
  await grpc.listener.close(1_000)
})

answers('a signal that no pipeline takes is UNIMPLEMENTED', async () => {
  const grpc = await openGrpc({}, () => ({
    _tag: 'NoPipeline',
    message: 'no pipeline takes metrics of otlp',
  }))
  const { code, details } = await call(grpc.port, METRICS, BODY)
  assert.equal([code, details], [12, 'no pipeline takes metrics of otlp'])
  assert.is(grpc.seen[0]?.refused, 'path')
  await grpc.listener.close(1_000)
})

answers('an empty message is fine', async () => {
  const grpc = await openGrpc()
  assert.is((await call(grpc.port, TRACES, new Uint8Array())).code, 0)
  assert.is(grpc.requests[0]?.body.length, 0)
  await grpc.listener.close(1_000)
})

for (const [title, body] of [
  ['no message', new Uint8Array()],
  ['two messages', Buffer.concat([message(BODY, false), message(BODY, false)])],
  ['a part of a message', message(BODY, false).subarray(0, 50)],
] as const) {
  answers(`a call with ${title} is refused`, async () => {
    const grpc = await openGrpc()
    const session = sessionTo(grpc.port)
    assert.is((await callOn(session, { body }))['grpc-status'], '12')
    assert.is(grpc.seen[0]?.refused, 'malformed')
    session.close()
    await grpc.listener.close(1_000)
  })
}

answers('a failure of the pipelines is INTERNAL without its text', async () => {
  const grpc = await openGrpc({}, () => {
    throw new Error('secret')
  })
  const { code, details } = await call(grpc.port, TRACES, BODY)
  assert.is(code, 13)
  assert.not.match(details, 'secret')
  await grpc.listener.close(1_000)
})

answers.run()

const limits = suite('GrpcReceiver: limits')

limits('a message of 19 MiB is taken with the defaults', async () => {
  const grpc = await openGrpc()
  const { code } = await call(grpc.port, TRACES, Buffer.alloc(19 * 1024 * 1024))
  assert.is(code, 0)
  await grpc.listener.close(1_000)
})

for (const [title, headers, body] of [
  ['a long message', {}, message(Buffer.alloc(1_001), false)],
  [
    'a message that is long when decompressed',
    { 'grpc-encoding': 'gzip' },
    message(gzipSync(Buffer.alloc(1_001)), true),
  ],
  ['a message that only states to be long', {}, Buffer.from([0, 0x7f, 0xff, 0xff, 0xff])],
] as const) {
  limits(`${title} is RESOURCE_EXHAUSTED, and not to be repeated`, async () => {
    const grpc = await openGrpc({ maxReceiveMessageBytes: 1_000 })
    const session = sessionTo(grpc.port)
    const answer = await callOn(session, { headers, body })
    assert.is(answer['grpc-status'], '8')
    assert.is(answer['grpc-status-details-bin'], undefined)
    assert.is(
      (await callOn(session, { body: message(BODY.subarray(0, 9), false) }))['grpc-status'],
      '0',
    )
    await eventually(() => grpc.seen.length === 2)
    assert.is(grpc.seen[0]?.refused, 'too_large')
    session.close()
    await grpc.listener.close(1_000)
  })
}

limits('calls beyond the memory of all messages are UNAVAILABLE, and none later', async () => {
  const budget = Budget.make(100_000)
  const grpc = await openGrpc({}, undefined, budget)
  const [session, slowSession] = [sessionTo(grpc.port), sessionTo(grpc.port)]
  const slow = slowSession.request({
    ':method': 'POST',
    ':path': TRACES,
    'content-type': 'application/grpc',
  })
  slow.on('error', () => undefined)
  slow.write(message(Buffer.alloc(60_000), false).subarray(0, -1))
  await eventually(() => budget.held() === 60_004)
  const long = message(Buffer.alloc(50_000), false)
  const refused = await callOn(session, { body: long })
  assert.is(refused['grpc-status'], '14')
  assert.is(refused['grpc-status-details-bin'] === undefined, false)
  // The same while the client is still sending.
  const sending = session.request({
    ':method': 'POST',
    ':path': TRACES,
    'content-type': 'application/grpc',
  })
  sending.write(long)
  const [headers] = await once(sending, 'response')
  assert.is(headers['grpc-status'], '14')
  sending.resume()
  await once(sending, 'close')
  slowSession.destroy()
  await eventually(() => budget.held() === 0)
  assert.is((await callOn(session, { body: long }))['grpc-status'], '0')
  await eventually(() => grpc.seen.length === 4)
  assert.equal(
    grpc.seen.map((one) => one.refused),
    ['busy', 'busy', 'aborted', undefined],
  )
  assert.is(budget.held(), 0)
  session.close()
  await grpc.listener.close(1_000)
})

limits.run()

const compression = suite('GrpcReceiver: compression')

interface Fixture {
  readonly encoding: string
  readonly writer: string
  readonly base64: string
}

const fixtures: ReadonlyArray<Fixture> = JSON.parse(
  readFileSync(new URL('../fixtures/compressed.json', import.meta.url), 'utf8'),
)

for (const [encoding, writer, body] of [
  ...fixtures.map(
    ({ encoding, writer, base64 }) => [encoding, writer, Buffer.from(base64, 'base64')] as const,
  ),
  ['gzip', 'node:zlib', gzipSync(Buffer.alloc(78_000))],
  ['deflate', 'node:zlib', deflateSync(Buffer.alloc(78_000))],
] as const) {
  compression(`${encoding} of ${writer}`, async () => {
    const grpc = await openGrpc()
    const session = sessionTo(grpc.port)
    const headers = { 'grpc-encoding': encoding }
    const answer = await callOn(session, { headers, body: message(body, true) })
    assert.is(answer['grpc-status'], '0')
    assert.is(grpc.requests[0]?.body.length, 78_000)
    assert.match(String(answer['grpc-accept-encoding']), 'zstd')
    // A client may leave a short message as it is.
    await callOn(session, { headers, body: message(BODY, false) })
    assert.is(grpc.requests[1]?.body.length, BODY.length)
    session.close()
    await grpc.listener.close(1_000)
  })
}

compression(
  'an unknown encoding is UNIMPLEMENTED, with the known ones, on a connection that stays',
  async () => {
    const grpc = await openGrpc()
    const session = sessionTo(grpc.port)
    const headers = { 'grpc-encoding': 'br', 'sentry-exporter-call': '1' }
    const answer = await callOn(session, { headers, body: message(BODY, true) })
    assert.is(answer['grpc-status'], '12')
    assert.is(
      answer['grpc-accept-encoding'],
      'identity,gzip,zstd,zlib,deflate,snappy,x-snappy-framed,lz4',
    )
    const next = await callOn(session, { body: message(BODY, false) })
    assert.is(next['grpc-status'], '0')
    assert.is(session.closed, false)
    assert.is(grpc.seen[0]?.refused, 'encoding')
    session.close()
    await grpc.listener.close(1_000)
  },
)

compression('a message that is not in its encoding is INVALID_ARGUMENT', async () => {
  const grpc = await openGrpc()
  const session = sessionTo(grpc.port)
  const headers = { 'grpc-encoding': 'zstd' }
  const answer = await callOn(session, { headers, body: message(BODY, true) })
  assert.is(answer['grpc-status'], '3')
  session.close()
  await grpc.listener.close(1_000)
})

compression(
  'a compressed message without the name of its encoding is INVALID_ARGUMENT',
  async () => {
    const grpc = await openGrpc()
    const session = sessionTo(grpc.port)
    const answer = await callOn(session, { headers: {}, body: message(gzipSync(BODY), true) })
    assert.is(answer['grpc-status'], '3')
    assert.match(decodeURIComponent(String(answer['grpc-message'])), 'has no grpc-encoding')
    assert.equal(grpc.requests, [])
    session.close()
    await grpc.listener.close(1_000)
  },
)

compression.run()

const connections = suite('GrpcReceiver: connections')

for (const [title, token, code] of [
  ['with their token are accepted', 'Bearer right', 0],
  ['with a wrong token are UNAUTHENTICATED', 'Bearer wrong', 16],
  ['without a token are UNAUTHENTICATED', undefined, 16],
] as const) {
  connections(`calls ${title}`, async () => {
    const grpc = await openGrpc({
      auth: { _tag: 'Bearer', scheme: 'Bearer', header: 'authorization', tokens: ['right'] },
    })
    const metadata = new Metadata()
    if (token !== undefined) metadata.set('authorization', token)
    assert.is((await call(grpc.port, TRACES, BODY, metadata)).code, code)
    assert.is(grpc.requests.length, code === 0 ? 1 : 0)
    await grpc.listener.close(1_000)
  })
}

connections('begin calls with the credentials of the present settings', async () => {
  const auth = { _tag: 'Bearer', scheme: 'Bearer', header: 'authorization' } as const
  const grpc = await openGrpc({ auth: { ...auth, tokens: ['old'] } })
  const codes = (): Promise<ReadonlyArray<number>> =>
    Promise.all(
      ['old', 'new'].map(async (token) => {
        const metadata = new Metadata()
        metadata.set('authorization', `Bearer ${token}`)
        return (await call(grpc.port, TRACES, BODY, metadata)).code
      }),
    )
  assert.equal(await codes(), [0, 16])
  const changed = { ...ReceiverDefaults.grpc, auth: { ...auth, tokens: ['new'] } }
  const prepared = await grpc.listener.prepare(changed)
  assert.equal(await codes(), [0, 16])
  if (prepared._tag === 'Right') prepared.right()
  assert.equal(await codes(), [16, 0])
  await grpc.listener.close(1_000)
})

connections('that are no HTTP/2, or end at once, disturb nobody', async () => {
  const grpc = await openGrpc()
  for (const bytes of ['GET / HTTP/1.1\r\nHost: a\r\n\r\n', '\u0000'.repeat(100), '']) {
    const socket = connectSocket(grpc.port, '127.0.0.1')
    socket.on('error', () => undefined)
    socket.resume().end(bytes)
    await new Promise((resolve) => socket.once('close', resolve))
  }
  assert.is((await call(grpc.port, TRACES, BODY)).code, 0)
  await grpc.listener.close(1_000)
})

connections('another content type is a 415 of HTTP', async () => {
  const grpc = await openGrpc()
  const session = sessionTo(grpc.port)
  const headers = { 'content-type': 'application/json' }
  assert.is((await callOn(session, { headers, body: BODY }))[':status'], 415)
  session.close()
  await grpc.listener.close(1_000)
})

connections('are asked to end after the age of the configuration', async () => {
  const { keepalive } = await import('../../src/receiver/ReceiverDefaults.ts').then(
    ({ grpc }) => grpc,
  )
  const grpc = await openGrpc({ keepalive: { ...keepalive, maxConnectionAgeMillis: 50 } })
  const session = sessionTo(grpc.port)
  await new Promise((resolve) => session.once('goaway', resolve))
  session.close()
  await grpc.listener.close(1_000)
})

connections('live on with an age that no timer has', async () => {
  const { keepalive } = (await import('../../src/receiver/ReceiverDefaults.ts')).grpc
  const grpc = await openGrpc({ keepalive: { ...keepalive, maxConnectionAgeMillis: 2 ** 31 - 1 } })
  const sessions = Array.from({ length: 20 }, () => sessionTo(grpc.port))
  await Promise.all(sessions.map((one) => once(one, 'remoteSettings')))
  // Every one of them would have been asked to end within a millisecond, by chance in one of two cases.
  const pinged = sessions.map((one) => new Promise((resolve) => one.ping(resolve)))
  assert.equal(await Promise.all(pinged), Array(20).fill(null))
  assert.is(
    sessions.some(({ closed }) => closed),
    false,
  )
  for (const one of sessions) one.close()
  await grpc.listener.close(1_000)
})

connections('close waits for a call under way and ends idle connections', async () => {
  let release = (): void => undefined
  const waiting = new Promise<void>((resolve) => {
    release = resolve
  })
  const grpc = await openGrpc({}, async () => {
    await waiting
    return { _tag: 'Accepted', rejected: 0, message: '' }
  })
  const idle = sessionTo(grpc.port)
  await new Promise((resolve) => idle.once('remoteSettings', resolve))
  const under = call(grpc.port, TRACES, BODY)
  await eventually(() => grpc.requests.length === 1)
  const closed = grpc.listener.close(60_000)
  await eventually(() => idle.closed)
  release()
  assert.is((await under).code, 0)
  await closed
})

connections('close does not wait for a connection that sent nothing', async () => {
  const grpc = await openGrpc()
  const { ended } = openSocket(grpc.port)
  // The server has the connection before the call.
  assert.is((await call(grpc.port, TRACES, BODY)).code, 0)
  await grpc.listener.close(60_000)
  await ended
})

connections('under pressure a call is refused from its head', async () => {
  const grpc = await openGrpc({}, pressed)
  for (const path of [TRACES, LOGS, METRICS]) {
    const answer = await call(grpc.port, path, Buffer.alloc(100_000, 7))
    assert.equal([answer.code, answer.details], [14, 'the queue is full'])
    assert.is(answer.metadata.get('grpc-status-details-bin').length, 1)
  }
  assert.is((await call(grpc.port, '/a.B/C', BODY)).code, 12)
  assert.equal(grpc.requests, [])
  assert.equal(
    grpc.seen.map(({ refused }) => refused),
    ['busy', 'busy', 'busy', 'path'],
  )
  await grpc.listener.close(1_000)
})

connections('close ends everything at its deadline', async () => {
  const grpc = await openGrpc({}, () => new Promise(() => undefined))
  const under = call(grpc.port, TRACES, BODY)
  await eventually(() => grpc.requests.length === 1)
  await grpc.listener.close(50)
  assert.is((await under).code, 14)
})

connections.run()
