import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as Losses from '@sentry-exporter/core/Losses'
import { Gateway, GatewayConfig } from '@sentry-exporter/gateway'
import * as recordingHttp from '@sentry-exporter/testing/recordingHttp'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parse as parseYaml } from 'yaml'
import * as E from '#fp-ts/Either'
import * as PromQuery from '../../src/gateway/PromQuery.ts'
import { root } from '../../src/lint/Workspace.ts'

const read = (path: string): string => readFileSync(join(root, path), 'utf8')

const query = suite('PromQuery.parse')

// a query, its metrics, the labels that it compares, and those by which it groups
const QUERIES: ReadonlyArray<readonly [string, string, string, string]> = [
  ['up', 'up', '', ''],
  ['sum by (a, b) (rate(x_total{c="d|e", f!~"g"}[5m])) > 0.9 * 256', 'x_total', 'c=d,e f=g', 'a b'],
  [
    'histogram_quantile(0.5, sum by (le) (rate(x_bucket{job=~"$job"}[$__rate_interval])))',
    'x_bucket',
    'job=$job',
    'le',
  ],
  ['a_total / on (i) b_total and c == 1', 'a_total b_total c', '', 'i'],
]

for (const [text, metrics, labels, groups] of QUERIES) {
  query(text, () => {
    const found = PromQuery.parse(text)
    assert.is(found.selectors.map(({ metric }) => metric).join(' '), metrics)
    const matchers = found.selectors.flatMap((one) => one.matchers)
    assert.is(matchers.map(({ label, values }) => `${label}=${values}`).join(' '), labels)
    assert.is(found.groups.join(' '), groups)
  })
}

query.run()

const YAML = `
receivers: { otlp: { protocols: { http: { endpoint: '127.0.0.1:0' } } } }
exporters: { sentry: { dsn: 'http://key@sentry.example.com/1', settle_millis: 0, max_attempts: 2 } }
service:
  telemetry:
    logs: { level: fatal }
    metrics: { readers: [{ pull: { exporter: { prometheus: { host: 127.0.0.1, port: 0 } } } }] }
  pipelines: { traces: { receivers: [otlp], exporters: [sentry] } }
`

const span = (trace: number): object => ({
  traceId: String(trace).padStart(32, 'a'),
  spanId: 'b'.repeat(16),
  name: 'work',
  startTimeUnixNano: `${Date.now()}000000`,
  endTimeUnixNano: `${Date.now()}000000`,
  status: { code: 2 },
  events: [
    {
      name: 'exception',
      attributes: [{ key: 'exception.type', value: { stringValue: `E${trace}` } }],
    },
  ],
})

const portOf = (gateway: Gateway.Gateway, what: string): number => {
  const address = gateway.listening.find((one) => one.what === what)?.address
  return address?._tag === 'Tcp' ? address.port : 0
}

/** The metrics of a gateway that has sent, lost and refused something. */
const metricsOf = async (): Promise<string> => {
  const loaded = await GatewayConfig.load(
    { configs: [`yaml:${YAML}`], sets: [], dsn: undefined },
    GatewayConfig.liveCapabilities,
  )
  if (E.isLeft(loaded)) throw new Error('an invalid configuration')
  // Of two traces, the error and the transaction of the first one are refused.
  const { http } = recordingHttp.make((_request, index) =>
    recordingHttp.answering(index < 2 ? 403 : 200),
  )
  const started = await Gateway.start(loaded.right.config, {
    ...Gateway.liveCapabilities,
    makeHttp: () => http,
  })
  if (E.isLeft(started)) throw new Error('it does not start')
  const gateway = started.right
  const post = (path: string, spans: ReadonlyArray<object>): Promise<Response> =>
    fetch(`http://127.0.0.1:${portOf(gateway, 'otlp http')}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] }),
    })
  const print = async (): Promise<string> =>
    (await fetch(`http://127.0.0.1:${portOf(gateway, 'metrics')}/metrics`)).text()
  await post('/v1/nothing', [])
  await post('/v1/traces', [span(1), {}])
  let text = ''
  for (let n = 0; n < 200 && !/lost_errors_total\{.*send_error"\} 1/.test(text); n++)
    text = await print()
  await post('/v1/traces', [span(2)])
  for (let n = 0; n < 200 && !/sent_errors_total\{[^}]*\} 1/.test(text); n++) text = await print()
  await gateway.stop()
  return text
}

/** The labels of each metric, by its name. */
const labelsIn = (text: string): ReadonlyMap<string, ReadonlySet<string>> => {
  const labels = new Map<string, Set<string>>()
  for (const [, name = '', pairs = ''] of text.matchAll(/^(\w+)(?:\{([^}]*)\})? \S+$/gm)) {
    const known = labels.get(name) ?? new Set()
    for (const [, label = ''] of pairs.matchAll(/(\w+)="/g)) known.add(label)
    labels.set(name, known)
  }
  return labels
}

/** Prometheus adds these to each metric of a target. */
const OF_TARGET: ReadonlySet<string> = new Set(['job', 'instance'])

/** The values of labels that are closed lists. */
const valuesOf: Readonly<Record<string, ReadonlyArray<string>>> = {
  reason: Losses.reasons,
  result: [
    'taken',
    ...[
      ...(read('docs/gateway.md').split('The values of `result`')[1] ?? '').matchAll(
        /^\| `(\w+)` \|/gm,
      ),
    ].map(([, name = '']) => name),
  ],
}

const problemsOf = (
  text: string,
  known: ReadonlyMap<string, ReadonlySet<string>>,
): ReadonlyArray<string> => {
  const { selectors, groups } = PromQuery.parse(text)
  return selectors.flatMap(({ metric, matchers }) => {
    const labels = known.get(metric)
    if (labels === undefined) return [`${text}: no metric ${metric}`]
    const used = [...matchers.map(({ label }) => label), ...groups]
    const odd = matchers.flatMap(({ label, values }) =>
      values.filter((value) => valuesOf[label]?.includes(value) === false),
    )
    return [
      ...used
        .filter((label) => !labels.has(label) && !OF_TARGET.has(label))
        .map((label) => `${text}: ${metric} has no label ${label}`),
      ...odd.map((value) => `${text}: no value ${value}`),
    ]
  })
}

interface Panel {
  readonly type: string
  readonly title: string
  readonly targets?: ReadonlyArray<{ readonly expr: string; readonly legendFormat: string }>
  readonly gridPos: {
    readonly h: number
    readonly w: number
    readonly x: number
    readonly y: number
  }
}

const dashboard: {
  readonly panels: ReadonlyArray<Panel>
  readonly templating: {
    readonly list: ReadonlyArray<{ readonly name: string; readonly definition?: string }>
  }
} = JSON.parse(read('docs/guides/watch/dashboard.json'))

interface Rule {
  readonly alert: string
  readonly expr: string
  readonly annotations: { readonly summary: string }
}

const rules: ReadonlyArray<Rule> = parseYaml(read('docs/guides/watch/alerts.yaml')).groups.flatMap(
  ({ rules: some }: { readonly rules: ReadonlyArray<Rule> }) => some,
)

const watched = suite('docs/guides/watch')

const text = await metricsOf()

const known = labelsIn(text)

watched(
  'the reasons of lost envelopes have samples from the start, so that an alert sees the first loss',
  () => {
    for (const name of ['lost_spans', 'lost_errors']) {
      const samples = [
        ...text.matchAll(new RegExp(`^sentry_exporter_${name}_total\\{(.*)\\} (\\d+)$`, 'gm')),
      ]
      assert.equal(
        samples.map(([, labels = '', value]) => `${/reason="(\w+)"/.exec(labels)?.[1]} ${value}`),
        [
          'network_error 0',
          'queue_overflow 0',
          'rate_limited 0',
          'ratelimit_backoff 0',
          'send_error 1',
          'shutdown 0',
        ],
      )
    }
  },
)

watched('each query of the dashboard names metrics, labels and values that the gateway has', () => {
  const targets = dashboard.panels.flatMap(({ targets: some = [] }) => some)
  assert.ok(targets.length > 20)
  assert.equal(
    targets.flatMap(({ expr }) => problemsOf(expr, known)),
    [],
  )
  for (const { expr, legendFormat } of targets) {
    const shown = [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = '']) => label)
    assert.equal(
      shown.filter((label) => !PromQuery.parse(expr).groups.includes(label)),
      [],
    )
  }
})

watched('the variables of the dashboard are those of its queries, and exist', () => {
  const names = dashboard.templating.list.map(({ name }) => name)
  const used = new Set(
    [...JSON.stringify(dashboard.panels).matchAll(/\$\{?(\w+)/g)].map(([, name = '']) => name),
  )
  used.delete('__rate_interval')
  assert.equal([...used].sort(), [...names].sort())
  for (const { definition } of dashboard.templating.list) {
    const [, metric] = /label_values\((\w+)/.exec(definition ?? '') ?? []
    if (definition !== undefined) assert.ok(known.has(metric ?? ''), definition)
  }
})

watched('no panel of the dashboard covers another one', () => {
  const { panels } = dashboard
  const overlaps = panels.flatMap((a, index) =>
    panels
      .slice(index + 1)
      .filter(({ gridPos: b }) => {
        const { x, y, w, h } = a.gridPos
        return x < b.x + b.w && b.x < x + w && y < b.y + b.h && b.y < y + h
      })
      .map((b) => `${a.title}, ${b.title}`),
  )
  assert.equal(overlaps, [])
})

watched('each alert names metrics, labels and values that the gateway has', () => {
  assert.ok(rules.length > 5)
  assert.equal(
    rules.flatMap(({ expr }) => problemsOf(expr, known)),
    [],
  )
  for (const { expr, annotations } of rules) {
    const shown = [...annotations.summary.matchAll(/\$labels\.(\w+)/g)].map(([, name = '']) => name)
    assert.equal(
      shown.filter((label) => !PromQuery.parse(expr).groups.includes(label)),
      [],
    )
  }
})

watched('every metric of the gateway is on the dashboard, or has a reason not to be', () => {
  const others = [
    // Only a gateway with projects of an organization has samples of them.
    'sentry_exporter_project_calls_total',
    'sentry_exporter_projects',
    // For tables: which configuration is in use, and since when.
    'sentry_exporter_config_info',
    'sentry_exporter_config_last_reload_success_timestamp_seconds',
    // A constant, a count of connections that is always zero in most gateways, and sums that others show.
    'sentry_exporter_durability',
    'sentry_exporter_receiver_refused_connections_total',
    'sentry_exporter_receiver_bytes_total',
    'sentry_exporter_receiver_items_total',
  ]
  const shown = JSON.stringify(dashboard.panels)
  const missing = [...text.matchAll(/^# TYPE (sentry_exporter_\w+) /gm)]
    .map(([, name = '']) => name)
    .filter((name) => !shown.includes(name) && !others.includes(name))
  assert.equal(missing, [])
})

watched('the page has a row for each alert', () => {
  const page = read('docs/guides/watching.md')
  assert.equal(
    rules.map(({ alert }) => alert).filter((name) => !page.includes(`| \`${name}\` |`)),
    [],
  )
})

watched.run()
