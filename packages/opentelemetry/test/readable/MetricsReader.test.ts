import { ValueType } from '@opentelemetry/api'
import * as sdk2 from '@opentelemetry/sdk-metrics'
import * as Metric from '@sentry-exporter/core/Metric'
import * as Micros from '@sentry-exporter/core/Micros'
import * as sdk1 from 'sdk-metrics-1'
import * as sdk3 from 'sdk-metrics-3'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/readable/MetricsReader.ts'
import type { ReadableMetrics } from '../../src/readable/ReadableMetrics.ts'

/** The parts of the SDK that the tests use; all versions have them. */
interface Sdk {
  readonly MeterProvider: new (options: {
    readonly readers: ReadonlyArray<sdk2.MetricReader>
    readonly views?: ReadonlyArray<never>
  }) => Pick<sdk2.MeterProvider, 'getMeter'>
  readonly InMemoryMetricExporter: typeof sdk2.InMemoryMetricExporter
  readonly PeriodicExportingMetricReader: typeof sdk2.PeriodicExportingMetricReader
}

// The versions differ in parts that are not used.
const SDKS = Object.entries({
  '1.30': sdk1,
  '2.12': sdk2,
  '3.1': sdk3,
}) as unknown as ReadonlyArray<readonly [string, Sdk]>

/** One collection of a program with an instrument of each kind. */
const collect = async (
  { MeterProvider, InMemoryMetricExporter, PeriodicExportingMetricReader }: Sdk,
  temporality: sdk2.AggregationTemporality,
): Promise<ReadableMetrics> => {
  const exporter = new InMemoryMetricExporter(temporality)
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 60_000 })
  const meter = new MeterProvider({ readers: [reader] }).getMeter('shop', '1.0.0')
  meter.createCounter('orders', { unit: '{order}' }).add(3, { plan: 'free' })
  meter.createUpDownCounter('queue').add(-2)
  meter.createGauge('temperature').record(21.5)
  const advice = { explicitBucketBoundaries: [1, 2] }
  const duration = meter.createHistogram('duration', {
    unit: 's',
    valueType: ValueType.DOUBLE,
    advice,
  })
  for (const value of [0.5, 1.5, 9]) duration.record(value)
  await reader.forceFlush()
  const [metrics] = exporter.getMetrics()
  await reader.shutdown()
  if (metrics === undefined) throw new Error('nothing was collected')
  return metrics
}

const ofSdk = suite('MetricsReader')

for (const [version, sdk] of SDKS) {
  ofSdk(`reads each kind of instrument of SDK ${version}`, async () => {
    const source = await collect(sdk, sdk2.AggregationTemporality.DELTA)
    const { metrics, rejected, invalidParts } = _.make().read(source)
    assert.equal([rejected, invalidParts], [[], undefined])
    const byName = new Map(metrics.map((metric) => [metric.name, metric]))
    const orders = byName.get('orders')
    assert.equal(
      [orders?.unit, orders?.scope.name, orders?.scope.version],
      ['{order}', 'shop', '1.0.0'],
    )
    assert.is(orders?.data._tag, 'Sum')
    if (orders?.data._tag === 'Sum') {
      const { isMonotonic, points, temporality } = orders.data
      assert.equal([isMonotonic, temporality, points.length], [true, 'delta', 1])
      assert.equal([points[0]?.value, points[0]?.attributes], [3, { plan: 'free' }])
      assert.ok((points[0]?.timeMicros ?? 0) > 1_600_000_000_000_000)
    }
    const queue = byName.get('queue')?.data
    assert.equal(queue?._tag === 'Sum' && [queue.isMonotonic, queue.points[0]?.value], [false, -2])
    const temperature = byName.get('temperature')?.data
    assert.is(temperature?._tag === 'Gauge' && temperature.points[0]?.value, 21.5)
    const duration = byName.get('duration')?.data
    assert.is(duration?._tag, 'Histogram')
    if (duration?._tag === 'Histogram') {
      const { bounds, bucketCounts, count, sum, min, max } = duration.points[0] ?? {}
      assert.equal(
        { bounds, bucketCounts, count, sum, min, max },
        {
          ...{ bounds: [1, 2], bucketCounts: [1, 1, 1] },
          ...{ count: 3, sum: 11, min: 0.5, max: 9 },
        },
      )
    }
  })
}

ofSdk('reads cumulative metrics', async () => {
  const source = await collect(sdk2 as unknown as Sdk, sdk2.AggregationTemporality.CUMULATIVE)
  const { metrics } = _.make().read(source)
  const orders = metrics.find(({ name }) => name === 'orders')
  assert.is(orders?.data._tag === 'Sum' && orders.data.temporality, 'cumulative')
})

const source = (metrics: ReadonlyArray<unknown>): ReadableMetrics => ({
  resource: { attributes: { 'service.name': 'shop' } },
  // Programs in JavaScript may give anything.
  scopeMetrics: [{ scope: { name: 'a' }, metrics: metrics as ReadonlyArray<never> }],
})

const EXPONENTIAL = {
  descriptor: { name: 'size', unit: 'By' },
  aggregationTemporality: 0,
  dataPointType: 1,
  dataPoints: [
    {
      startTime: [1_700_000_000, 0],
      endTime: [1_700_000_010, 123_456_789],
      attributes: {},
      value: {
        count: 3,
        sum: 7,
        min: Number.POSITIVE_INFINITY,
        scale: 2,
        zeroCount: 1,
        positive: { offset: -1, bucketCounts: [2] },
        negative: { offset: 0, bucketCounts: [] },
      },
    },
  ],
}

ofSdk('reads exponential histograms', () => {
  const { metrics } = _.make().read(source([EXPONENTIAL]))
  assert.equal(metrics[0]?.data, {
    _tag: 'ExponentialHistogram',
    temporality: 'delta',
    points: [
      Metric.exponentialPoint({
        startMicros: Micros.of(1_700_000_000_000_000),
        timeMicros: Micros.of(1_700_000_010_123_456),
        ...{ timeNanos: 789, count: 3, sum: 7, min: undefined, max: undefined },
        ...{ scale: 2, zeroCount: 1, positive: { offset: -1, counts: [2] } },
        negative: { offset: 0, counts: [] },
      }),
    ],
  })
})

ofSdk('rejects metrics that cannot be read, with their places, and keeps the others', () => {
  const broken = [
    null,
    {},
    { ...EXPONENTIAL, dataPointType: 9 },
    { ...EXPONENTIAL, dataPoints: [{}] },
  ]
  const { metrics, rejected } = _.make().read(source([...broken, EXPONENTIAL]))
  assert.is(metrics.length, 1)
  assert.equal(
    rejected.map(({ path }) => path),
    [0, 1, 2, 3].map((n) => `scopeMetrics[0].metrics[${n}]`),
  )
  // Programs in JavaScript may give anything.
  assert.is(_.make().read(undefined as unknown as ReadableMetrics).rejected.length, 1)
})

ofSdk('completes the resource', () => {
  const { metrics } = _.make({ 'deployment.environment.name': 'test' }).read(source([EXPONENTIAL]))
  assert.is(metrics[0]?.resource.attributes['deployment.environment.name'], 'test')
})

ofSdk.run()
