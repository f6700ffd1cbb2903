import { readFileSync } from 'node:fs'
import { selfSigned } from '@sentry-exporter/workspace/selfSigned'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import type { GatewayConfig } from '../../src/config/GatewayModel.ts'
import * as _ from '../../src/reload/ConfigChange.ts'
import * as ConfigKeys from '../../src/reload/ConfigKeys.ts'
import { configHash } from '../../src/reload/configHash.ts'
import type { KeyEffect } from '../../src/reload/KeyRule.ts'
import { valid } from '../config/loading.ts'

const TLS_MAP =
  "{cert_file: c, key_file: k, client_ca_file: a, min_version: '1.2', max_version: '1.3'}"

const BASE = `yaml:
receivers:
  otlp:
    protocols:
      http:
        tls: ${TLS_MAP}
        auth: {authenticator: bearertokenauth}
      grpc:
        tls: ${TLS_MAP}
        auth: {authenticator: bearertokenauth}
  otlp/2: {protocols: {http: {endpoint: '127.0.0.1:0'}}}
processors:
  attributes: {actions: [{pattern: '^secret', action: delete}]}
exporters:
  sentry:
    dsn: https://key:hush-dsn@one.example.com/1
    ignore_errors: [/^canceled/i]
    late_settle_millis: 5000
    routes: [{match: {service.name: billing}, dsn: 'https://key:hush-route@one.example.com/2'}]
    http: {proxy_url: 'http://user:hush-proxy@proxy.example.com:3128'}
  sentry/2: {dsn: 'https://key@two.example.com/1'}
extensions:
  health_check: {tls: ${TLS_MAP}}
  bearertokenauth: {filename: tokens}
service:
  extensions: [health_check, bearertokenauth]
  pipelines:
    traces: {receivers: [otlp], processors: [attributes], exporters: [sentry]}
    traces/2: {receivers: [otlp, otlp/2], exporters: [sentry, sentry/2]}
`

const FILES = { tokens: 'hush-token', ca: selfSigned().cert, other: 'another' }

const load = async (
  sets: ReadonlyArray<string> = [],
  files: Readonly<Record<string, string>> = FILES,
  text: string = BASE,
): Promise<GatewayConfig> => (await valid([text], { sets, files })).config

const HTTP = 'receivers::otlp::protocols::http'
const GRPC = 'receivers::otlp::protocols::grpc'
const SENTRY = 'exporters::sentry'
const HEALTH = 'extensions::health_check'
const SERVICE = 'service'

const TLS: ReadonlyArray<readonly [key: string, value: string]> = [
  ['tls::cert_file', 'other'],
  ['tls::key_file', 'other'],
  ['tls::client_ca_file', 'other'],
  ['tls::min_version', "'1.3'"],
  ['tls::max_version', "'1.2'"],
]

const OPTIONS: ReadonlyArray<readonly [key: string, value: string]> = [
  ['dsn', 'https://key:hush-dsn@one.example.com/9'],
  ['environment', 'blue'],
  ['default_environment', 'blue'],
  ['mapping', 'collector'],
  ['release', 'next'],
  ['status4xx', 'ok'],
  ['upstream_sample_rate', '0.5'],
  ['insecure_skip_verify', 'true'],
  ['old_traces', 'drop'],
  ['transactions', 'false'],
  ['logs', 'false'],
  ['metrics', 'false'],
  ['allow_metrics', '[jobs.*]'],
  ['deny_metrics', '[jobs.*]'],
  ['may_duplicate_items', 'true'],
  ['routes', '[]'],
  ['unmatched', 'drop'],
  ['errors', 'all'],
  ['ignore_errors', '[/^canceled/]'],
  ['errors_from_status', 'true'],
  ['sample_rate', '0.5'],
  ['standalone_spans', 'drop'],
  ['send_default_pii', 'true'],
  ['scrub', 'false'],
  ['scrub_keys', '[tenant]'],
  ['overflow', 'dropOldest'],
  ['send_client_reports', 'false'],
  ['retry_on_failure::initial_interval', '7s'],
  ['retry_on_failure::max_interval', '7s'],
  ['http::compression', 'none'],
  ['http::tls::ca_file', 'ca'],
  ['http::proxy_url', 'http://user:hush-other@proxy.example.com:3128'],
]

const NUMBERS: ReadonlyArray<string> = [
  ...['settle_millis', 'max_wait_millis', 'late_settle_millis', 'orphan_wait_millis'],
  ...['max_orphan_wait_millis', 'error_wait_millis', 'max_errors_per_minute'],
  ...['late_window_millis', 'max_traces', 'max_pending_bytes', 'max_spans_per_trace'],
  ...['max_remembered_spans', 'max_spans', 'max_span_bytes', 'max_head_bytes'],
  ...['max_context_bytes', 'timeout_millis', 'concurrency', 'max_queue_items'],
  ...['max_queue_bytes', 'max_attempts', 'retry_for_millis', 'http::max_conns_per_host'],
  ...['metric_interval_millis', 'max_metric_series', 'max_histogram_buckets'],
]

const within = (
  path: string,
  keys: ReadonlyArray<readonly [key: string, value: string]>,
): ReadonlyArray<readonly [path: string, value: string]> =>
  keys.map(([key, value]) => [`${path}::${key}`, value])

/** Another value for each key of the configuration that has one. */
const VALUES: ReadonlyArray<readonly [path: string, value: string]> = [
  ...within(HTTP, [
    ...TLS,
    ['endpoint', '127.0.0.1:9999'],
    ['traces_url_path', '/t'],
    ['logs_url_path', '/l'],
    ['metrics_url_path', '/m'],
    ['max_request_body_size', '1'],
    ['compression_algorithms', '[gzip]'],
    ['read_timeout', '7s'],
    ['read_header_timeout', '7s'],
    ['idle_timeout', '7s'],
    ['max_connections', '7'],
    ['keep_alives_enabled', 'false'],
    ['response_headers', '{X-Gateway: hush-header}'],
    ['cors', '{allowed_origins: ["*"]}'],
    ['auth', ''],
  ]),
  ...within(GRPC, [
    ...TLS,
    ['endpoint', '127.0.0.1:9999'],
    ['max_recv_msg_size_mib', '7'],
    ['max_concurrent_streams', '7'],
    ['keepalive', '{server_parameters: {time: 7s}}'],
    ['auth', ''],
  ]),
  ...within(SENTRY, [...OPTIONS, ...NUMBERS.map((key) => [key, '12345'] as const)]),
  ...within(HEALTH, [
    ...TLS,
    ['endpoint', '127.0.0.1:9999'],
    ['path', '/alive'],
    ['response_body::healthy', 'yes'],
    ['response_body::unhealthy', 'no'],
  ]),
  ...within(SERVICE, [
    ['pipelines::traces::receivers', '[otlp, otlp/2]'],
    ['pipelines::traces::processors', '[]'],
    ['pipelines::traces::exporters', '[sentry, sentry/2]'],
    ['telemetry::logs::level', 'warn'],
    ['telemetry::logs::encoding', 'json'],
    ['telemetry::metrics', '{level: none}'],
    ['shutdown_timeout', '7s'],
  ]),
]

/** Components and records that are left out: the part of the text, and what takes its place. */
const WITHOUT: ReadonlyArray<readonly [path: string, from: RegExp, to: string]> = [
  ['receivers::otlp/2', /\[otlp, otlp\/2\]/, '[otlp]'],
  [`${GRPC}`, / {6}grpc:\n(?: {8}.*\n)+/, ''],
  [`${HTTP}::tls`, / {8}tls: .*\n/, ''],
  [`${HEALTH}::tls`, /health_check: .*/, 'health_check:'],
  [HEALTH, /health_check, /, ''],
]

const SECRETS = /::(auth|cert_file|key_file|client_ca_file|response_headers|proxy_url)$/

const changesOf = (before: GatewayConfig, after: GatewayConfig): ReadonlyArray<_.ConfigChange> => {
  const between = _.between(before, after)
  return E.isLeft(between) ? between.left.changes : between.right.changes
}

const keyOf = (path: string): string =>
  path
    .replace(/^(receivers|exporters)::[^:]+/, '$1::ID')
    .replace(/^service::pipelines::[^:]+/, 'service::pipelines::ID')

const setting = (path: string, value: string): string => `${path.replaceAll('::', '.')}=${value}`

const between = suite('ConfigChange.between')

between('finds no difference between a configuration and itself, loaded twice', async () => {
  assert.equal(
    _.between(await load(), await load()),
    E.right({ changes: [], added: [], removed: [], changed: [] }),
  )
  const every = readFileSync(new URL('../../fixtures/gateway.yaml', import.meta.url), 'utf8')
  const [first, second] = [await valid([`yaml:${every}`]), await valid([`yaml:${every}`])]
  assert.equal(changesOf(first.config, second.config), [])
  assert.is(configHash(first.config), configHash(second.config))
})

between(
  'names the key that changed, with its effect, and no other; the hash is another one',
  async () => {
    const before = await load()
    const effects = new Map<string, KeyEffect>(
      ConfigKeys.rules.map(([path, { effect }]) => [path, effect]),
    )
    const hash = configHash(before)
    assert.match(hash, /^[0-9a-f]{16}$/)
    for (const [path, value] of VALUES) {
      const after = await load([setting(path, value)])
      const changes = changesOf(before, after)
      assert.equal(
        changes.map((one) => [one.path, one.effect]),
        [[path, effects.get(keyOf(path))]],
        path,
      )
      assert.equal(
        changesOf(after, before).map((one) => one.path),
        [path],
      )
      assert.is(E.isLeft(_.between(before, after)), changes[0]?.effect === 'restart')
      assert.is(configHash(after) === hash, SECRETS.test(path), path)
    }
  },
)

between('refuses servers, protocols and TLS that were added or removed', async () => {
  const before = await load()
  for (const [path, from, to] of WITHOUT) {
    const after = await load([], FILES, BASE.replace(from, to))
    const removed = _.between(before, after)
    assert.ok(E.isLeft(removed), path)
    if (E.isLeft(removed)) assert.is(_.show(removed.left.changes), `${path} was removed`)
    const added = _.between(after, before)
    assert.ok(E.isLeft(added), path)
    if (E.isLeft(added)) assert.is(_.show(added.left.changes), `${path} was added`)
  }
})

between('refuses to begin or to stop asking clients for certificates', async () => {
  const after = await load([setting(`${HTTP}::tls::client_ca_file`, '')])
  const changed = _.between(await load(), after)
  assert.ok(E.isLeft(changed))
  if (E.isLeft(changed)) assert.match(_.show(changed.left.changes), 'client_ca_file was removed')
})

between('has a test for every key', () => {
  const tested = new Set([...VALUES, ...WITHOUT].map(([path]) => keyOf(path)))
  const others = ['exporters::ID', 'service::pipelines::ID', keyOf(HTTP), keyOf(`${GRPC}::tls`)]
  for (const [path] of ConfigKeys.rules) assert.ok(tested.has(path) || others.includes(path), path)
})

between('names exporters that were added, removed and changed', async () => {
  const sets = [
    'exporters.sentry/3.dsn=https://key@three.example.com/1',
    'exporters.sentry.environment=blue',
    'service.pipelines.traces/2.exporters=[sentry, sentry/3]',
  ]
  const changes = _.between(await load(), await load(sets))
  assert.ok(E.isRight(changes), JSON.stringify(changes))
  if (E.isLeft(changes)) return
  const { added, removed, changed } = changes.right
  assert.equal([added, removed, changed], [['sentry/3'], ['sentry/2'], ['sentry']])
})

between('sees secrets that changed, and shows none', async () => {
  const before = await load()
  for (const [path, after] of [
    [`${HTTP}::auth`, await load([], { ...FILES, tokens: 'hush-rotated' })],
    [`${SENTRY}::dsn`, await load(['exporters.sentry.dsn=https://key:hush-new@one.example.com/1'])],
    [
      `${SENTRY}::http::proxy_url`,
      await load(['exporters.sentry.http.proxy_url=http://user:hush-new@proxy.example.com:3128']),
    ],
  ] as const) {
    const changes = changesOf(before, after)
    assert.ok(
      changes.some((one) => one.path === path),
      path,
    )
    assert.not.match(JSON.stringify(changes), 'hush')
    // A hash of a password could be found by trying.
    assert.is(configHash(after), configHash(before))
  }
})

between('shows the first keys and the number of the others', () => {
  const changes = Array.from({ length: 12 }, (_unused, n) => ({
    path: `k${n}`,
    kind: 'changed' as const,
    effect: 'applies' as const,
  }))
  assert.match(_.show(changes), 'k9 was changed, 2 more')
})

between.run()
