import type { MetricBatch } from '@sentry-exporter/core'
import type * as Metric from '@sentry-exporter/core/Metric'
import * as Micros from '@sentry-exporter/core/Micros'
import * as Config from '@sentry-exporter/exporter/Config'
import * as Pipeline from '@sentry-exporter/exporter/Pipeline'
import * as ExportMetricsRequest from '@sentry-exporter/otlp/ExportMetricsRequest'
import * as OtlpInput from '@sentry-exporter/otlp/OtlpInput'
import * as EnvelopeReader from '@sentry-exporter/testing/EnvelopeReader'
import * as InMemorySentry from '@sentry-exporter/testing/InMemorySentry'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as arbitraryRequest from '../src/otlp/arbitraryRequest.ts'
import * as Recorded from '../src/Recorded.ts'

const right = <A>(either: E.Either<unknown, A>): A => {
  if (E.isLeft(either)) throw new Error('bad input in a test')
  return either.right
}

const NOW_MILLIS = 1_700_000_000_000

interface Judged {
  /** Everything that is not kept as it was sent, but for the letters of names. */
  readonly problems: ReadonlyArray<string>
  readonly metrics: ReadonlyArray<EnvelopeReader.ReadMetric>
  readonly losses: Readonly<Record<string, number>>
}

/** Points of another time would be judged by their age. */
const atNow = (metric: Metric.Metric): Metric.Metric => {
  const timeMicros = Micros.fromMillis(NOW_MILLIS)
  const points = metric.data.points.map((point) => ({ ...point, timeMicros }))
  // The points of the data with another time.
  return { ...metric, data: { ...metric.data, points } as Metric.MetricData }
}

const judged = (given: MetricBatch.MetricBatch): Judged => {
  const sentry = InMemorySentry.make()
  const config = right(Config.decode({ dsn: sentry.dsn }))
  const batch = { ...given, metrics: given.metrics.map(atNow) }
  const { assembled } = Pipeline.ofInput(config, NOW_MILLIS)({ ...OtlpInput.empty, metrics: batch })
  for (const { bytes: body, dsn } of assembled.envelopes) {
    const headers = { 'x-sentry-auth': `Sentry sentry_key=${dsn.publicKey}` }
    const url = `https://sentry.invalid/api/${dsn.projectId}/envelope/`
    sentry.receive({ url, headers, body }, NOW_MILLIS)
  }
  const { metrics } = EnvelopeReader.read(assembled.envelopes.map(({ bytes }) => bytes))
  const counted = assembled.envelopes.reduce((sum, envelope) => sum + (envelope.metrics ?? 0), 0)
  assert.is(metrics.length, counted)
  return { problems: problemsOf(sentry), metrics, losses: Object(assembled.losses) }
}

const problemsOf = ({ received }: InMemorySentry.InMemorySentry): ReadonlyArray<string> =>
  received.flatMap(({ verdicts }) =>
    verdicts.flatMap((verdict) => {
      if (verdict._tag === 'Kept') return []
      if (verdict._tag !== 'Cut') return [JSON.stringify(verdict)]
      return verdict.cuts
        .filter(({ path, reason }) => reason !== 'renamed' || !path.endsWith('.name'))
        .map(({ path, reason }) => `${path} ${reason}`)
    }),
  )

const decode = (request: object): MetricBatch.MetricBatch =>
  right(ExportMetricsRequest.decode(JSON.parse(JSON.stringify(request))))

const countOf = (metrics: Judged['metrics']): number =>
  metrics.reduce((sum, { weight }) => sum + weight, 0)

const sumOf = (metrics: Judged['metrics']): number =>
  metrics.reduce((sum, { value, weight }) => sum + value * weight, 0)

const isClose = (a: number, b: number): boolean =>
  Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b))

const recorded = suite('recorded metrics as Sentry judges them')

const requests = (): ReadonlyArray<MetricBatch.MetricBatch> =>
  Recorded.metricBodies().map((body) => right(ExportMetricsRequest.parseProtobuf(body)))

recorded('all are kept, with every attribute', () => {
  const all = requests().map(judged)
  assert.is(all.length, 4)
  for (const { problems, metrics, losses } of all) {
    assert.equal(problems, [])
    assert.ok(metrics.length > 0)
    // The histograms have one point each, which counts from before the recording.
    assert.equal(Object.keys(losses), ['metric_baseline'])
  }
})

recorded('histograms keep their counts and their sums', () => {
  let histograms = 0
  for (const { metrics, ...batch } of requests()) {
    for (const metric of metrics) {
      const { data } = metric
      if (data._tag !== 'Histogram') continue
      for (const point of data.points) {
        const one = { ...metric, data: { ...data, temporality: 'delta' as const, points: [point] } }
        const items = judged({ ...batch, metrics: [one] })
        assert.equal(items.problems, [])
        assert.is(countOf(items.metrics), point.count)
        assert.ok(isClose(sumOf(items.metrics), point.sum ?? Number.NaN), metric.name)
        histograms++
      }
    }
  }
  assert.ok(histograms > 50)
})

recorded.run()

const law = suite('law: metrics as Sentry judges them')

law('those of any request are kept', () => {
  let sent = 0
  fc.assert(
    fc.property(arbitraryRequest.metrics, (request) => {
      const { problems, metrics } = judged(decode(request))
      assert.equal(problems, [])
      sent += metrics.length
    }),
    { numRuns: 300 },
  )
  assert.ok(sent > 300)
})

interface Measured {
  readonly value: number
  readonly times: number
  readonly isExemplar: boolean
}

const measured = (value: fc.Arbitrary<number>): fc.Arbitrary<ReadonlyArray<Measured>> =>
  fc.array(
    fc.record({
      value,
      times: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 300_000 })),
      isExemplar: fc.boolean(),
    }),
    { minLength: 1, maxLength: 20 },
  )

/** The fields that points of both kinds of histograms have. */
const distributionOf = (all: ReadonlyArray<Measured>, hasExtremes: boolean): object => {
  const values = all.map(({ value }) => value)
  const extremes = { min: Math.min(...values), max: Math.max(...values) }
  return {
    timeUnixNano: `${NOW_MILLIS}000000`,
    count: all.reduce((sum, { times }) => sum + times, 0),
    sum: all.reduce((sum, { value, times }) => sum + value * times, 0),
    ...(hasExtremes ? extremes : {}),
    exemplars: all
      .filter(({ isExemplar }) => isExemplar)
      .map(({ value }) => ({
        asDouble: value,
        traceId: 'a'.repeat(32),
        spanId: 'b'.repeat(16),
        timeUnixNano: `${NOW_MILLIS}000000`,
      })),
  }
}

const requestOf = (data: object): object => ({
  resourceMetrics: [{ scopeMetrics: [{ metrics: [{ name: 'duration', unit: 's', ...data }] }] }],
})

const keepsCountAndSum = (all: ReadonlyArray<Measured>, request: object): void => {
  const { problems, metrics, losses } = judged(decode(request))
  assert.equal([problems, losses], [[], {}])
  assert.is(
    countOf(metrics),
    all.reduce((sum, { times }) => sum + times, 0),
  )
  const sum = all.reduce((total, { value, times }) => total + value * times, 0)
  assert.ok(isClose(sumOf(metrics), sum), `${sumOf(metrics)} in place of ${sum}`)
}

const positive = fc.oneof(
  // The least doubles have too few digits for any average.
  fc.double({ min: 0, max: 100, noNaN: true }).map((value) => (value < 1e-9 ? 0 : value)),
  fc.integer({ min: 0, max: 10_000 }),
)

law('a histogram keeps its count and its sum', () => {
  const bounds = fc
    .uniqueArray(fc.double({ min: 1e-3, max: 1e4, noNaN: true }), { maxLength: 50 })
    .map((all) => [...all].sort((a, b) => a - b))
  fc.assert(
    fc.property(measured(positive), bounds, fc.boolean(), (all, explicitBounds, hasExtremes) => {
      const bucketCounts = [...explicitBounds, Number.POSITIVE_INFINITY].map((high, index) => {
        const low = explicitBounds[index - 1] ?? Number.NEGATIVE_INFINITY
        return all
          .filter(({ value }) => value > low && value <= high)
          .reduce((sum, { times }) => sum + times, 0)
      })
      const point = { ...distributionOf(all, hasExtremes), explicitBounds, bucketCounts }
      keepsCountAndSum(
        all,
        requestOf({ histogram: { aggregationTemporality: 1, dataPoints: [point] } }),
      )
    }),
    { numRuns: 300 },
  )
})

law('an exponential histogram keeps its count and its sum', () => {
  const shape = fc.record({
    scale: fc.integer({ min: -1, max: 6 }),
    offset: fc.integer({ min: -40, max: 40 }),
    hasExtremes: fc.boolean(),
  })
  // A bucket, and the place in it, so that no rounding moves a value into the next one.
  const placed = measured(fc.double({ min: 0, max: 50, noNaN: true }))
  fc.assert(
    fc.property(placed, shape, (drawn, { scale, offset, hasExtremes }) => {
      const all = drawn.map((one) => {
        const number = Math.floor(one.value)
        const index = offset + number
        const place = 0.01 + 0.98 * (one.value - number)
        return { ...one, index, value: 2 ** ((index + place) * 2 ** -scale) }
      })
      const first = Math.min(...all.map(({ index }) => index))
      const last = Math.max(...all.map(({ index }) => index))
      const bucketCounts = Array.from({ length: last - first + 1 }, (_, at) =>
        all.filter(({ index }) => index === first + at).reduce((sum, { times }) => sum + times, 0),
      )
      const point = {
        ...distributionOf(all, hasExtremes),
        scale,
        positive: { offset: first, bucketCounts },
      }
      keepsCountAndSum(
        all,
        requestOf({ exponentialHistogram: { aggregationTemporality: 1, dataPoints: [point] } }),
      )
    }),
    { numRuns: 300 },
  )
})

law.run()
