import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import * as Sink from '@sentry-exporter/cli/Sink'
import { ExportTraceRequest } from '@sentry-exporter/otlp'
import { InMemorySentry } from '@sentry-exporter/testing'
import { decompressors } from '@sentry-exporter/testing/decompressors'
import * as EnvelopeReader from '@sentry-exporter/testing/EnvelopeReader'
import * as Recorded from '@sentry-exporter/workspace/Recorded'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import _ from '../src/worker.ts'

const worker = suite('fetch-runtime')

const URL_OF_TRACES = 'https://worker.example/v1/traces'

const post = (body: string, headers: Record<string, string> = {}): Request =>
  new Request(URL_OF_TRACES, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  })

/** Runs the handler against a sink; gives its answer and what came to the sink, after all work is done. */
const ask = async (
  request: Request,
): Promise<{ status: number; body: unknown; types: unknown }> => {
  const types: Array<string> = []
  const sink = await Sink.open({
    port: 0,
    onEnvelope: ({ items }) => types.push(...items.map(({ header }) => header.type)),
    page: () => '',
  })
  const log = console.log
  console.log = () => undefined
  const work: Array<Promise<unknown>> = []
  try {
    const context = { waitUntil: (one: Promise<unknown>) => work.push(one) }
    const response = await _.fetch(request, { SENTRY_DSN: sink.dsn }, context)
    await Promise.all(work)
    return { status: response.status, body: await response.json(), types: types.sort() }
  } finally {
    console.log = log
    await sink.close()
  }
}

worker('sends posted spans to Sentry', async () => {
  const [body = ''] = Recorded.all.flatMap(Recorded.bodies)
  const answer = await ask(post(body))
  assert.is(answer.status, 200)
  assert.equal(answer.body, {})
  assert.ok(Array.isArray(answer.types) && answer.types.includes('transaction'))
})

/** The request with its newest time now, so that its age is the same on every day. */
const renewed = (body: string): string => {
  const times = [...body.matchAll(/[tT]imeUnixNano":\s*"(\d+)"/g)].map(([, time = '0']) =>
    BigInt(time),
  )
  const newest = times.reduce((a, b) => (a > b ? a : b), 0n)
  const shift = BigInt(Date.now()) * 1_000_000n - newest
  return body.replace(
    /([tT]imeUnixNano":\s*")(\d+)"/g,
    (_all, before: string, time: string) => `${before}${BigInt(time) + shift}"`,
  )
}

const keysIn = (body: string): ReadonlyArray<string> => {
  const read = ExportTraceRequest.parse(body)
  if (read._tag === 'Left') throw new Error('a recorded request that cannot be read')
  return read.right.spans.map(({ traceId, spanId }) => `${traceId} ${spanId}`).sort()
}

worker('sends every span of each request: none waits, and Sentry keeps all of them', async () => {
  const sentry = InMemorySentry.make({ decompressors })
  const envelopes: Array<Uint8Array> = []
  const server = createServer(async (request, response) => {
    const body = await buffer(request)
    const bytes = request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body
    if (!bytes.includes('"type":"client_report"')) envelopes.push(bytes)
    const headers = Object.entries(request.headers).map(([key, value]) => [key, String(value)])
    const { url = '' } = request
    const answer = sentry.receive(
      { url: `https://sentry.invalid${url}`, headers: Object.fromEntries(headers), body },
      Date.now(),
    ).response
    response.writeHead(answer.status, answer.headers).end(answer.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on a port has an address with one.
  const { port } = server.address() as AddressInfo
  const dsn = sentry.dsn.replace('https:', 'http:').replace('sentry.invalid', `127.0.0.1:${port}`)
  const outcomes: Array<string> = []
  const log = console.log
  console.log = (text: string) => outcomes.push(text)
  try {
    for (const body of Recorded.all.flatMap(Recorded.bodies).map(renewed)) {
      envelopes.length = 0
      const work: Array<Promise<unknown>> = []
      const context = { waitUntil: (one: Promise<unknown>) => work.push(one) }
      assert.is((await _.fetch(post(body), { SENTRY_DSN: dsn }, context)).status, 200)
      await Promise.all(work)
      const keys = EnvelopeReader.spanKeys(EnvelopeReader.read(envelopes))
      assert.equal(keys, keysIn(body))
      assert.match(outcomes.at(-1) ?? '', new RegExp(`^${keys.length} spans? in, .*nothing lost`))
      assert.not.match(outcomes.at(-1) ?? '', /waiting/)
    }
  } finally {
    console.log = log
    server.close()
    server.closeAllConnections()
  }
  const verdicts = sentry.received.flatMap((one) => one.verdicts)
  assert.ok(verdicts.length > 20)
  assert.equal(
    verdicts.filter(({ _tag }) => _tag !== 'Kept'),
    [],
  )
})

worker('reports rejected spans to the sender', async () => {
  const span = { traceId: 'xyz', spanId: '0000000000000001' }
  const answer = await ask(
    post(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] })),
  )
  assert.is(answer.status, 200)
  assert.match(JSON.stringify(answer.body), /"rejectedSpans":"1".*spans\[0\]/)
  assert.equal(answer.types, [])
})

worker('refuses requests that are not OTLP in JSON', async () => {
  const refused: ReadonlyArray<readonly [Request, number]> = [
    [post('{'), 400],
    [post('{}', { 'content-type': 'application/x-protobuf' }), 415],
    [post('{}', { 'content-encoding': 'gzip' }), 415],
    [new Request(URL_OF_TRACES), 405],
    [new Request('https://worker.example/'), 404],
  ]
  for (const [request, status] of refused) assert.is((await ask(request)).status, status)
})

worker('reports a missing DSN at once', async () => {
  const context = { waitUntil: () => assert.unreachable() }
  const error = await _.fetch(post('{}'), { SENTRY_DSN: '' }, context).catch((reason) => reason)
  assert.is(error.name, 'ConfigError')
})

worker('uses no module of Node in its source', () => {
  const source = readFileSync(new URL('../src/worker.ts', import.meta.url), 'utf8')
  assert.not.match(source, /node:|process|Buffer/)
})

worker.run()
