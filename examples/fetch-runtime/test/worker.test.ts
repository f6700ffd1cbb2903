import { readFileSync } from 'node:fs'
import * as Sink from '@sentry-exporter/cli/Sink'
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
