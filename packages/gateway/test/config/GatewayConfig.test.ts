import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/config/GatewayConfig.ts'
import { messages, valid } from './loading.ts'

const DSN = 'https://key@sentry.example.com/42'

const RECEIVER = 'receivers: {otlp: {protocols: {http: }}}'

const withPipelines = (pipelines: string, rest = ''): string => `yaml:
${RECEIVER}
exporters: {sentry: {dsn: ${DSN}}, otlp/tempo: {endpoint: tempo}, debug: }
${rest}
service:
  pipelines:
${pipelines}`

const TRACES = '    traces: {receivers: [otlp], exporters: [sentry]}'

const loading = suite('GatewayConfig.load')

loading('gives a component and a protocol that are null their defaults', async () => {
  const { config } = await valid(
    [
      `yaml:
receivers: {otlp: {protocols: {grpc: , http: }}}
exporters: {sentry: }
extensions: {health_check: }
service: {extensions: [health_check], pipelines: {logs: {receivers: [otlp], exporters: [sentry]}}}`,
    ],
    { env: { SENTRY_DSN: DSN } },
  )
  assert.equal(config.receivers[0]?.config.grpc, {
    endpoint: { _tag: 'Tcp', host: '127.0.0.1', port: 4317 },
    maxReceiveMessageBytes: 20 * 1024 * 1024,
    maxConcurrentStreams: undefined,
    keepalive: {
      maxConnectionIdleMillis: undefined,
      maxConnectionAgeMillis: undefined,
      maxConnectionAgeGraceMillis: undefined,
      timeMillis: undefined,
      timeoutMillis: undefined,
      enforcementMinMillis: undefined,
      permitWithoutStream: false,
    },
    tls: undefined,
    auth: undefined,
  })
  assert.is(config.receivers[0]?.config.http?.tracesPath, '/v1/traces')
  assert.equal(config.healthChecks, [
    {
      id: 'health_check',
      endpoint: { _tag: 'Tcp', host: '127.0.0.1', port: 13_133 },
      path: '/',
      tls: undefined,
      healthyBody: undefined,
      unhealthyBody: undefined,
    },
  ])
})

loading('has notes for everything without effect', async () => {
  const text = withPipelines(
    `${TRACES}
    metrics: {receivers: [otlp], exporters: [otlp/tempo]}`,
    'processors: {batch: }\nconnectors: {forward: }\nextensions: {zpages: }',
  )
  assert.equal(await messages([text]), [
    'yaml:3:94: note: exporters::debug: no effect: no pipeline uses this exporter',
    'yaml:4:14: note: processors::batch: no effect: no pipeline uses this processor',
    'yaml:5:14: note: connectors::forward: no effect: no pipeline uses this connector',
    'yaml:6:14: note: extensions::zpages: no effect: service::extensions does not name it',
    'yaml:10:14: note: service::pipelines::metrics: no effect: this pipeline does not send to Sentry',
  ])
})

loading('leaves out what the configuration ignores on purpose, but no processor', async () => {
  const text = withPipelines(
    `    traces: {receivers: [otlp], processors: [filter], exporters: [sentry, otlp/tempo]}
  ignore_components: [otlp/tempo, filter]`,
    'processors: {filter: {}}',
  )
  assert.equal(await messages([text]), [
    'yaml:7:46: error: service::pipelines::traces::processors[0]: the processor "filter" is not supported; ignore_errors, standalone_spans and deny_metrics of the exporter drop errors, spans and metrics; otherwise keep the Collector in front of this program for it',
    'yaml:8:35: error: service::ignore_components[1]: leaving out a processor is not supported; it changes or drops data, which would be sent without it; remove it from the pipelines',
  ])
  const { config, notes } = await valid([
    text.replace(', filter]', ']').replace('processors: [filter], ', ''),
  ])
  assert.equal(config.pipelines[0]?.exporters, ['sentry'])
  assert.ok(notes.some(({ path }) => path === 'exporters::otlp/tempo'))
})

loading('needs a receiver that receives', async () => {
  const text = withPipelines('    traces: {receivers: [nop], exporters: [sentry]}')
  assert.equal(await messages([text.replace(RECEIVER, 'receivers: {nop: }')]), [
    'yaml:7:13: error: service::pipelines::traces: missing; expected a receiver otlp',
  ])
})

const guarded = (extension: string, services: string): string => `yaml:
receivers: {otlp: {protocols: {http: {auth: {authenticator: ${extension}}}}}}
exporters: {sentry: {dsn: ${DSN}}}
extensions: {basicauth: {htpasswd: {file: users}}, health_check: }
service: {extensions: [${services}], pipelines: {traces: {receivers: [otlp], exporters: [sentry]}}}`

loading('joins a receiver with its authenticator', async () => {
  const text = guarded('basicauth', 'basicauth')
  const files = { users: 'mira:hush\n# nobody\njo:a:b\n' }
  const { config } = await valid([text], { files })
  assert.equal(config.receivers[0]?.config.http?.auth, {
    _tag: 'Basic',
    credentials: ['mira:hush', 'jo:a:b'],
  })
})

loading('names a mistake of an authenticator, and shows no password', async () => {
  const at = 'receivers::otlp::protocols::http::auth::authenticator'
  assert.equal(await messages([guarded('basicauth', '')]), [
    `yaml:2:61: error: ${at}: the extension "basicauth" is not in service::extensions`,
  ])
  assert.equal((await messages([guarded('health_check', 'health_check')])).slice(0, 1), [
    `yaml:2:61: error: ${at}: expected an extension bearertokenauth or basicauth, found "health_check"`,
  ])
  assert.equal(await messages([guarded('basicauth', 'basicauth')]), [
    'yaml:4:43: error: extensions::basicauth::htpasswd::file: cannot read users: there is no such file',
  ])
  const files = { users: 'mira:$2y$10$abcdefghijklmnopqrstuv' }
  assert.equal(await messages([guarded('basicauth', 'basicauth')], { files }), [
    `yaml:4:43: error: extensions::basicauth::htpasswd::file: a hashed password is not supported; write the password itself, as USER:\${env:PASSWORD}`,
  ])
})

loading('reads the certificates for the connection to Sentry', async () => {
  const text = withPipelines(TRACES).replace('42}', '42, http: {tls: {ca_file: ca.pem}}}')
  assert.equal(await messages([text], { files: { 'ca.pem': 'x' } }), [
    'yaml:3:84: error: exporters::sentry::http::tls::ca_file: expected certificates in PEM, found a text of another form',
  ])
})

loading('gives a changed plan of retries only for the keys that are given', async () => {
  const delivery = async (block: string): Promise<unknown> => {
    const { config } = await valid([withPipelines(TRACES).replace('42}', `42, ${block}}`)])
    const [exporter] = config.exporters
    return exporter?.options.delivery
  }
  const plain = {
    maxAttempts: 1_000,
    maxElapsedMillis: 3_600_000,
    firstWaitMillis: 1_000,
    longestWaitMillis: 30_000,
    mayDuplicate: false,
  }
  const rest = {
    timeoutMillis: 30_000,
    concurrency: 8,
    maxItems: 100_000,
    maxBytes: 64 * 1024 * 1024,
    overflow: 'block',
    sendClientReports: true,
  }
  const cases: ReadonlyArray<readonly [string, object]> = [
    ['retry_on_failure: ', { ...rest, retry: plain }],
    ['retry_on_failure: {enabled: false}', { ...rest, retry: { ...plain, maxAttempts: 1 } }],
    [
      'retry_on_failure: {max_elapsed_time: 0}',
      {
        ...rest,
        retry: { ...plain, maxAttempts: Number.MAX_SAFE_INTEGER, maxElapsedMillis: 2 ** 31 - 1 },
      },
    ],
    ['sending_queue: {sizer: bytes, queue_size: 1000}', { ...rest, retry: plain, maxBytes: 1_000 }],
    ['timeout: 2s, http: {timeout: 1500ms}', { ...rest, retry: plain, timeoutMillis: 1_500 }],
    ['timeout: 0s', { ...rest, retry: plain, timeoutMillis: 2 ** 31 - 1 }],
  ]
  for (const [block, expected] of cases) assert.equal(await delivery(block), expected, block)
})

loading('has an organization with or without a default project', async () => {
  const organization = 'url: https://sentry.io, org_slug: acme, auth_token: hush'
  const addressOf = async (fields: string) => {
    const { config } = await valid([withPipelines(TRACES).replace(`dsn: ${DSN}`, fields)], {
      dsn: 'https://environment@host/9',
    })
    assert.not.match(JSON.stringify(config), /hush/)
    const [exporter] = config.exporters
    assert.is(exporter && _.exporterConfig(exporter)?.dsn, undefined)
    return exporter?.address
  }
  const without = await addressOf(organization)
  assert.is(without?._tag === 'Organization' && without.organization.orgSlug, 'acme')
  assert.is(without?.dsn, undefined)
  assert.is((await addressOf(`dsn: ${DSN}, ${organization}`))?.dsn?.projectId, '42')
})

loading('gives the configuration for an exporter', async () => {
  const { config } = await valid([withPipelines(TRACES)])
  const [exporter] = config.exporters
  assert.ok(exporter)
  assert.is(_.exporterConfig(exporter)?.dsn.projectId, '42')
  assert.equal(exporter.http, { timeoutMillis: 30_000, insecureSkipVerify: false })
})

loading('shows no secret of a DSN in its JSON', async () => {
  const { config } = await valid([withPipelines(TRACES).replace('key@', 'key:hush@')])
  assert.not.match(JSON.stringify(config), /hush/)
})

loading('has an answer for any text', async () => {
  const text = withPipelines(TRACES)
  const parts = [
    '\t',
    `\${`,
    '}',
    '&a ',
    '*a',
    '<<: ',
    '[',
    '{',
    ': ',
    '\n',
    '- ',
    '::',
    '"',
    '|',
    '\ud800',
    '__proto__: ',
    '$$',
  ]
  const edit = fc.tuple(
    fc.nat({ max: text.length }),
    fc.nat({ max: 20 }),
    fc.constantFrom('', ...parts),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 3 }), async (edits) => {
      const edited = edits.reduce(
        (result, [at, length, part]) => result.slice(0, at) + part + result.slice(at + length),
        text.slice('yaml:'.length),
      )
      for (const message of await messages([`yaml:${edited}`])) {
        assert.not.match(message, /undefined|\[object|\n/)
      }
    }),
    { numRuns: 200 },
  )
})

loading.run()
