import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as GatewayConfig from '../../src/config/GatewayConfig.ts'
import { messages, type Surroundings, valid } from './loading.ts'

const DSN = 'https://key@sentry.example.com/42'

const BASE = `
receivers: {otlp: {protocols: {http: }}}
exporters: {sentry: {dsn: ${DSN}, environment: production, scrub_keys: [a, b]}}
service: {pipelines: {traces: {receivers: [otlp], exporters: [sentry]}}}`

interface Summary {
  readonly environment: string | undefined
  readonly scrubKeys: ReadonlyArray<string> | undefined
  readonly maxSpans: number | undefined
}

const summary = async (
  configs: ReadonlyArray<string>,
  surroundings: Surroundings = {},
): Promise<Summary> => {
  const { config } = await valid(configs, surroundings)
  const [exporter] = config.exporters
  const decoded = exporter === undefined ? undefined : GatewayConfig.exporterConfig(exporter)
  return {
    environment: decoded?.environment,
    scrubKeys: decoded?.hooks.privacy.scrubKeys,
    maxSpans: decoded?.limits.maxSpans,
  }
}

const PLAIN: Summary = { environment: 'production', scrubKeys: ['a', 'b'], maxSpans: 1000 }

const sources = suite('sources of a configuration')

sources('are a path, file:, env: and yaml:', async () => {
  const files = { 'a.yaml': BASE, 'C:\\gateway.yaml': BASE }
  assert.equal(await summary(['a.yaml'], { files }), PLAIN)
  assert.equal(await summary(['C:\\gateway.yaml'], { files }), PLAIN)
  assert.equal(await summary(['file:a.yaml'], { files }), PLAIN)
  assert.equal(await summary(['env:CONFIG'], { env: { CONFIG: BASE } }), PLAIN)
  assert.equal(await summary([`yaml:${BASE}`]), PLAIN)
})

sources('are merged: maps by key, lists as a whole, and later ones win', async () => {
  const files = {
    'a.yaml': BASE,
    'b.yaml': 'exporters: {sentry: {scrub_keys: [c], max_spans: 5}}',
    'empty.yaml': '# nothing yet\n',
  }
  assert.equal(await summary(['a.yaml', 'b.yaml', 'empty.yaml'], { files }), {
    environment: 'production',
    scrubKeys: ['c'],
    maxSpans: 5,
  })
})

sources('may set a value to null, which then has its default', async () => {
  const files = { 'a.yaml': BASE, 'b.yaml': 'exporters: {sentry: {environment: , scrub_keys: ~}}' }
  assert.equal(await summary(['a.yaml', 'b.yaml'], { files }), {
    environment: undefined,
    scrubKeys: [],
    maxSpans: 1000,
  })
})

sources('take keys with :: as paths', async () => {
  assert.equal(await summary([`yaml:${BASE}`, 'yaml:exporters::sentry::max_spans: 7']), {
    ...PLAIN,
    maxSpans: 7,
  })
})

sources('are expanded after they were merged', async () => {
  const configs = [
    `yaml:${BASE}`,
    `yaml:exporters::sentry::environment: \${env:UNSET}`,
    'yaml:exporters::sentry::environment: staging',
  ]
  assert.equal(await messages(configs), [])
})

sources('are overridden by --set, whose values are YAML', async () => {
  const sets = [
    'exporters.sentry.environment=staging',
    'exporters.sentry.scrub_keys=[c, d]',
    'exporters.sentry.max_spans = 9',
    'exporters.sentry.max_spans=8',
  ]
  assert.equal(await summary([`yaml:${BASE}`], { sets }), {
    environment: 'staging',
    scrubKeys: ['c', 'd'],
    maxSpans: 8,
  })
})

const PROBLEMS: ReadonlyArray<readonly [ReadonlyArray<string>, Surroundings, string]> = [
  [
    [],
    {},
    'error: no configuration; give --config FILE, --dsn DSN, or the environment variable SENTRY_DSN',
  ],
  [['none.yaml'], {}, 'error: cannot read none.yaml: there is no such file'],
  [['env:NONE'], {}, 'error: cannot read env:NONE: the environment variable is not set'],
  [
    ['https://example.com/config?token=hush'],
    {},
    'error: cannot read https:...: this kind of source is not supported; expected a path, file:PATH, env:NAME or yaml:TEXT',
  ],
  [
    ['yaml:[]'],
    {},
    'yaml:1:1: error: expected a map with the keys receivers, exporters and service, found a list',
  ],
  [
    ['yaml:hello'],
    {},
    'yaml:1:1: error: expected a map with the keys receivers, exporters and service, found a single value',
  ],
  [
    [`yaml:${BASE}`],
    { sets: ['max_spans'] },
    'error: cannot read --set: expected KEY=VALUE, as exporters.sentry.environment=production',
  ],
  [
    [`yaml:${BASE}`],
    { sets: ['exporters.sentry.max_spans=many'] },
    '--set exporters.sentry.max_spans:1:31: error: exporters::sentry::max_spans: expected a whole number from 1, found "many"',
  ],
  [
    [`yaml:${BASE}`],
    { sets: ['exporters.sentry.max_spans=[1'] },
    '--set exporters.sentry.max_spans:1:33: error: not valid YAML: a list [ ] has no end before this place',
  ],
]

sources('have their problems named', async () => {
  for (const [configs, surroundings, problem] of PROBLEMS) {
    assert.equal(await messages(configs, surroundings), [problem])
  }
})

sources('have all syntax errors together', async () => {
  const files = { 'a.yaml': 'a: [', 'b.yaml': 'a: 1\na: 2' }
  assert.equal(
    (await messages(['a.yaml', 'b.yaml', 'c.yaml'], { files })).map((text) => text.slice(0, 18)),
    ['a.yaml:1:5: error:', 'b.yaml:2:1: error:', 'error: cannot read'],
  )
})

sources.run()

const dsn = suite('--dsn and SENTRY_DSN')

const dsnOf = async (
  configs: ReadonlyArray<string>,
  surroundings: Surroundings,
): Promise<string | undefined> => {
  const { config } = await valid(configs, surroundings)
  const [exporter] = config.exporters
  return exporter === undefined ? undefined : GatewayConfig.exporterConfig(exporter)?.dsn.projectId
}

dsn('are enough for a whole configuration on loopback', async () => {
  const { config, notes } = await valid([], { dsn: DSN })
  assert.equal(notes, [])
  const [receiver] = config.receivers
  assert.equal(
    [
      receiver?.config.http?.endpoint,
      receiver?.config.grpc?.endpoint,
      config.healthChecks[0]?.endpoint,
      config.telemetry.metricsEndpoint,
    ],
    [4318, 4317, 13_133, 8888].map((port) => ({ _tag: 'Tcp', host: '127.0.0.1', port })),
  )
  assert.equal(
    config.pipelines.map(({ signal, receivers, exporters }) => [signal, receivers, exporters]),
    [
      ['traces', ['otlp'], ['sentry']],
      ['logs', ['otlp'], ['sentry']],
      ['metrics', ['otlp'], ['sentry']],
    ],
  )
  assert.is(await dsnOf([], { env: { SENTRY_DSN: DSN } }), '42')
  assert.is(await dsnOf([], { dsn: 'https://key@host/1', env: { SENTRY_DSN: DSN } }), '1')
})

dsn('can be combined with --set', async () => {
  const { config } = await valid([], {
    dsn: DSN,
    sets: ['receivers.otlp.protocols.http.endpoint=0.0.0.0:14318'],
  })
  assert.equal(config.receivers[0]?.config.http?.endpoint, {
    _tag: 'Tcp',
    host: '0.0.0.0',
    port: 14_318,
  })
})

const WITHOUT = BASE.replace(`dsn: ${DSN}, `, '')

dsn('are the address of exporters without one', async () => {
  assert.is(await dsnOf([`yaml:${WITHOUT}`], { env: { SENTRY_DSN: DSN } }), '42')
  assert.is(await dsnOf([`yaml:${BASE}`], { env: { SENTRY_DSN: 'https://key@host/1' } }), '42')
})

dsn('have their problems named', async () => {
  assert.equal(await messages([], { dsn: 'hush' }), [
    '--dsn:1:1: error: exporters::sentry::dsn: the DSN has no protocol; expected https://PUBLIC_KEY@HOST[:PORT][/PATH]/PROJECT_ID',
  ])
  assert.equal(await messages([], { env: { SENTRY_DSN: 'https://host/1' } }), [
    'SENTRY_DSN:1:1: error: exporters::sentry::dsn: the DSN has no public key before an @; expected https://PUBLIC_KEY@HOST[:PORT][/PATH]/PROJECT_ID',
  ])
  assert.equal(await messages([`yaml:${BASE}`], { dsn: 'https://key@host/1' }), [
    '--dsn:1:1: warning: no effect: each exporter sentry of the configuration has a dsn',
  ])
})

dsn.run()
