import { readFileSync } from 'node:fs'
import * as Dsn from '@sentry-exporter/envelope/Dsn'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as ConfigProblem from '../../src/config/ConfigProblem.ts'
import { showEndpoint } from '../../src/config/component/endpoint.ts'
import * as _ from '../../src/config/GatewayConfig.ts'
import { messages, type Surroundings, valid } from './loading.ts'

const fixture = (name: string): string =>
  readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), 'utf8')

const at = (name: string, surroundings: Surroundings = {}): Surroundings => ({
  ...surroundings,
  files: { ...surroundings.files, [name]: fixture(name) },
})

const pasted = suite('a pasted configuration')

pasted('of the Collector up to 0.144 works', async () => {
  const name = 'collector-0.100.yaml'
  const { config, notes } = await valid(
    [name],
    at(name, { env: { SENTRY_DSN: 'https://key@o1.ingest.sentry.io/42' } }),
  )
  const [exporter] = config.exporters
  const decoded = exporter === undefined ? undefined : _.exporterConfig(exporter)
  assert.is(decoded && Dsn.show(decoded.dsn), 'https://key@o1.ingest.sentry.io/42')
  assert.equal([decoded?.environment, decoded?.insecureSkipVerify], ['prod', false])
  assert.equal([decoded?.limits.settleMillis, decoded?.delivery.overflow], [7_000, 'block'])
  const [receiver] = config.receivers
  assert.is(receiver?.config.http && showEndpoint(receiver.config.http.endpoint), '0.0.0.0:4318')
  assert.is(receiver?.config.grpc && showEndpoint(receiver.config.grpc.endpoint), '127.0.0.1:4317')
  assert.equal(receiver?.config.http?.cors?.allowedOrigins, ['https://*.example.com'])
  assert.equal(config.pipelines, [
    {
      id: 'traces',
      signal: 'traces',
      receivers: ['otlp'],
      processors: [
        {
          id: 'resource',
          target: 'resource',
          actions: [
            {
              _tag: 'Upsert',
              key: 'deployment.environment',
              source: { _tag: 'Value', value: 'production' },
            },
          ],
        },
      ],
      exporters: ['sentry'],
    },
  ])
  assert.is(config.telemetry.logLevel, 'warn')
  assert.equal(config.telemetry.metricsEndpoint, { _tag: 'Tcp', host: '0.0.0.0', port: 8888 })
  assert.is(config.healthChecks.length, 1)
  assert.equal(
    notes.map(({ severity, path }) => `${severity} ${path}`),
    [
      'note processors::batch',
      'note processors::memory_limiter',
      'note processors::groupbytrace',
      'note exporters::logging',
      'note extensions::pprof',
      'note extensions::zpages',
      'note service::pipelines::metrics',
    ],
  )
})

const POD = {
  MY_POD_IP: '10.0.0.7',
  SENTRY_KEY: 'abc',
  SENTRY_PROJECT: '42',
  ENVIRONMENT: '2024',
}

pasted('of a chart needs a word about its other receivers', async () => {
  const name = 'collector-kubernetes.yaml'
  assert.equal(
    (await messages([name], at(name, { env: POD }))).map((text) => text.replace(/; receive.*/, '')),
    [
      'collector-kubernetes.yaml:43:25: error: service::pipelines::traces::receivers[1]: the receiver "jaeger" is not supported',
      'collector-kubernetes.yaml:43:33: error: service::pipelines::traces::receivers[2]: the receiver "zipkin" is not supported',
    ],
  )
  const sets = ['service.ignore_components=[jaeger, zipkin]']
  const { config } = await valid([name], at(name, { env: POD, sets }))
  const [exporter] = config.exporters
  const decoded = exporter === undefined ? undefined : _.exporterConfig(exporter)
  // The text of a variable stays text where a text is expected.
  assert.is(decoded?.environment, '2024')
  assert.is(decoded?.dsn.projectId, '42')
  assert.equal(decoded?.delivery.retry, {
    maxAttempts: Number.MAX_SAFE_INTEGER,
    maxElapsedMillis: 600_000,
    firstWaitMillis: 1_000,
    longestWaitMillis: 20_000,
    mayDuplicate: false,
  })
  assert.equal([decoded?.delivery.concurrency, decoded?.delivery.maxItems], [4, 5_000])
  const grpc = config.receivers[0]?.config.grpc
  assert.is(grpc?.maxReceiveMessageBytes, 16 * 1024 * 1024)
  assert.is(grpc?.keepalive.maxConnectionAgeMillis, 90_000)
  assert.equal(config.telemetry.metricsEndpoint, { _tag: 'Tcp', host: '10.0.0.7', port: 8888 })
})

pasted('of the Collector from 0.145 on works', async () => {
  const name = 'collector-0.145.yaml'
  const env = { SENTRY_AUTH_TOKEN: 'sntrys_hush' }
  const { config, notes } = await valid([name], at(name, { env }))
  const address = config.exporters[0]?.address
  if (address?._tag !== 'Organization') throw new Error('no organization')
  const { authToken, ...organization } = address.organization
  assert.equal(organization, {
    url: 'https://sentry.io',
    orgSlug: 'acme',
    autoCreateProjects: true,
    projectFromAttribute: 'service.name',
    projects: [
      ['billing-service', 'billing'],
      ['web', 'storefront'],
    ],
  })
  assert.equal([authToken.reveal(), address.dsn], ['sntrys_hush', undefined])
  assert.equal(
    notes.map((note) => ConfigProblem.show(note).replace(/^[^:]+:/, '')),
    [
      '20:16: warning: exporters::sentry::http::headers: no effect: no further headers are sent to Sentry',
      '26:16: warning: exporters::sentry::sending_queue::storage: no effect: the queue is in memory only',
    ],
  )
})

pasted('with tokens, passwords, TLS and a socket is decoded', async () => {
  const name = 'secured.yaml'
  const { config } = await valid([name], {
    files: { [name]: fixture(name), '/etc/gateway/tokens': '# two\nfirst\n\nsecond\n' },
    env: { PASSWORD: '007' },
  })
  const [tcp, socket] = config.receivers.map((receiver) => receiver.config.http)
  assert.equal(tcp?.auth, {
    _tag: 'Bearer',
    scheme: 'Token',
    header: 'Authorization',
    tokens: ['first', 'second'],
  })
  assert.equal(tcp?.tls, {
    cert: { _tag: 'File', path: '/etc/tls/server.pem' },
    key: { _tag: 'File', path: '/etc/tls/server.key' },
    clientCa: { _tag: 'File', path: '/etc/tls/clients.pem' },
    minVersion: 'TLSv1.3',
    maxVersion: undefined,
  })
  assert.equal(
    [tcp?.tracesPath, tcp?.maxRequestBodyBytes, tcp?.readHeaderTimeoutMillis],
    ['/otlp/traces', 1_048_576, 5_000],
  )
  assert.equal(tcp?.compressionAlgorithms, ['', 'gzip', 'zstd'])
  assert.equal(tcp?.responseHeaders, [['Strict-Transport-Security', 'max-age=31536000']])
  assert.equal(socket?.endpoint, { _tag: 'Unix', path: '/run/gateway/otlp.sock' })
  assert.equal(socket?.auth, { _tag: 'Basic', credentials: ['mira:007'] })
  assert.equal(config.exporters[0]?.http, {
    timeoutMillis: 30_000,
    insecureSkipVerify: false,
    gzipFromBytes: Number.POSITIVE_INFINITY,
    connections: 4,
    proxy: 'http://proxy.example.com:3128',
  })
  assert.is(config.telemetry.metricsEndpoint, undefined)
  assert.is(config.shutdownTimeoutMillis, 10_000)
})

pasted('with several projects has an exporter for each', async () => {
  const name = 'two-projects.yaml'
  const { config } = await valid([name], at(name))
  const decoded = config.exporters.map(_.exporterConfig)
  assert.equal(
    decoded.map((one) => [one?.dsn.projectId, one?.environment, one?.hooks.sampleRate]),
    [
      ['1', 'production', 0.25],
      ['2', 'production', 1],
    ],
  )
  assert.equal(
    config.pipelines.map(({ id, signal, processors, exporters }) => [
      id,
      signal,
      processors.map((processor) => processor.id),
      exporters,
    ]),
    [
      ['traces', 'traces', ['attributes/privacy', 'resource'], ['sentry', 'sentry/errors']],
      ['logs/all', 'logs', ['attributes/privacy'], ['sentry/errors']],
    ],
  )
})

pasted('with a pipeline of metrics needs a word about its other components', async () => {
  const name = 'collector-metrics.yaml'
  const errors = await messages([name], at(name))
  assert.equal(
    errors.map((text) => text.replace(/ is not supported.*/, '')),
    [
      'collector-metrics.yaml:54:25: error: service::pipelines::metrics::receivers[1]: the receiver "hostmetrics"',
      'collector-metrics.yaml:56:27: error: service::pipelines::metrics::exporters[1]: the exporter "prometheusremotewrite"',
    ],
  )
  const sets = ['service.ignore_components=[hostmetrics, prometheusremotewrite]']
  const { config, notes } = await valid([name], at(name, { sets }))
  assert.equal(
    config.pipelines.map(({ id, signal, receivers, processors, exporters }) => [
      [id, signal],
      receivers,
      processors.map((processor) => processor.id),
      exporters,
    ]),
    [
      [['traces', 'traces'], ['otlp'], ['resource'], ['sentry/traces']],
      [['metrics', 'metrics'], ['otlp'], ['attributes/metrics', 'resource'], ['sentry']],
    ],
  )
  assert.is(config.receivers[0]?.config.http?.metricsPath, '/otlp/metrics')
  const options = new Map(config.exporters.map((one) => [one.id, _.exporterConfig(one)]))
  assert.is(options.get('sentry/traces')?.metrics, false)
  assert.equal(options.get('sentry')?.metricRules, {
    allow: ['http.*', 'jobs.*'],
    deny: ['http.client.*'],
    intervalMillis: 60_000,
    maxSeries: 500,
    maxBuckets: 8,
  })
  assert.equal(
    notes.map(({ severity, path }) => `${severity} ${path}`),
    [
      'note receivers::hostmetrics',
      'note processors::memory_limiter',
      'note processors::cumulativetodelta',
      'note processors::batch',
      'note exporters::prometheusremotewrite',
      'note service::pipelines::metrics/remote',
    ],
  )
})

pasted('of this project has all options', async () => {
  const name = 'gateway.yaml'
  const { config, notes } = await valid([name], at(name))
  assert.equal(notes, [])
  const [exporter] = config.exporters
  const decoded = exporter === undefined ? undefined : _.exporterConfig(exporter)
  assert.equal(decoded?.rules.ignoreErrors, ['AbortError', /^canceled/i])
  assert.equal(
    [decoded?.limits.maxSpans, decoded?.delivery.overflow, decoded?.routes[0]?.match],
    [500, 'dropNewest', [['service.name', 'billing']]],
  )
  assert.is(exporter?.http.insecureSkipVerify, true)
})

pasted.run()
