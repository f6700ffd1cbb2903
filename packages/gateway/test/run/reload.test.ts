import { readFileSync } from 'node:fs'
import * as recordingHttp from '@sentry-exporter/testing/recordingHttp'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { eventually, openSocket, send } from '../receiver/recording.ts'
import * as reloading from './reloading.ts'

const { LOCAL, METRICS, spanText } = reloading

const yaml = ({
  sentry = '',
  exporters = '',
  names = 'sentry',
  service = '',
  http = '',
} = {}): string => `
receivers: { otlp: { protocols: { http: { ${LOCAL}${http} } } } }
exporters:
  sentry: { dsn: 'https://key:hush-dsn@one.example.com/1', settle_millis: 60000${sentry} }${exporters}
extensions:
  health_check: { ${LOCAL} }
  bearertokenauth: { filename: tokens }
service:
  extensions: [health_check, bearertokenauth]
  telemetry: { logs: { encoding: json }, ${METRICS} }
  pipelines: { traces: { receivers: [otlp], exporters: [${names}] } }${service}
`

const OTHER =
  "\n  sentry/other: { dsn: 'https://key:hush-other@two.example.com/2', settle_millis: 60000 }"

const start = (text = yaml(), answer?: Parameters<typeof reloading.start>[2]) =>
  reloading.start(text, { tokens: 'hush-old' }, answer)

const post = async (
  { port }: reloading.ReloadedGateway,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<number> =>
  (
    await send(
      {
        port: port('otlp http'),
        path: '/v1/traces',
        headers: { 'content-type': 'application/json', ...headers },
      },
      body,
    )
  ).status

const eventsOf = ({ requests }: reloading.ReloadedGateway) =>
  requests.map(({ url, body }) => {
    const [, , event = ''] = new TextDecoder().decode(body).split('\n')
    return { host: new URL(url).host, environment: JSON.parse(event).environment }
  })

const withoutSecrets = (lines: ReadonlyArray<string>): void =>
  assert.not.match(lines.join(''), 'hush')

const refused = suite('Gateway.reload: refused')

refused('keeps the former configuration if a file has errors, and logs their places', async () => {
  const one = await start()
  const result = await one.reload({ 'gateway.yaml': yaml({ sentry: ', enviroment: blue' }) })
  assert.is(result._tag, 'Invalid')
  const log = one.lines.join('')
  assert.match(log, 'the configuration was not reloaded, the former one stays in use')
  assert.match(log, /gateway\.yaml:\d+:\d+: error: exporters::sentry::enviroment: unknown key/)
  const metrics = await one.metrics()
  assert.match(metrics, 'sentry_exporter_config_reloads_total{result="invalid"} 1')
  assert.match(metrics, 'sentry_exporter_config_last_reload_successful 0')
  assert.is(await post(one, spanText(1, 1)), 200)
  await one.gateway.stop()
  assert.equal(
    eventsOf(one).map(({ host }) => host),
    ['one.example.com'],
  )
  withoutSecrets(one.lines)
})

refused('names the keys that need a restart', async () => {
  const one = await start()
  const changed = yaml({
    http: ', tls: { cert_file: c, key_file: k }',
    sentry: ', environment: blue',
  })
  const result = await one.reload({ 'gateway.yaml': changed })
  assert.is(result._tag, 'RestartNeeded')
  assert.match(one.lines.join(''), 'receivers::otlp::protocols::http::tls was added')
  assert.not.match(one.lines.join(''), 'environment was')
  assert.match(await one.metrics(), 'sentry_exporter_config_reloads_total{result="restart"} 1')
  await one.gateway.stop()
})

refused('prints the messages that docs/gateway.md shows', async () => {
  const one = await start()
  await one.reload({ 'gateway.yaml': yaml({ sentry: ', enviroment: blue' }) })
  await one.reload({ 'gateway.yaml': yaml({ http: ', tls: { cert_file: c, key_file: k }' }) })
  await one.gateway.stop()
  const printed = one.lines.join('')
  const shown = readFileSync(new URL('../../../../docs/gateway.md', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('error the configuration was not reloaded'))
  assert.is(shown.length, 2)
  for (const line of shown) {
    // The log of a terminal has the level before the message.
    const [message = ''] = line.slice('error '.length).split(' {')
    assert.ok(printed.includes(`"msg":"${message}"`), message)
  }
  assert.match(printed, 'unknown key, did you mean environment?')
})

refused('survives a source that throws or rejects', async () => {
  const one = await start()
  for (const source of [
    () => Promise.reject(new Error('hush')),
    () => {
      throw new Error('hush')
    },
  ]) {
    assert.is((await one.gateway.reload(source))._tag, 'Invalid')
  }
  assert.is((await one.reload())._tag, 'Applied')
  await one.gateway.stop()
  withoutSecrets(one.lines)
})

refused('is ignored during the shutdown, also if it was under way', async () => {
  const one = await start()
  const reload = one.reload({ 'gateway.yaml': yaml({ sentry: ', environment: blue' }) })
  const stopping = one.gateway.stop()
  assert.is((await reload)._tag, 'Ending')
  assert.is((await one.reload())._tag, 'Ending')
  await stopping
})

refused.run()

const applied = suite('Gateway.reload: applied')

applied(
  'sends spans that wait to the new project, with the environment of their arrival',
  async () => {
    const one = await start(yaml({ sentry: ', environment: blue' }))
    await post(one, spanText(1, 1))
    const before = await one.metrics()
    const changed = yaml({ sentry: ', environment: green' }).replace(
      'one.example.com',
      'new.example.com',
    )
    const result = await one.reload({ 'gateway.yaml': changed })
    assert.equal(
      result._tag === 'Applied' && result.changes.map(({ path, effect }) => [path, effect]),
      [
        ['exporters::sentry::dsn', 'applies'],
        ['exporters::sentry::environment', 'new data'],
      ],
    )
    await post(one, spanText(2, 1))
    const [, hash] = /config_info\{hash="(\w+)"\} 1/.exec(await one.metrics()) ?? []
    assert.match(String(hash), /^[0-9a-f]{16}$/)
    assert.not.match(before, String(hash))
    const { outcomes } = await one.gateway.stop()
    assert.equal(
      outcomes.map(({ id, outcome }) => [id, outcome.delivered.spans]),
      [['sentry', 2]],
    )
    assert.equal(
      eventsOf(one).sort((a, b) => (a.environment < b.environment ? -1 : 1)),
      [
        { host: 'new.example.com', environment: 'blue' },
        { host: 'new.example.com', environment: 'green' },
      ],
    )
    // Its connections have the same settings.
    assert.equal([one.made.length, one.closed()], [1, 1])
    withoutSecrets(one.lines)
  },
)

applied('starts exporters that were added, and lets those that were removed end', async () => {
  const one = await start(yaml({ exporters: OTHER, names: 'sentry, sentry/other' }))
  await post(one, spanText(1, 1))
  const removed = await one.reload({ 'gateway.yaml': yaml() })
  assert.equal(
    removed._tag === 'Applied' && removed.changes.map(({ path, kind }) => `${path} ${kind}`),
    ['service::pipelines::traces::exporters changed', 'exporters::sentry/other removed'],
  )
  await eventually(() => one.requests.length === 1)
  await post(one, spanText(2, 1))
  await one.reload({ 'gateway.yaml': yaml({ exporters: OTHER, names: 'sentry/other, sentry' }) })
  await post(one, spanText(3, 1))
  const metrics = await one.metrics()
  assert.match(metrics, 'sentry_exporter_spans_in_total{exporter="sentry"} 3')
  assert.match(metrics, 'sentry_exporter_spans_in_total{exporter="sentry/other"} 2')
  assert.match(metrics, 'sentry_exporter_pending_spans{exporter="sentry/other"} 1')
  const { outcomes } = await one.gateway.stop()
  assert.equal(
    outcomes.map(({ id, outcome }) => [id, outcome.spansIn, outcome.delivered.spans]).sort(),
    [
      ['sentry', 3, 3],
      ['sentry/other', 2, 2],
    ],
  )
  assert.is(one.closed(), one.made.length)
})

applied('adds up the counts of an exporter that was removed and added again', async () => {
  const one = await start()
  const both = yaml({ exporters: OTHER, names: 'sentry, sentry/other' })
  for (let n = 1; n <= 3; n++) {
    await one.reload({ 'gateway.yaml': both })
    await post(one, spanText(n, 1))
    await one.reload({ 'gateway.yaml': yaml() })
    await eventually(() => one.requests.length === n)
  }
  const counter = 'sentry_exporter_sent_spans_total{exporter="sentry/other"} 3'
  while (!(await one.metrics()).includes(counter)) await new Promise(setImmediate)
  const { outcomes } = await one.gateway.stop()
  assert.equal(
    outcomes.map(({ id, outcome }) => [id, outcome.spansIn, outcome.delivered.spans]),
    [
      ['sentry', 3, 3],
      ['sentry/other', 3, 3],
    ],
  )
})

applied('cuts off a removed exporter that cannot send at the end of the gateway', async () => {
  const slow = yaml({
    exporters: OTHER,
    names: 'sentry, sentry/other',
    service: '\n  shutdown_timeout: 50ms',
  })
  const one = await start(slow, ({ url }) =>
    recordingHttp.answering(url.includes('two') ? 503 : 200),
  )
  await post(one, spanText(1, 1))
  await one.reload({ 'gateway.yaml': yaml({ service: '\n  shutdown_timeout: 50ms' }) })
  const { outcomes } = await one.gateway.stop()
  const other = outcomes.find(({ id }) => id === 'sentry/other')?.outcome
  assert.equal([other?.spansIn, other?.delivered.spans, other?.waiting], [1, 0, 0])
  assert.equal(Object.values(other?.dropped ?? {}), [1])
})

applied('keeps an in-flight request at the credentials of its head', async () => {
  const guarded = yaml({ http: ', auth: { authenticator: bearertokenauth }' })
  const one = await start(guarded)
  const body = spanText(1, 1)
  const { socket, ended } = openSocket(one.port('otlp http'))
  socket.write(
    `POST /v1/traces HTTP/1.1\r\nhost: x\r\nconnection: close\r\nexpect: 100-continue\r\ncontent-type: application/json\r\nauthorization: Bearer hush-old\r\ncontent-length: ${body.length}\r\n\r\n`,
  )
  // The server has read the head when it answers that it wants the body.
  await new Promise((resolve) => socket.once('data', resolve))
  assert.is((await one.reload({ tokens: 'hush-new' }))._tag, 'Applied')
  socket.write(body)
  assert.match(await ended, /\nHTTP\/1\.1 200/)
  const [old, renewed] = ['hush-old', 'hush-new'].map((token) => ({
    authorization: `Bearer ${token}`,
  }))
  assert.equal([await post(one, body, old), await post(one, body, renewed)], [401, 200])
  await one.gateway.stop()
  withoutSecrets(one.lines)
})

applied('changes limits, paths, pages and the log of a running gateway', async () => {
  const one = await start()
  const changed = yaml({ http: ', traces_url_path: /t, max_connections: 5' })
    .replace(`health_check: { ${LOCAL} }`, `health_check: { ${LOCAL}, path: /alive }`)
    .replace('encoding: json', 'encoding: console, level: error')
  assert.is((await one.reload({ 'gateway.yaml': changed }))._tag, 'Applied')
  assert.is(await post(one, spanText(1, 1)), 404)
  const url = `http://127.0.0.1:${one.port('health check')}`
  assert.equal([(await fetch(`${url}/alive`)).status, (await fetch(`${url}/`)).status], [200, 404])
  const before = one.lines.length
  await one.reload({ 'gateway.yaml': '' })
  assert.match(one.lines.slice(before).join(''), /^\S+Z error the configuration was not reloaded/)
  await one.gateway.stop()
})

applied('replaces the connections to Sentry when their settings change', async () => {
  const one = await start()
  await one.reload({ 'gateway.yaml': yaml({ sentry: ', http: { compression: none }' }) })
  assert.equal([one.made.length, one.closed()], [2, 1])
  await one.reload({ 'gateway.yaml': yaml({ sentry: ', insecure_skip_verify: true' }) })
  await post(one, spanText(1, 1))
  const { outcomes } = await one.gateway.stop()
  assert.is(outcomes[0]?.outcome.delivered.spans, 1)
  assert.equal([one.made.length, one.closed()], [3, 3])
})

applied('joins signals during a reload into one that follows it', async () => {
  const one = await start()
  const results = await Promise.all([
    one.reload(),
    one.reload({ 'gateway.yaml': 'broken' }),
    one.reload({ 'gateway.yaml': yaml({ sentry: ', environment: blue' }) }),
  ])
  assert.equal([results[1], results[2]], [results[2], results[2]])
  assert.is(results[2]?._tag, 'Applied')
  const metrics = await one.metrics()
  assert.match(metrics, 'config_reloads_total{result="applied"} 2')
  assert.match(metrics, 'config_reloads_total{result="invalid"} 0')
  await one.gateway.stop()
})

applied.run()
