import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import * as EnvelopeReader from '@sentry-exporter/testing/EnvelopeReader'
import * as recordingHttp from '@sentry-exporter/testing/recordingHttp'
import { systemClock } from '@sentry-exporter/transport/Clock'
import type * as Http from '@sentry-exporter/transport/Http'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as GatewayConfig from '../src/config/GatewayConfig.ts'
import type { GatewayConfig as Config } from '../src/config/GatewayModel.ts'
import * as _ from '../src/Gateway.ts'
import * as metricRequests from './metricRequests.ts'

const SECRET = 'hush0123456789'

const yaml = ({ exporter = '', telemetry = '' } = {}): string => `
receivers: { otlp: { protocols: { http: { endpoint: '127.0.0.1:0' }, grpc: { endpoint: '127.0.0.1:0' } } } }
exporters: { sentry: { dsn: 'https://key:${SECRET}@sentry.example.com/1', settle_millis: 0${exporter} } }
extensions: { health_check: { endpoint: '127.0.0.1:0' } }
service:
  extensions: [health_check]
  telemetry: { metrics: { readers: [{ pull: { exporter: { prometheus: { host: 127.0.0.1, port: 0 } } } }] }${telemetry} }
  pipelines:
    traces: { receivers: [otlp], exporters: [sentry] }
    logs: { receivers: [otlp], exporters: [sentry] }
    metrics: { receivers: [otlp], exporters: [sentry] }`

const configOf = async (text: string): Promise<Config> => {
  const loaded = await GatewayConfig.load(
    { configs: [`yaml:${text}`], sets: [], dsn: undefined },
    { env: () => undefined, readFile: async () => E.left('no file') },
  )
  if (E.isLeft(loaded)) throw new Error(JSON.stringify(loaded.left))
  return loaded.right.config
}

interface Opened {
  readonly gateway: _.Gateway
  readonly lines: ReadonlyArray<string>
  readonly ask: (what: string, path: string, body?: string) => Promise<Response>
}

const start = async (http: Http.Http, text = yaml()): Promise<Opened> => {
  const lines: Array<string> = []
  const started = await _.start(await configOf(text), {
    clock: systemClock,
    random: () => 0.5,
    makeHttp: () => http,
    writeLog: (line) => lines.push(line),
  })
  if (E.isLeft(started)) throw new Error(started.left.map(_.showStartError).join())
  const gateway = started.right
  return {
    gateway,
    lines,
    ask: (what, path, body) => {
      const found = gateway.listening.find((one) => one.what === what)?.address
      if (found?._tag !== 'Tcp') throw new Error(what)
      return fetch(`http://127.0.0.1:${found.port}${path}`, {
        ...(body === undefined ? {} : { method: 'POST', body }),
        headers: { 'content-type': 'application/json' },
      })
    },
  }
}

const ids = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) }

const attributes = [
  { key: 'exception.type', value: { stringValue: 'TypeError' } },
  { key: 'exception.message', value: { stringValue: 'it broke' } },
  {
    key: 'exception.stacktrace',
    value: { stringValue: 'TypeError: it broke\n    at work (/srv/app/work.js:1:2)' },
  },
]

const TRACES = JSON.stringify({
  resourceSpans: [
    {
      scopeSpans: [
        {
          spans: [
            {
              ...ids,
              name: 'GET /',
              kind: 2,
              status: { code: 2 },
              events: [{ name: 'exception', attributes }],
            },
          ],
        },
      ],
    },
  ],
})

const LOGS = JSON.stringify({
  resourceLogs: [{ scopeLogs: [{ logRecords: [{ ...ids, severityNumber: 17, attributes }] }] }],
})

const run = suite('Gateway.start')

run('receives traces and logs, and shows what became of them', async () => {
  const recording = recordingHttp.make(() => recordingHttp.answering(200))
  const { gateway, lines, ask } = await start(recording.http)
  assert.equal(
    gateway.listening.map(({ what }) => what),
    ['metrics', 'health check', 'otlp http', 'otlp grpc'],
  )
  assert.is((await ask('otlp http', '/v1/logs', LOGS)).status, 200)
  assert.is((await ask('otlp http', '/v1/traces', TRACES)).status, 200)
  assert.is((await ask('health check', '/')).status, 200)
  assert.is((await ask('health check', '/readyz')).status, 200)
  const { outcomes } = await gateway.stop()
  assert.is(await gateway.stop().then((again) => again.outcomes), outcomes)
  // The error of the log record is that of the span.
  assert.equal(outcomes[0]?.outcome.delivered, {
    transactions: 1,
    spans: 1,
    errors: 1,
    logs: 1,
    metrics: 0,
  })
  const { transactions, errors, logs } = EnvelopeReader.read(
    recording.requests.map(({ body }) => body),
  )
  assert.equal([transactions.map(({ name }) => name), errors.length], [['GET /'], 1])
  assert.equal(
    logs.map(({ level }) => level),
    ['error'],
  )
  assert.match(lines.join(''), '1 transaction, 1 error')
  assert.not.match(lines.join(''), SECRET)
})

run('prints metrics that agree with the outcome', async () => {
  const { gateway, ask } = await start(recordingHttp.make(() => recordingHttp.answering(200)).http)
  await ask('otlp http', '/v1/traces', TRACES)
  await ask('otlp http', '/v1/traces', '{')
  await ask('otlp http', '/elsewhere', '{}')
  while (gateway.report().outcomes[0]?.outcome.delivered.transactions !== 1) {
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  const text = await (await ask('metrics', '/metrics')).text()
  for (const line of [
    'sentry_exporter_spans_in_total{exporter="sentry"} 1',
    'sentry_exporter_sent_transactions_total{exporter="sentry"} 1',
    'sentry_exporter_sent_errors_total{exporter="sentry"} 1',
    'sentry_exporter_pending_spans{exporter="sentry"} 0',
    'sentry_exporter_receiver_items_total{receiver="otlp",signal="traces",result="accepted"} 1',
    'sentry_exporter_receiver_requests_total{receiver="otlp",protocol="http",signal="traces",result="taken"} 1',
    'sentry_exporter_receiver_requests_total{receiver="otlp",protocol="http",signal="traces",result="unreadable"} 1',
    'sentry_exporter_receiver_requests_total{receiver="otlp",protocol="http",signal="none",result="path"} 1',
    'sentry_exporter_durability{level="memory"} 1',
  ]) {
    assert.ok(text.includes(`${line}\n`), line)
  }
  assert.match(text, 'nodejs_eventloop_lag_seconds')
  assert.match(
    text,
    'sentry_exporter_send_duration_seconds_count{exporter="sentry",status="200"} 2',
  )
  assert.not.match(text, SECRET)
  await gateway.stop()
})

const NOW_SECONDS = Math.floor(Date.now() / 1_000)

run('receives metrics, and its books agree with the envelopes to the unit', async () => {
  // The first envelope is refused by the server, which sees the others.
  const recording = recordingHttp.make((_request, index) =>
    recordingHttp.answering(index === 0 ? 403 : 200),
  )
  const { gateway, lines, ask } = await start(recording.http)
  const post = async (body: string): Promise<string> =>
    (await ask('otlp http', '/v1/metrics', body)).text()
  const print = async (): Promise<string> => (await ask('metrics', '/metrics')).text()
  assert.is(await post(metricRequests.mixed(NOW_SECONDS)), '{}')
  assert.match(
    await post(metricRequests.mixed(NOW_SECONDS + 1).replace('"asInt":"3"', '"asInt":"x"')),
    '"rejectedDataPoints":"1"',
  )
  const waiting = await print()
  for (const line of [
    'sentry_exporter_metric_points_in_total{exporter="sentry"} 6',
    'sentry_exporter_waiting_metrics{exporter="sentry"} 7',
    'sentry_exporter_metric_series{exporter="sentry"} 3',
    'sentry_exporter_sent_metrics_total{exporter="sentry"} 0',
    'sentry_exporter_rejected_total{exporter="sentry",reason="invalid_metric"} 1',
    'sentry_exporter_receiver_items_total{receiver="otlp",signal="metrics",result="accepted"} 5',
    'sentry_exporter_receiver_items_total{receiver="otlp",signal="metrics",result="rejected"} 1',
    'sentry_exporter_receiver_requests_total{receiver="otlp",protocol="http",signal="metrics",result="taken"} 2',
  ]) {
    assert.ok(waiting.includes(`${line}\n`), line)
  }
  const points = Array.from({ length: 1_200 }, (_one, index) => ({
    value: 5,
    // Began after the gateway, so that the first points are increases.
    timeSeconds: NOW_SECONDS + 120,
    startSeconds: NOW_SECONDS + 60,
    job: `job-${index}`,
  }))
  await post(metricRequests.counter(...points))
  const { outcomes } = await gateway.stop()
  const outcome = outcomes[0]?.outcome
  const sent = recording.requests.map(({ body }) => metricRequests.sentIn([body]))
  const [refused, ...taken] = sent
  assert.equal([outcome?.metricsIn, outcome?.waitingMetrics], [1_206, 0])
  assert.ok(taken.length > 0)
  assert.is(outcome?.droppedMetrics.send_error, refused?.items.length)
  assert.is(
    outcome?.delivered.metrics,
    taken.reduce((sum, { items }) => sum + items.length, 0),
  )
  const all = sent.flatMap(({ items }) => items)
  assert.is(
    all.length,
    sent.reduce((sum, { stated }) => sum + stated, 0),
  )
  assert.equal([all.length, outcome?.rejected.metric_baseline], [1_207, undefined])
  assert.match(lines.join(''), '1206 metric points in')
})

run('refuses metrics where no pipeline takes them', async () => {
  const recording = recordingHttp.make(() => recordingHttp.answering(200))
  const text = yaml().replace('\n    metrics: { receivers: [otlp], exporters: [sentry] }', '')
  const { gateway, ask } = await start(recording.http, text)
  const answer = await ask('otlp http', '/v1/metrics', metricRequests.mixed(NOW_SECONDS))
  assert.equal(
    [answer.status, await answer.text()],
    [404, '{"code":12,"message":"no pipeline takes metrics of otlp"}'],
  )
  const { outcomes } = await gateway.stop()
  assert.is(outcomes[0]?.outcome.metricsIn, 0)
})

run('refuses requests while the queue is full, and is not ready while Sentry is down', async () => {
  let isDown = true
  const http: Http.Http = () => async () =>
    E.right({ status: isDown ? 503 : 200, header: () => undefined })
  const small = yaml({ exporter: ', max_queue_items: 1, concurrency: 1, retry_for_millis: 600000' })
  const { gateway, lines, ask } = await start(http, small)
  const send = (n: number): Promise<Response> =>
    ask('otlp http', '/v1/traces', TRACES.replaceAll('a'.repeat(32), String(n).padStart(32, '0')))
  let refused: Response | undefined
  let taken = 0
  for (let n = 1; n < 20 && refused === undefined; n++) {
    const answer = await send(n)
    if (answer.status === 200) taken++
    else refused = answer
  }
  assert.equal([refused?.status, refused?.headers.get('retry-after')], [503, '3'])
  assert.is((await ask('health check', '/')).status, 200)
  assert.is((await ask('health check', '/readyz')).status, 503)
  assert.match(lines.join(''), 'a request was refused')
  isDown = false
  const { outcomes } = await gateway.stop()
  // Each trace that was answered with 200 is delivered.
  assert.is(outcomes[0]?.outcome.delivered.transactions, taken)
})

run('starts nothing if one part cannot listen, and names all that cannot', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  // The address of a server that listens on a port.
  const { port } = other.address() as AddressInfo
  const config = await configOf(yaml())
  const started = await _.start(
    {
      ...config,
      receivers: config.receivers.map((entry) => ({
        ...entry,
        config: {
          http: entry.config.http && {
            ...entry.config.http,
            endpoint: { _tag: 'Tcp', host: '127.0.0.1', port },
          },
          grpc: undefined,
        },
      })),
    },
    {
      clock: systemClock,
      random: () => 0,
      makeHttp: () => recordingHttp.make(() => recordingHttp.answering(200)).http,
      writeLog: () => undefined,
    },
  )
  assert.ok(E.isLeft(started))
  if (E.isLeft(started)) {
    assert.equal(started.left.map(_.showStartError), [
      `otlp http: 127.0.0.1:${port} is in use by another process`,
    ])
  }
  other.close()
})

run.run()
