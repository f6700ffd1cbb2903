import * as Hooks from '@sentry-exporter/core/Hooks'
import { MetricRules } from '@sentry-exporter/core/pipeline'
import type { Span } from '@sentry-exporter/core/Span'
import { span } from '@sentry-exporter/testing/spans'
import * as Delivery from '@sentry-exporter/transport/Delivery'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as O from '#fp-ts/Option'
import * as _ from '../src/Config.ts'
import * as ConfigError from '../src/ConfigError.ts'
import * as MetricsOptions from '../src/MetricsOptions.ts'

const DSN = 'https://key@sentry.example.com/1'

const decoded = (input: unknown): _.Config => {
  const config = _.decode(input)
  if (E.isLeft(config)) throw new Error(ConfigError.show(config.left))
  return config.right
}

const decode = suite('Config.decode')

decode('takes the options in both spellings', () => {
  const javascript = decoded({
    dsn: DSN,
    environment: 'prod',
    defaultEnvironment: 'dev',
    insecureSkipVerify: true,
  })
  const collector = decoded({
    dsn: DSN,
    environment: 'prod',
    default_environment: 'dev',
    insecure_skip_verify: true,
  })
  assert.is(JSON.stringify(collector), JSON.stringify(javascript))
  assert.is(javascript.environment, 'prod')
  assert.is(javascript.insecureSkipVerify, true)
})

decode('takes an empty option as one that was not given, as the Collector does', () => {
  const { environment, insecureSkipVerify } = decoded({ dsn: DSN, environment: '' })
  assert.is(environment, undefined)
  assert.is(insecureSkipVerify, false)
})

decode('reads the options of delivery in both spellings, and defaults for the rest', () => {
  const { delivery } = decoded({
    dsn: DSN,
    timeoutMillis: 5,
    maxAttempts: 1,
    retryForMillis: 0,
    mayDuplicateItems: true,
    concurrency: 2,
    maxQueueItems: 3,
    maxQueueBytes: 4,
    overflow: 'block',
    sendClientReports: false,
  })
  assert.equal(
    decoded({
      dsn: DSN,
      timeout_millis: 5,
      max_attempts: 1,
      retry_for_millis: 0,
      may_duplicate_items: true,
      concurrency: 2,
      max_queue_items: 3,
      max_queue_bytes: 4,
      overflow: 'block',
      send_client_reports: false,
    }).delivery,
    delivery,
  )
  const { retry, overflow } = delivery
  assert.equal([retry.maxAttempts, retry.mayDuplicate, overflow], [1, true, 'block'])
  assert.equal(decoded({ dsn: DSN }).delivery, Delivery.defaults)
})

/** Numbers of the rules, and the metrics of a list that they send. */
const shownRules = ({ isSent, ...numbers }: MetricRules.MetricRules): unknown => [
  numbers,
  ['jobs', 'jobs.late', 'http.server.duration', 'http.client.duration'].filter(isSent),
]

const rulesOf = (input: object): unknown =>
  shownRules(MetricsOptions.rulesOf(decoded(input).metricRules))

decode('reads the options of metrics in both spellings, and defaults for the rest', () => {
  const rules = [
    { intervalMillis: 60_000, maxSeries: 5, maxBuckets: 1 },
    ['jobs', 'http.server.duration'],
  ]
  const own = rulesOf({
    dsn: DSN,
    allowMetrics: ['http.*', 'jobs'],
    denyMetrics: ['http.client.*'],
    metricIntervalMillis: 60_000,
    maxMetricSeries: 5,
    maxHistogramBuckets: 1,
  })
  assert.equal(own, rules)
  const collector = rulesOf({
    dsn: DSN,
    allow_metrics: ['http.*', 'jobs'],
    deny_metrics: ['http.client.*'],
    metric_interval_millis: 60_000,
    max_metric_series: 5,
    max_histogram_buckets: 1,
  })
  assert.equal(collector, rules)
  assert.equal(rulesOf({ dsn: DSN }), shownRules(MetricRules.defaults))
  assert.equal(
    [decoded({ dsn: DSN }).metrics, decoded({ dsn: DSN, metrics: false }).metrics],
    [true, false],
  )
})

decode('takes routes', () => {
  const { routes } = decoded({
    dsn: DSN,
    routes: [{ match: { 'service.name': 'a', shard: 2 }, dsn: 'https://b@host/2' }],
  })
  assert.equal(routes[0]?.match, [
    ['service.name', 'a'],
    ['shard', 2],
  ])
  const to = routes[0]?.to
  assert.is(to?._tag === 'Dsn' && to.dsn.projectId, '2')
})

decode('takes what is asked of the mapping, and has its defaults', () => {
  const plain = decoded({ dsn: DSN })
  assert.is(plain.mapping, 'sentry')
  assert.is(plain.release, undefined)
  assert.is(plain.status4xx, 'error')
  assert.equal(plain.hooks, Hooks.defaults)
  const asked = decoded({
    dsn: DSN,
    mapping: 'collector',
    release: '{service.name}@{service.version}',
    status4xx: 'ok',
    send_default_pii: true,
    scrub: false,
    scrub_keys: ['Tenant'],
    sample_rate: 0,
    upstream_sample_rate: 0.5,
    standalone_spans: 'drop',
  })
  assert.is(asked.mapping, 'collector')
  assert.is(asked.release, '{service.name}@{service.version}')
  assert.is(asked.status4xx, 'ok')
  assert.is(asked.upstreamSampleRate, 0.5)
  assert.is(asked.hooks.sampleRate, 0)
  assert.equal(asked.hooks.privacy, { sendDefaultPii: true, scrub: false, scrubKeys: ['tenant'] })
  assert.equal(asked.hooks.span?.(span({ kind: 'CLIENT' })), O.none)
})

decode('takes hooks that give nothing back as hooks that drop', () => {
  const { hooks } = decoded({
    dsn: DSN,
    beforeSendSpan: (one: Span) => (one.name === 'noise' ? undefined : { ...one, name: 'x' }),
    beforeSendTransaction: () => null,
    beforeSendError: () => undefined,
    beforeSendMetric: () => null,
  })
  assert.equal(hooks.span?.(span({ name: 'noise' })), O.none)
  assert.equal(hooks.span?.(span({ name: 'work' })), O.some(span({ name: 'x' })))
})

const BAD: ReadonlyArray<readonly [unknown, string]> = [
  [null, 'the configuration is not an object'],
  [[], 'the configuration is not an object'],
  ['x', 'the configuration is not an object'],
  [{}, 'dsn: missing'],
  [{ dsn: '' }, 'dsn: missing'],
  [{ dsn: 7 }, 'dsn: expected a string, got 7'],
  [
    { dsn: 'https://key@host/x' },
    "dsn: the DSN's project id is not a number; expected https://PUBLIC_KEY@HOST[:PORT][/PATH]/PROJECT_ID",
  ],
  [{ dsn: DSN, enviroment: 'prod' }, 'enviroment: unknown, did you mean environment?'],
  [
    { dsn: DSN, insecure_skip_verfy: true },
    'insecure_skip_verfy: unknown, did you mean insecureSkipVerify?',
  ],
  [{ DSN }, 'DSN: unknown, did you mean dsn?; dsn: missing'],
  [{ dsn: DSN, colour: 'red' }, 'colour: unknown'],
  [
    { dsn: DSN, insecureSkipVerify: true, insecure_skip_verify: true },
    'insecureSkipVerify: given twice, also as insecure_skip_verify',
  ],
  [{ dsn: DSN, insecureSkipVerify: 'yes' }, 'insecureSkipVerify: expected true or false'],
  [{ dsn: DSN, maxAttempts: 0 }, 'maxAttempts: expected a whole number from 1, got 0'],
  [{ dsn: DSN, overflow: 'drop' }, 'overflow: expected "block", "dropNewest", "dropOldest"'],
  [{ dsn: DSN, routes: {} }, 'routes: expected a list, got an object'],
  [
    { dsn: DSN, routes: [{ match: {}, dsn: DSN }] },
    'routes[0].match: expected at least one attribute of a resource with a string, number or boolean, got an object',
  ],
  [{ dsn: DSN, routes: [{ match: { a: 1 }, dsn: DSN, to: 1 }] }, 'routes[0].to: unknown'],
  [
    { dsn: DSN, routes: [{ match: { a: 1 }, dsn: 'x' }] },
    'routes[0].dsn: the DSN has no protocol; expected https://PUBLIC_KEY@HOST[:PORT][/PATH]/PROJECT_ID',
  ],
  [
    { dsn: DSN, environment: 'None' },
    'environment: expected at most 64 characters without spaces and slashes, and not "none"',
  ],
  [{ dsn: DSN, mapping: 'other' }, 'mapping: expected "sentry" or "collector"'],
  [{ dsn: DSN, release: '{a' }, 'release: expected a text like "{service.name}@{service.version}"'],
  [{ dsn: DSN, sampleRate: 2 }, 'sampleRate: expected a number from 0 to 1, got 2'],
  [
    { dsn: DSN, upstreamSampleRate: 0 },
    'upstreamSampleRate: expected a number from above 0 to 1, got 0',
  ],
  [{ dsn: DSN, scrubKeys: 'x' }, 'scrubKeys: expected a list of strings'],
  [{ dsn: DSN, allowMetrics: 'a' }, 'allowMetrics: expected a list of names of metrics'],
  [
    { dsn: DSN, deny_metrics: ['a', ' '] },
    'denyMetrics: expected a list of names of metrics, got a list',
  ],
  [
    { dsn: DSN, metricIntervalMillis: -1 },
    'metricIntervalMillis: expected a whole number from 0 to 2147483647, got -1',
  ],
  [{ dsn: DSN, maxMetricSeries: 0 }, 'maxMetricSeries: expected a whole number from 1, got 0'],
  [
    { dsn: DSN, maxHistogramBuckets: 0 },
    'maxHistogramBuckets: expected a whole number from 1, got 0',
  ],
  [{ dsn: DSN, metrics: 1 }, 'metrics: expected true or false, got 1'],
  [{ dsn: DSN, beforeSendMetric: 1 }, 'beforeSendMetric: expected a function, got 1'],
  [{ dsn: DSN, beforeSendSpan: true }, 'beforeSendSpan: expected a function, got true'],
  [
    { dsn: DSN, environment: 'a/b' },
    'environment: expected at most 64 characters without spaces and slashes, and not "none"',
  ],
]

for (const [input, message] of BAD) {
  decode(`refuses ${JSON.stringify(input)}`, () => {
    const config = _.decode(input)
    assert.is(E.isLeft(config) && ConfigError.show(config.left), message)
  })
}

const thrower = (): never => {
  throw new Error('hush')
}

const throwing = new Proxy({}, { get: thrower, ownKeys: thrower, has: thrower })

const UNREADABLE: ReadonlyArray<readonly [input: object, key: RegExp]> = [
  [Object.defineProperty({}, 'dsn', { enumerable: true, get: thrower }), /^dsn: /],
  [{ dsn: 'https://key@host/1', ignoreErrors: new Proxy([], { get: thrower }) }, /^ignoreErrors: /],
  [{ dsn: 'https://key@host/1', routes: [throwing] }, /: expected /],
  [throwing, /^options: /],
]

for (const [input, message] of UNREADABLE) {
  decode(`describes a value that throws when it is read: ${message}`, () => {
    const config = _.decode(input)
    assert.ok(E.isLeft(config))
    assert.match(ConfigError.show(config.left), message)
    assert.match(ConfigError.show(config.left), 'a value that throws when it is read')
    assert.not.match(ConfigError.show(config.left), 'hush')
  })
}

decode('returns all problems at once, and shows no secret', () => {
  const config = _.decode({ dsn: 'https://key:hush@', environment: 'a/b', typo: 'hush' })
  assert.ok(E.isLeft(config))
  assert.is(config.left.problems.length, 3)
  assert.not.match(JSON.stringify(config.left) + ConfigError.show(config.left), 'hush')
})

decode.run()
