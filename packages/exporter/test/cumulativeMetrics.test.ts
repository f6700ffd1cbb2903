/** Metrics of OTLP on their whole way through an exporter. */
import * as Envelope from '@sentry-exporter/envelope/Envelope'
import * as Utf8 from '@sentry-exporter/envelope/Utf8'
import * as FakeClock from '@sentry-exporter/testing/FakeClock'
import * as recordingHttp from '@sentry-exporter/testing/recordingHttp'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as Config from '../src/Config.ts'
import * as Reconfigurable from '../src/Reconfigurable.ts'

const START_MILLIS = 1_700_000_000_000

const configOf = (input: Partial<Config.ConfigInput> = {}): Config.Config => {
  const config = Config.decode({ dsn: 'https://key@host/1', ...input })
  if (E.isLeft(config)) throw new Error('a bad configuration in a test')
  return config.right
}

type Shown = readonly [name: string, type: string, value: number]

interface Opened extends Reconfigurable.ReconfigurableExporter {
  readonly clock: FakeClock.FakeClock
  /** Name, type and value of everything that was sent since the last call. */
  readonly sent: () => ReadonlyArray<Shown>
}

const opened = (input: Partial<Config.ConfigInput> = {}): Opened => {
  const { http, requests } = recordingHttp.make(() => recordingHttp.answering(200))
  const clock = FakeClock.make(START_MILLIS)
  let seen = 0
  return {
    ...Reconfigurable.start(configOf(input), http, clock),
    clock,
    sent: () => {
      const found = requests.slice(seen).flatMap(({ body }) => {
        const read = Envelope.decode(new Uint8Array(body ?? []))
        return E.isLeft(read) ? [] : read.right.items
      })
      seen = requests.length
      return found
        .filter(({ header }) => header.type === 'trace_metric')
        .flatMap(({ payload }) => JSON.parse(Utf8.decode(payload)).items)
        .map(({ name, type, value }) => [name, type, value])
    },
  }
}

/** A request with a counter that started so many seconds after the exporter. */
const counter = (value: number, startSeconds: number, seconds: number): object => {
  const nanos = (after: number): string => `${START_MILLIS + after * 1_000}000000`
  const point = { asInt: String(value), startTimeUnixNano: nanos(startSeconds) }
  const dataPoints = [{ ...point, timeUnixNano: nanos(seconds) }]
  const sum = { aggregationTemporality: 2, isMonotonic: true, dataPoints }
  return { resourceMetrics: [{ scopeMetrics: [{ metrics: [{ name: 'orders', sum }] }] }] }
}

const metrics = suite('Exporter: cumulative metrics')

metrics('are sent as increases, over the limits of requests and flushes', async () => {
  const { exportMetrics, flush, sent, outcome } = opened()
  await exportMetrics(counter(3, 1, 10))
  await flush()
  assert.equal(sent(), [['orders', 'counter', 3]])
  await exportMetrics(counter(8, 1, 20))
  await exportMetrics(counter(8, 1, 30))
  await flush()
  assert.equal(sent(), [['orders', 'counter', 5]])
  const { metricsIn, delivered, rejected } = outcome()
  assert.equal([metricsIn, delivered.metrics, rejected], [3, 2, {}])
})

metrics('have series, which are counted', async () => {
  const { backlog, exportMetrics } = opened()
  await exportMetrics(counter(3, 1, 10))
  await exportMetrics(counter(4, 1, 20))
  assert.is(backlog().metricSeries, 1)
})

metrics('of a series that is older than the exporter begin with a base', async () => {
  const { exportMetrics, flush, sent, outcome } = opened()
  await exportMetrics(counter(1_000, -60, 10))
  await exportMetrics(counter(1_002, -60, 20))
  await flush()
  assert.equal(sent(), [['orders', 'counter', 2]])
  assert.equal(outcome().rejected, { metric_baseline: 1 })
})

metrics('go on from their base after a change of the configuration', async () => {
  const { exportMetrics, flush, sent, reconfigure } = opened()
  await exportMetrics(counter(3, 1, 10))
  reconfigure(configOf({ environment: 'other' }))
  await exportMetrics(counter(8, 1, 20))
  await flush()
  assert.equal(sent(), [
    ['orders', 'counter', 3],
    ['orders', 'counter', 5],
  ])
})

metrics('of an interval are added up, and leave when it is over', async () => {
  const { clock, exportMetrics, sent, outcome, shutdown } = opened({ metricIntervalMillis: 60_000 })
  await exportMetrics(counter(3, 1, 2))
  await clock.advance(5_000)
  assert.equal(sent(), [['orders', 'counter', 3]])
  await exportMetrics(counter(4, 1, 11))
  await exportMetrics(counter(6, 1, 21))
  await clock.advance(30_000)
  assert.equal(sent(), [])
  assert.is(outcome().waitingMetrics, 1)
  await clock.advance(30_000)
  assert.equal(sent(), [['orders', 'counter', 3]])
  await exportMetrics(counter(7, 1, 64))
  await shutdown()
  assert.equal(sent(), [['orders', 'counter', 1]])
  assert.equal([outcome().waitingMetrics, outcome().delivered.metrics], [0, 3])
})

metrics('pass the hook and the lists of names', async () => {
  const { exportMetrics, flush, sent, outcome } = opened({
    denyMetrics: ['go.*'],
    beforeSendMetric: (item) => (item.value > 3 ? null : { ...item, name: 'renamed' }),
  })
  await exportMetrics(counter(3, 1, 10))
  await exportMetrics(counter(9, 1, 20))
  const dataPoints = [{ asDouble: 1 }]
  const other = [{ scopeMetrics: [{ metrics: [{ name: 'go.threads', gauge: { dataPoints } }] }] }]
  await exportMetrics({ resourceMetrics: other })
  await flush()
  assert.equal(sent(), [['renamed', 'counter', 3]])
  assert.equal(outcome().rejected, { before_send_metric: 1, metric_filtered: 1 })
})

metrics.run()
