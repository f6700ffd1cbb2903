import { gzipSync } from 'node:zlib'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { HttpReceiverConfig } from '../../src/config/ReceiverConfig.ts'
import type { ReceiverAnswer } from '../../src/receiver/Accept.ts'
import * as Budget from '../../src/receiver/memory/Budget.ts'
import { eventually, openHttp, openSocket, pressed, send } from './recording.ts'

const JSON_HEADERS = { 'content-type': 'application/json' }

const PROTOBUF_HEADERS = { 'content-type': 'application/x-protobuf' }

const EMPTY = '{"resourceSpans":[]}'

interface Row {
  readonly title: string
  readonly method?: string
  readonly path?: string
  readonly headers?: Record<string, string>
  readonly body?: Uint8Array | string
  readonly config?: Partial<HttpReceiverConfig>
  readonly answer?: ReceiverAnswer
  readonly status: number
  readonly refused?: string
  /** Parts of the body of the answer. */
  readonly text?: string
  /** Headers of the answer. */
  readonly answered?: Record<string, string>
}

const rows: ReadonlyArray<Row> = [
  { title: 'JSON', body: EMPTY, status: 200, text: '{}', answered: JSON_HEADERS },
  {
    title: 'JSON with a charset',
    headers: { 'content-type': 'Application/JSON; charset=utf-8' },
    body: EMPTY,
    status: 200,
    text: '{}',
  },
  {
    title: 'protobuf',
    headers: PROTOBUF_HEADERS,
    body: Uint8Array.of(10, 0),
    status: 200,
    text: '',
    answered: PROTOBUF_HEADERS,
  },
  { title: 'logs', path: '/v1/logs', body: '{"resourceLogs":[]}', status: 200 },
  { title: 'metrics', path: '/v1/metrics', body: '{"resourceMetrics":[]}', status: 200 },
  {
    title: 'metrics in protobuf and gzip',
    path: '/v1/metrics',
    headers: { ...PROTOBUF_HEADERS, 'content-encoding': 'gzip' },
    body: gzipSync(Uint8Array.of(10, 0)),
    status: 200,
    text: '',
    answered: PROTOBUF_HEADERS,
  },
  {
    title: 'metrics at another path of the configuration',
    path: '/otel/metrics',
    config: { metricsPath: '/otel/metrics' },
    body: '{}',
    status: 200,
  },
  { title: 'an empty body of JSON', body: '', status: 200, text: '{}' },
  { title: 'an empty body of protobuf', headers: PROTOBUF_HEADERS, body: '', status: 200 },
  {
    title: 'an empty body with an encoding',
    headers: { ...PROTOBUF_HEADERS, 'content-encoding': 'gzip' },
    body: '',
    status: 200,
  },
  { title: 'a query', path: '/v1/traces?a=1', body: EMPTY, status: 200 },
  {
    title: 'the target of a proxy',
    path: 'http://collector:4318/v1/traces',
    body: EMPTY,
    status: 200,
  },
  {
    title: 'other paths of the configuration',
    path: '/otel/spans',
    config: { tracesPath: '/otel/spans' },
    body: EMPTY,
    status: 200,
  },
  {
    title: 'chunks',
    headers: { ...JSON_HEADERS, 'transfer-encoding': 'chunked' },
    body: EMPTY,
    status: 200,
  },
  {
    title: 'the encoding identity',
    headers: { ...JSON_HEADERS, 'content-encoding': 'identity' },
    body: EMPTY,
    status: 200,
  },
  {
    title: 'headers of the configuration',
    config: { responseHeaders: [['X-Gateway', 'one']] },
    body: EMPTY,
    status: 200,
    answered: { 'x-gateway': 'one' },
  },
  {
    title: 'items that could not be read, in JSON',
    answer: { _tag: 'Accepted', rejected: 2, message: 'resourceSpans[0]: no span id' },
    body: EMPTY,
    status: 200,
    text: '{"partialSuccess":{"rejectedSpans":"2","errorMessage":"resourceSpans[0]: no span id"}}',
  },
  {
    title: 'items that could not be read, of logs',
    path: '/v1/logs',
    answer: { _tag: 'Accepted', rejected: 1, message: 'no' },
    body: EMPTY,
    status: 200,
    text: '{"partialSuccess":{"rejectedLogRecords":"1","errorMessage":"no"}}',
  },
  {
    title: 'items that could not be read, of metrics',
    path: '/v1/metrics',
    answer: { _tag: 'Accepted', rejected: 4, message: 'no' },
    body: '{}',
    status: 200,
    text: '{"partialSuccess":{"rejectedDataPoints":"4","errorMessage":"no"}}',
  },
  {
    title: 'items that could not be read, of metrics in protobuf',
    path: '/v1/metrics',
    headers: PROTOBUF_HEADERS,
    answer: { _tag: 'Accepted', rejected: 4, message: 'no' },
    body: '',
    status: 200,
    text: '\n\u0006\u0008\u0004\u0012\u0002no',
  },
  {
    title: 'a warning in protobuf',
    headers: PROTOBUF_HEADERS,
    answer: { _tag: 'Accepted', rejected: 0, message: 'odd' },
    body: '',
    status: 200,
    text: '\n\u0005\u0012\u0003odd',
  },
  {
    title: 'a body that is no OTLP',
    answer: { _tag: 'Invalid', message: 'expected JSON' },
    body: 'x',
    status: 400,
    refused: 'unreadable',
    text: '{"code":3,"message":"expected JSON"}',
  },
  {
    title: 'a body that is no OTLP, in protobuf',
    headers: PROTOBUF_HEADERS,
    answer: { _tag: 'Invalid', message: 'bad' },
    body: 'x',
    status: 400,
    refused: 'unreadable',
    text: '\u0008\u0003\u0012\u0003bad',
    answered: PROTOBUF_HEADERS,
  },
  {
    title: 'a body that is not gzip',
    headers: { ...JSON_HEADERS, 'content-encoding': 'gzip' },
    body: EMPTY,
    status: 400,
    refused: 'corrupt',
    text: 'not valid gzip',
  },
  {
    title: 'pressure',
    answer: { _tag: 'Busy', retryAfterSeconds: 3, message: 'the queue is full' },
    body: EMPTY,
    status: 503,
    refused: 'busy',
    text: '{"code":14,"message":"the queue is full"}',
    answered: { 'retry-after': '3' },
  },
  {
    title: 'pressure with a fraction of a second',
    answer: { _tag: 'Busy', retryAfterSeconds: 0.2, message: 'full' },
    body: EMPTY,
    status: 503,
    refused: 'busy',
    answered: { 'retry-after': '1' },
  },
  {
    title: 'pressure for a long time',
    answer: { _tag: 'Busy', retryAfterSeconds: 60, message: 'full' },
    body: EMPTY,
    status: 503,
    refused: 'busy',
    answered: { 'retry-after': '5' },
  },
  {
    title: 'metrics that no pipeline takes',
    path: '/v1/metrics',
    answer: { _tag: 'NoPipeline', message: 'no pipeline takes metrics of otlp' },
    body: '{}',
    status: 404,
    refused: 'path',
    text: '{"code":12,"message":"no pipeline takes metrics of otlp"}',
  },
  {
    title: 'metrics at the usual path, if the configuration has another one',
    path: '/v1/metrics',
    config: { metricsPath: '/otel/metrics' },
    body: '{}',
    status: 404,
    refused: 'path',
    text: 'metrics at /otel/metrics',
  },
  {
    title: 'another path',
    path: '/',
    body: '{}',
    status: 404,
    refused: 'path',
    text: '/v1/traces',
  },
  { title: 'a path with a slash at its end', path: '/v1/traces/', status: 404, refused: 'path' },
  ...['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'].map((method) => ({
    title: `the method ${method}`,
    method,
    headers: {},
    status: 405,
    refused: 'method',
    answered: { allow: 'POST' },
  })),
  { title: 'no content type', headers: {}, body: EMPTY, status: 415, refused: 'content_type' },
  {
    title: 'text',
    headers: { 'content-type': 'text/plain' },
    body: EMPTY,
    status: 415,
    refused: 'content_type',
    text: 'application/x-protobuf',
  },
  {
    title: 'an unknown encoding',
    headers: { ...JSON_HEADERS, 'content-encoding': 'br' },
    body: EMPTY,
    status: 415,
    refused: 'encoding',
    answered: {
      'accept-encoding': 'identity, gzip, zstd, zlib, deflate, snappy, x-snappy-framed, lz4',
    },
  },
  {
    title: 'an encoding that the configuration excludes',
    config: { compressionAlgorithms: ['', 'zstd'] },
    headers: { ...JSON_HEADERS, 'content-encoding': 'gzip' },
    body: gzipSync(EMPTY),
    status: 415,
    refused: 'encoding',
    answered: { 'accept-encoding': 'identity, zstd' },
  },
  {
    title: 'two encodings',
    headers: { ...JSON_HEADERS, 'content-encoding': 'gzip, gzip' },
    body: gzipSync(gzipSync(EMPTY)),
    status: 415,
    refused: 'encoding',
  },
  {
    title: 'a stated length above the limit',
    config: { maxRequestBodyBytes: 10 },
    body: 'x'.repeat(11),
    status: 413,
    refused: 'too_large',
    text: '{"code":8,"message":"the sent body has more than the permitted 10 bytes"}',
  },
  {
    title: 'chunks above the limit',
    config: { maxRequestBodyBytes: 10 },
    headers: { ...JSON_HEADERS, 'transfer-encoding': 'chunked' },
    body: 'x'.repeat(11),
    status: 413,
    refused: 'too_large',
  },
  {
    title: 'a decompressed body above the limit',
    config: { maxRequestBodyBytes: 100 },
    headers: { ...JSON_HEADERS, 'content-encoding': 'gzip' },
    body: gzipSync('x'.repeat(101)),
    status: 413,
    refused: 'too_large',
    text: 'the decompressed body has more than the permitted 100 bytes',
  },
  {
    title: 'a body at the limit',
    config: { maxRequestBodyBytes: 10 },
    body: 'x'.repeat(10),
    status: 200,
  },
]

const answers = suite('HttpReceiver: answers')

for (const row of rows) {
  const { title, method = 'POST', path = '/v1/traces', headers = JSON_HEADERS, config } = row
  answers(`${title}: ${row.status}`, async () => {
    const http = await openHttp(
      config,
      () => row.answer ?? { _tag: 'Accepted', rejected: 0, message: '' },
    )
    const answer = await send({ port: http.port, path, method, headers }, row.body)
    assert.is(answer.status, row.status)
    if (row.text !== undefined) assert.match(answer.body.toString(), row.text)
    for (const [name, value] of Object.entries(row.answered ?? {})) {
      assert.is(answer.headers[name], value, name)
    }
    await eventually(() => http.seen.length === 1)
    assert.is(http.seen[0]?.status, row.status)
    assert.is(http.seen[0]?.refused, row.refused)
    await http.listener.close(1_000)
  })
}

answers('a failure of the pipelines is a 500 without its text', async () => {
  const http = await openHttp({}, () => {
    throw new Error('secret')
  })
  const answer = await send({ port: http.port, path: '/v1/traces', headers: JSON_HEADERS }, EMPTY)
  assert.is(answer.status, 500)
  assert.not.match(answer.body.toString(), 'secret')
  await http.listener.close(1_000)
})

answers.run()

const auth = suite('HttpReceiver: credentials')

const bearer = {
  _tag: 'Bearer',
  scheme: 'Bearer',
  header: 'Authorization',
  tokens: ['first', 'second'],
} as const

const basic = { _tag: 'Basic', credentials: ['otel:pass:word'] } as const

const basicValue = (pair: string): string => `Basic ${Buffer.from(pair).toString('base64')}`

for (const [title, config, headers, status] of [
  ['the first token', bearer, { authorization: 'Bearer first' }, 200],
  [
    'the second token, in another case of the scheme',
    bearer,
    { authorization: 'bearer second' },
    200,
  ],
  ['no token', bearer, {}, 401],
  ['a wrong token', bearer, { authorization: 'Bearer third' }, 401],
  ['a part of a token', bearer, { authorization: 'Bearer firs' }, 401],
  ['a token with another scheme', bearer, { authorization: 'Basic first' }, 401],
  ['a token without a scheme', bearer, { authorization: 'first' }, 401],
  [
    'a token in another header',
    { ...bearer, header: 'X-Token', scheme: '' },
    { 'x-token': 'first' },
    200,
  ],
  ['a name with its password', basic, { authorization: basicValue('otel:pass:word') }, 200],
  ['a wrong password', basic, { authorization: basicValue('otel:word') }, 401],
  ['no password', basic, {}, 401],
] as const) {
  auth(`${title}: ${status}`, async () => {
    const http = await openHttp({ auth: config })
    const answer = await send(
      { port: http.port, path: '/v1/traces', headers: { ...JSON_HEADERS, ...headers } },
      EMPTY,
    )
    assert.is(answer.status, status)
    assert.is(http.requests.length, status === 200 ? 1 : 0)
    if (status === 401) {
      const expected = config._tag === 'Basic' ? 'Basic realm="OTLP", charset="UTF-8"' : 'Bearer'
      assert.is(answer.headers['www-authenticate'], expected)
      assert.not.match(answer.body.toString(), 'first')
    }
    await http.listener.close(1_000)
  })
}

auth.run()

const connections = suite('HttpReceiver: connections')

const HEAD = 'POST /v1/traces HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n'

connections('are used for several requests, sent at once', async () => {
  const http = await openHttp()
  const { socket, ended } = openSocket(http.port)
  socket.write(`${HEAD}Content-Length: 2\r\n\r\n{}`.repeat(3))
  socket.end()
  const text = await ended
  assert.is(text.split('HTTP/1.1 200 OK').length - 1, 3)
  await http.listener.close(1_000)
})

connections('end after each answer without keep-alive', async () => {
  const http = await openHttp({ keepAlive: false })
  const { socket, ended } = openSocket(http.port)
  socket.write(`${HEAD}Content-Length: 2\r\n\r\n{}`)
  assert.match(await ended, 'Connection: close')
  await http.listener.close(1_000)
})

connections('that are closed on one side after the request get their answer', async () => {
  const http = await openHttp({}, async () => {
    await new Promise((resolve) => setTimeout(resolve, 30))
    return { _tag: 'Accepted', rejected: 0, message: '' }
  })
  const { socket, ended } = openSocket(http.port)
  socket.end(`${HEAD}Content-Length: 2\r\n\r\n{}`)
  assert.match(await ended, '200 OK')
  await http.listener.close(1_000)
})

connections('get 100 Continue only for a body that is wanted', async () => {
  const http = await openHttp({ maxRequestBodyBytes: 10 })
  const wanted = openSocket(http.port)
  wanted.socket.write(
    `${HEAD}Expect: 100-continue\r\nContent-Length: 2\r\nConnection: close\r\n\r\n`,
  )
  await new Promise((resolve) => wanted.socket.once('data', resolve))
  wanted.socket.write('{}')
  assert.match(await wanted.ended, /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK/)
  const unwanted = openSocket(http.port)
  unwanted.socket.write(`${HEAD}Expect: 100-continue\r\nContent-Length: 11\r\n\r\n`)
  await new Promise((resolve) => unwanted.socket.once('data', resolve))
  unwanted.socket.end()
  assert.match(await unwanted.ended, /^HTTP\/1\.1 413 /)
  await http.listener.close(1_000)
})

connections('of HTTP/1.0, and with an unknown expectation, are served', async () => {
  const http = await openHttp()
  const old = openSocket(http.port)
  old.socket.write(
    'POST /v1/traces HTTP/1.0\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}',
  )
  assert.match(await old.ended, '200 OK')
  const expecting = openSocket(http.port)
  expecting.socket.end(`${HEAD}Expect: miracles\r\nContent-Length: 2\r\n\r\n{}`)
  assert.match(await expecting.ended, /^HTTP\/1\.1 200 OK/)
  await http.listener.close(1_000)
})

connections('beyond the maximum are closed', async () => {
  const http = await openHttp({ maxConnections: 2 })
  const open = [openSocket(http.port), openSocket(http.port)]
  await Promise.all(
    open.map(({ socket }) => new Promise((resolve) => socket.once('connect', resolve))),
  )
  assert.is(await openSocket(http.port).ended, '')
  assert.is(http.refusedConnections(), 1)
  await http.listener.close(1_000)
})

for (const [title, config, bytes, status] of [
  ['no bytes at all', { readHeaderTimeoutMillis: 100 }, '', 408],
  ['headers that do not end', { readHeaderTimeoutMillis: 100 }, HEAD, 408],
  [
    'a body that does not end',
    { readTimeoutMillis: 100 },
    `${HEAD}Content-Length: 9\r\n\r\n{`,
    408,
  ],
  [
    'a second request that does not come',
    { idleTimeoutMillis: 100 },
    `${HEAD}Content-Length: 2\r\n\r\n{}`,
    200,
  ],
] as const) {
  connections(`with ${title} end in time`, async () => {
    const http = await openHttp(config)
    const { socket, ended } = openSocket(http.port)
    socket.write(bytes)
    assert.match(await ended, `HTTP/1.1 ${status} `)
    await eventually(() => http.seen.length === 1)
    assert.is(http.seen[0]?.refused, status === 408 ? 'timeout' : undefined)
    await http.listener.close(1_000)
  })
}

for (const [title, bytes, status] of [
  ['is no HTTP', 'hello\r\n\r\n', 400],
  ['has headers of 20 kB', `${HEAD}X-Long: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
  ['has two lengths', `${HEAD}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`, 400],
  [
    'has a length and chunks',
    `${HEAD}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}`,
    400,
  ],
  [
    'has no Host',
    'POST /v1/traces HTTP/1.1\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}',
    400,
  ],
  ['begins a handshake of TLS', '\u0016\u0003\u0001\u0002\u0000\u0001', 400],
] as const) {
  connections(`whose request ${title} get ${status} and end`, async () => {
    const http = await openHttp()
    const { socket, ended } = openSocket(http.port)
    socket.write(Buffer.from(bytes, 'latin1'))
    const text = await ended
    assert.match(text, `HTTP/1.1 ${status} `)
    assert.match(text, '{"code":3,"message":"')
    assert.is(http.seen[0]?.refused, 'malformed')
    await http.listener.close(1_000)
  })
}

connections('that break while a body arrives are counted', async () => {
  const http = await openHttp()
  const { socket } = openSocket(http.port)
  socket.write(`${HEAD}Content-Length: 100\r\n\r\n{}`)
  // The server answers a later request only after it has read the earlier bytes.
  const later = openSocket(http.port)
  later.socket.write(`${HEAD}Connection: close\r\nContent-Length: 2\r\n\r\n{}`)
  await later.ended
  socket.destroy()
  await eventually(() => http.seen.length === 2)
  assert.equal(
    [http.seen[1]?.refused, http.seen[1]?.bytes, http.seen[1]?.status],
    ['aborted', 2, 0],
  )
  await http.listener.close(1_000)
})

connections('stay usable after a refused request with a short body', async () => {
  const http = await openHttp()
  const { socket, ended } = openSocket(http.port)
  socket.write('POST /other HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n12345')
  socket.end(`${HEAD}Content-Length: 2\r\n\r\n{}`)
  assert.match(await ended, /^HTTP\/1\.1 404 [\s\S]*HTTP\/1\.1 200 OK/)
  await http.listener.close(1_000)
})

connections('whose long body is refused deliver the answer and end', async () => {
  const http = await openHttp({ maxRequestBodyBytes: 1_000 })
  const { socket, ended } = openSocket(http.port)
  socket.write(`${HEAD}Transfer-Encoding: chunked\r\n\r\n`)
  const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`
  let open = true
  void ended.then(() => {
    open = false
  })
  for (let i = 0; open && i < 1_000; i++) {
    socket.write(chunk)
    await new Promise((resolve) => setImmediate(resolve))
  }
  assert.match(await ended, 'HTTP/1.1 413 ')
  await http.listener.close(1_000)
})

connections.run()

const memory = suite('HttpReceiver: memory')

memory(
  'requests beyond the memory of all bodies are refused with 503, and none later',
  async () => {
    const budget = Budget.make(100_000)
    const http = await openHttp({}, undefined, budget)
    const head = { port: http.port, path: '/v1/traces', headers: JSON_HEADERS }
    const slow = [1, 2, 3].map(() => openSocket(http.port))
    for (const { socket } of slow) {
      socket.write(`${HEAD}Content-Length: 30001\r\n\r\n${' '.repeat(30_000)}`)
    }
    await eventually(() => budget.held() === 90_000)
    const refused = await send(head, Buffer.alloc(20_000))
    assert.is(refused.status, 503)
    assert.is(refused.headers['retry-after'], '1')
    for (const { socket } of slow) socket.destroy()
    await eventually(() => budget.held() === 0)
    assert.is((await send(head, Buffer.alloc(20_000))).status, 200)
    await eventually(() => budget.held() === 0)
    await http.listener.close(1_000)
  },
)

memory('a decompressed body counts as well', async () => {
  const budget = Budget.make(100_000)
  const http = await openHttp({}, undefined, budget)
  const headers = { ...JSON_HEADERS, 'content-encoding': 'gzip' }
  const head = { port: http.port, path: '/v1/traces', headers }
  assert.is((await send(head, gzipSync(Buffer.alloc(90_000)))).status, 200)
  assert.is((await send(head, gzipSync(Buffer.alloc(110_000)))).status, 503)
  await eventually(() => budget.held() === 0)
  await http.listener.close(1_000)
})

memory.run()

const answersThatFail = suite('HttpReceiver: answers that cannot be written')

answersThatFail('end their connection, and the receiver lives on', async () => {
  const http = await openHttp({ responseHeaders: [['x y', 'a']] })
  const options = { port: http.port, path: '/v1/traces', headers: JSON_HEADERS }
  for (const _attempt of ['first', 'second']) {
    const failed = await send(options, EMPTY).then(
      () => 'answered',
      ({ code }: NodeJS.ErrnoException) => code,
    )
    assert.is(failed, 'ECONNRESET')
  }
  await http.listener.close(1_000)
})

answersThatFail.run()

const pressure = suite('HttpReceiver: pressure that is known before the body')

pressure('refuses without decompression, and keeps the connection', async () => {
  const http = await openHttp({}, pressed)
  const { socket, ended } = openSocket(http.port)
  const body = 'x'.repeat(3_000_000)
  const head = (length: number, more = ''): string =>
    `POST /v1/traces HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: ${length}\r\n${more}\r\n`
  socket.write(`${head(body.length)}${body}${head(1, 'Connection: close\r\n')}x`)
  const answers = (await ended).split('HTTP/1.1 ').slice(1)
  assert.equal(
    answers.map((text) => text.slice(0, 3)),
    ['503', '503'],
  )
  assert.match(answers[0] ?? '', 'Retry-After: 2')
  assert.equal(http.requests, [])
  assert.equal(
    http.seen.map(({ refused, bytes }) => [refused, bytes]),
    [
      ['busy', body.length],
      ['busy', 1],
    ],
  )
  await http.listener.close(1_000)
})

pressure('refuses a sender that waits for 100 Continue before it sends its body', async () => {
  const http = await openHttp({}, pressed)
  const { socket, ended } = openSocket(http.port)
  socket.write(
    'POST /v1/traces HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: 9000000\r\n\r\n',
  )
  assert.match(await ended, /^HTTP\/1\.1 503 /)
  await http.listener.close(1_000)
})

pressure('still refuses bodies above the limit as too large', async () => {
  const http = await openHttp({ maxRequestBodyBytes: 10 }, pressed)
  const options = { port: http.port, path: '/v1/traces', headers: JSON_HEADERS }
  const chunked = { ...options, headers: { ...JSON_HEADERS, 'transfer-encoding': 'chunked' } }
  assert.is((await send(options, 'x'.repeat(11))).status, 413)
  assert.is((await send(chunked, 'x'.repeat(11))).status, 413)
  assert.is((await send(chunked, 'x'.repeat(10))).status, 503)
  await http.listener.close(1_000)
})

pressure.run()

const ending = suite('HttpReceiver: stop and close')

ending('close waits for a request under way and ends idle connections', async () => {
  let release = (): void => undefined
  const waiting = new Promise<void>((resolve) => {
    release = resolve
  })
  const http = await openHttp({}, async () => {
    await waiting
    return { _tag: 'Accepted', rejected: 0, message: '' }
  })
  const idle = openSocket(http.port)
  const under = send({ port: http.port, path: '/v1/traces', headers: JSON_HEADERS }, EMPTY)
  await eventually(() => http.requests.length === 1)
  const closed = http.listener.close(60_000)
  assert.is(await idle.ended, '')
  await assertRefused(http.port)
  release()
  const answer = await under
  assert.is(answer.status, 200)
  assert.is(answer.headers.connection, 'close')
  await closed
})

ending('close ends everything at its deadline', async () => {
  const http = await openHttp({}, () => new Promise(() => undefined))
  const under = send({ port: http.port, path: '/v1/traces', headers: JSON_HEADERS }, EMPTY)
  const failed = under.then(
    () => 'answered',
    () => 'ended',
  )
  await eventually(() => http.requests.length === 1)
  await http.listener.close(50)
  assert.is(await failed, 'ended')
})

ending('stop may be called twice, and close after it', async () => {
  const http = await openHttp()
  http.listener.stop()
  http.listener.stop()
  await http.listener.close(50)
  await http.listener.close(50)
})

const assertRefused = async (port: number): Promise<void> => {
  const result = await send({ port, path: '/v1/traces' }).then(
    () => 'answered',
    ({ code }: NodeJS.ErrnoException) => code,
  )
  assert.is(result, 'ECONNREFUSED')
}

ending.run()
