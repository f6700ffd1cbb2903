/** The memory of cumulative series at a reload, which keeps it, and at a restart, which does not. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as metricRequests from '../metricRequests.ts'
import { send } from '../receiver/recording.ts'
import * as reloading from './reloading.ts'

const { LOCAL, METRICS } = reloading

const yaml = ({ sentry = '', exporters = '', names = 'sentry' } = {}): string => `
receivers: { otlp: { protocols: { http: { ${LOCAL} } } } }
exporters:
  sentry: { dsn: 'https://key@one.example.com/1'${sentry} }${exporters}
service:
  telemetry: { logs: { encoding: json }, ${METRICS} }
  pipelines: { metrics: { receivers: [otlp], exporters: [${names}] } }
`

const NOW_SECONDS = Math.floor(Date.now() / 1_000)

/** Sends the value of a counter that began long before the gateway. */
const count = async (
  { port }: reloading.ReloadedGateway,
  value: number,
  afterSeconds: number,
): Promise<number> =>
  (
    await send(
      {
        port: port('otlp http'),
        path: '/v1/metrics',
        headers: { 'content-type': 'application/json' },
      },
      metricRequests.counter({ value, timeSeconds: NOW_SECONDS + afterSeconds }),
    )
  ).status

const sentBy = ({ requests }: reloading.ReloadedGateway) =>
  metricRequests.sentIn(requests.map(({ body }) => body)).items

const valuesOf = (one: reloading.ReloadedGateway): ReadonlyArray<number> =>
  sentBy(one).map(({ value }) => value)

const reload = suite('Gateway.reload: metrics')

const KEPT: ReadonlyArray<readonly [title: string, changed: string]> = [
  ['nothing', yaml()],
  ['the environment', yaml({ sentry: ', environment: blue' })],
  ['the project', yaml().replace('one.example.com/1', 'two.example.com/2')],
  ['options of metrics', yaml({ sentry: ', max_metric_series: 5, deny_metrics: [other.*]' })],
]

for (const [title, changed] of KEPT) {
  reload(`of ${title} keeps the series: the next point makes its increase`, async () => {
    const one = await reloading.start(yaml())
    assert.is(await count(one, 100, 0), 200)
    assert.is(await count(one, 103, 10), 200)
    assert.is((await one.reload({ 'gateway.yaml': changed }))._tag, 'Applied')
    assert.is(await count(one, 110, 20), 200)
    const { outcomes } = await one.gateway.stop()
    const outcome = outcomes[0]?.outcome
    assert.equal(valuesOf(one), [3, 7])
    assert.equal([outcome?.metricsIn, outcome?.delivered.metrics], [3, 2])
    assert.equal(outcome?.rejected, { metric_baseline: 1 })
  })
}

reload('turns metrics off and on again, and counts the points meanwhile', async () => {
  const one = await reloading.start(yaml())
  await count(one, 100, 0)
  await one.reload({ 'gateway.yaml': yaml({ sentry: ', metrics: false' }) })
  await count(one, 104, 10)
  await one.reload({ 'gateway.yaml': yaml() })
  await count(one, 109, 20)
  await count(one, 111, 30)
  const { outcomes } = await one.gateway.stop()
  const outcome = outcomes[0]?.outcome
  // Turned off, it forgets the series.
  assert.equal(valuesOf(one), [2])
  assert.equal(outcome?.rejected, { metric: 1, metric_baseline: 2 })
  assert.equal([outcome?.metricsIn, outcome?.delivered.metrics], [3, 1])
})

reload('adds a pipeline of metrics, which takes the next request', async () => {
  const without = yaml().replace('metrics: { receivers', 'logs: { receivers')
  const one = await reloading.start(without)
  assert.is(await count(one, 100, 0), 404)
  assert.is((await one.reload({ 'gateway.yaml': yaml() }))._tag, 'Applied')
  assert.is(await count(one, 101, 10), 200)
  const { outcomes } = await one.gateway.stop()
  assert.is(outcomes[0]?.outcome.metricsIn, 1)
})

reload('sends the metrics that wait in an exporter that it removes', async () => {
  const other = "\n  sentry/other: { dsn: 'https://key@two.example.com/2' }"
  const one = await reloading.start(yaml({ exporters: other, names: 'sentry, sentry/other' }))
  await count(one, 100, 0)
  await count(one, 103, 10)
  await one.reload({ 'gateway.yaml': yaml() })
  await count(one, 105, 20)
  const { outcomes } = await one.gateway.stop()
  assert.equal(
    outcomes.map(({ id, outcome }) => [id, outcome.metricsIn, outcome.delivered.metrics]),
    [
      ['sentry', 3, 2],
      ['sentry/other', 2, 1],
    ],
  )
})

reload.run()

const restart = suite('Gateway: restart')

restart('loses the series: the first point is a base, and counted as one', async () => {
  const first = await reloading.start(yaml())
  await count(first, 100, 0)
  await count(first, 103, 10)
  await first.gateway.stop()
  const second = await reloading.start(yaml())
  await count(second, 110, 20)
  await count(second, 115, 30)
  const { outcomes } = await second.gateway.stop()
  assert.equal([valuesOf(first), valuesOf(second)], [[3], [5]])
  assert.equal(outcomes[0]?.outcome.rejected, { metric_baseline: 1 })
})

restart.run()
