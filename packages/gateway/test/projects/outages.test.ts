import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { until, withGateway } from './running.ts'

const organization = 'url: URL, org_slug: acme, auth_token: TOKEN'

const outages = suite('the API of an organization')

outages('that limits requests delays data, and loses none', () => {
  const limited: Array<string> = []
  return withGateway(
    {
      exporter: `${organization}, auto_create_projects: true`,
      server: {
        projects: ['other'],
        intercept: ({ method, path }) => {
          const call = `${method} ${path}`
          if (limited.includes(call)) return undefined
          limited.push(call)
          return { status: 429, headers: { 'retry-after': '0' }, body: '{}' }
        },
      },
    },
    async ({ send, arrived, server, gateway }) => {
      await Promise.all([send('shop'), send('shop'), send('other')])
      await until(() => arrived().length === 3)
      assert.equal([...arrived()].sort(), ['other', 'shop', 'shop'])
      assert.is(server.projects().length, 2)
      await until(() => gateway.report().outcomes[0]?.outcome.delivered.spans === 3)
    },
  )
})

outages(
  'that never answers keeps data within the bounds of a queue, and what is lost in the end is counted',
  () =>
    withGateway(
      {
        yaml: `
receivers: {otlp: {protocols: {http: {endpoint: '127.0.0.1:0'}}}}
exporters: {sentry: {${organization}, max_queue_items: 2}}
service:
  shutdown_timeout: 50ms
  telemetry: {metrics: {level: none}}
  pipelines: {traces: {receivers: [otlp], exporters: [sentry]}}`,
        server: { intercept: () => 'silence' },
      },
      async ({ send, gateway, lines, server }) => {
        assert.equal([await send('a'), await send('b')], [200, 200])
        // The queue is full when the segments are ready.
        await until(() => gateway.report().outcomes[0]?.outcome.sending === 2)
        assert.is(await send('c'), 503)
        const { outcomes } = await gateway.stop()
        const outcome = outcomes[0]?.outcome
        assert.equal(outcome?.dropped, { shutdown: 2 })
        assert.equal([outcome?.spansIn, outcome?.waiting, server.envelopes.length], [2, 0, 0])
        assert.not.match(lines.join(''), server.token)
      },
    ),
)

outages('that never answers about a refused key does not hold the end of the gateway', () => {
  let isSilent = false
  return withGateway(
    {
      yaml: `
receivers: {otlp: {protocols: {http: {endpoint: '127.0.0.1:0'}}}}
exporters: {sentry: {${organization}}}
service:
  shutdown_timeout: 50ms
  telemetry: {metrics: {level: none}}
  pipelines: {traces: {receivers: [otlp], exporters: [sentry]}}`,
      server: { projects: ['shop'], intercept: () => (isSilent ? 'silence' : undefined) },
    },
    async ({ send, arrived, gateway, server }) => {
      await send('shop')
      await until(() => arrived().length === 1)
      isSilent = true
      server.rotateKey('shop')
      await send('shop')
      await until(() => server.refused() === 1)
      const outcome = (await gateway.stop()).outcomes[0]?.outcome
      assert.equal([outcome?.delivered.spans, outcome?.dropped], [1, { network_error: 1 }])
    },
  )
})

outages('that fails shows it in the readiness and the metrics, and recovers', () => {
  let isDown = true
  return withGateway(
    {
      server: {
        projects: ['shop'],
        intercept: () => (isDown ? { status: 502, body: '<html>' } : undefined),
      },
    },
    async ({ send, arrived, metrics, lines }) => {
      await send('shop')
      await until(() => lines.join('').includes('projects cannot be looked up'))
      const text = await metrics()
      assert.match(text, 'sentry_exporter_sentry_down{exporter="sentry"} 1')
      assert.match(
        text,
        /project_calls_total\{exporter="sentry",call="\w+",result="failed"\} [1-9]/,
      )
      isDown = false
      await until(() => arrived().length === 1)
      assert.match(await metrics(), 'sentry_exporter_projects{exporter="sentry",state="known"} 1')
    },
  )
})

outages('that lies is no project for anything', () => {
  let calls = 0
  const lies = [
    '{"keys":1}',
    '[1,{"isActive":true,"dsn":{"public":"nowhere"}}]',
    'x'.repeat(100_000),
  ]
  return withGateway(
    {
      server: {
        projects: ['shop'],
        intercept: ({ path }) =>
          path.endsWith('/keys/')
            ? { status: 200, body: lies[calls++ % lies.length] ?? '' }
            : undefined,
      },
    },
    async ({ send, gateway }) => {
      await send('shop')
      await until(() => gateway.report().outcomes[0]?.outcome.dropped.unknown_project === 1)
      assert.ok(calls >= 2)
    },
  )
})

outages.run()
