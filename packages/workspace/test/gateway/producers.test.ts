import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import * as EnvelopeReader from '@sentry-exporter/testing/EnvelopeReader'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openEnvelopeServer } from '../../src/gateway/EnvelopeServer.ts'
import { type ServeProcess, startServe } from '../../src/gateway/ServeProcess.ts'
import { root } from '../../src/lint/Workspace.ts'
import { PROCESS_LIMIT_MILLIS } from '../../src/runner/limit.ts'

const FOLDER = join(root, 'packages', 'workspace', 'fixtures', 'producer')

const yaml = (sinkPort: number): string => `
receivers: { otlp: { protocols: { http: { endpoint: '127.0.0.1:0' }, grpc: { endpoint: '127.0.0.1:0' } } } }
exporters: { sentry: { dsn: 'http://key@127.0.0.1:${sinkPort}/1', settle_millis: 200 } }
service:
  telemetry: { logs: { encoding: json }, metrics: { level: none } }
  pipelines: { traces: { receivers: [otlp], exporters: [sentry] }, metrics: { receivers: [otlp], exporters: [sentry] } }
`

/** Runs the service with the SDK that the environment configures. */
const produce = async (
  serve: ServeProcess,
  protocol: string,
  compression: string,
): Promise<void> => {
  const port = serve.ports.get(protocol === 'grpc' ? 'otlp grpc' : 'otlp http')
  await promisify(execFile)(
    process.execPath,
    ['--require', '@opentelemetry/auto-instrumentations-node/register', 'app.cjs'],
    {
      cwd: FOLDER,
      timeout: PROCESS_LIMIT_MILLIS,
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        OTEL_SERVICE_NAME: 'shop',
        OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'http',
        OTEL_NODE_RESOURCE_DETECTORS: 'env',
        OTEL_METRICS_EXPORTER: 'otlp',
        OTEL_LOGS_EXPORTER: 'none',
        OTEL_TRACES_EXPORTER: 'otlp',
        OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
        OTEL_EXPORTER_OTLP_COMPRESSION: compression,
        OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
      },
    },
  ).catch((error: unknown) => {
    // The service ends itself by a signal, after which the SDK sends its last batch.
    const isEnded = typeof error === 'object' && error !== null && 'signal' in error
    if (!isEnded || error.signal !== 'SIGTERM') throw error
  })
}

interface SentMetric {
  readonly name: string
  readonly type: string
  readonly value: number
  readonly unit?: string
  readonly attributes: Readonly<Record<string, { readonly value: unknown }>>
}

/** The metrics of an envelope; `undefined` for one of another kind. */
const metricsIn = (bytes: Uint8Array): ReadonlyArray<SentMetric> | undefined => {
  const [, header = '{}', payload = '{}'] = new TextDecoder().decode(bytes).split('\n')
  return JSON.parse(header).type === 'trace_metric' ? JSON.parse(payload).items : undefined
}

/** The measurements of a name: a value may count several times. */
const countOf = (items: ReadonlyArray<SentMetric>, name: string): number =>
  items
    .filter((one) => one.name === name && one.type === 'distribution')
    .reduce(
      (sum, { attributes }) =>
        sum + Math.round(1 / Number(attributes['sentry.client_sample_rate']?.value ?? 1)),
      0,
    )

/** The service measured its two requests, and its two calls. */
const checkMetrics = (items: ReadonlyArray<SentMetric>): void => {
  for (const name of ['http.server.request.duration', 'http.client.request.duration']) {
    assert.is(countOf(items, name), 2, name)
  }
  for (const { unit, value, attributes } of items) {
    assert.is(unit, 'second')
    assert.ok(value > 0)
    assert.is(attributes['resource.service.name']?.value, 'shop')
  }
}

/** The whole way of each service: four spans, one tree, one error. */
const check = (envelopes: ReadonlyArray<Uint8Array>): void => {
  const { transactions, errors } = EnvelopeReader.read(envelopes)
  assert.is(errors.length, 1)
  const spans = transactions.flatMap(({ root: entry, spans: others }) => [entry, ...others])
  assert.is(new Set(spans.map(({ traceId }) => traceId)).size, 1)
  const ids = new Set(spans.map(({ spanId }) => spanId))
  const roots = spans.filter(({ parentSpanId }) => parentSpanId === undefined)
  const dangling = spans.filter(
    ({ parentSpanId }) => parentSpanId !== undefined && !ids.has(parentSpanId),
  )
  assert.equal([roots.length, dangling.length], [1, 0])
  assert.is(spans.length, 4)
}

const producers = suite('serve: real producers')

const CASES: ReadonlyArray<readonly [protocol: string, compression: string]> = [
  ['http/json', 'none'],
  ['http/protobuf', 'gzip'],
  ['grpc', 'gzip'],
]

for (const [protocol, compression] of CASES) {
  producers(`a Node service under auto-instrumentation, ${protocol}, ${compression}`, async () => {
    const envelopes: Array<Uint8Array> = []
    const sink = await openEnvelopeServer((bytes) => envelopes.push(bytes))
    const serve = await startServe(yaml(sink.port), ['otlp http', 'otlp grpc'])
    await produce(serve, protocol, compression)
    const { code, stdout } = await serve.end()
    sink.close()
    assert.is(code, 0)
    assert.match(stdout, /sentry: 4 spans and 4 metric points in/)
    assert.match(stdout, '1 error')
    check(envelopes.filter((bytes) => metricsIn(bytes) === undefined))
    checkMetrics(envelopes.flatMap((bytes) => metricsIn(bytes) ?? []))
  })
}

producers.run()
