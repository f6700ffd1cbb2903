/** Law: a part of a request of metrics that cannot be read costs itself, the point it belongs to, or the points below it. */
import type { MetricBatch } from '@sentry-exporter/core'
import * as Metric from '@sentry-exporter/core/Metric'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as ExportMetricsRequest from '../src/ExportMetricsRequest.ts'
import {
  attributes,
  count,
  digits,
  junkFor,
  nanos,
  partsOf,
  pathText,
  replaced,
  request,
  right,
} from './brokenRequest.ts'

const double = fc.double({ noNaN: true, noDefaultInfinity: true })

const numberValue = fc.oneof(
  fc.record({ asInt: count.map(String) }),
  fc.record({ asDouble: double }),
)

const both = (a: fc.Arbitrary<object>, b: fc.Arbitrary<object>): fc.Arbitrary<object> =>
  fc.tuple(a, b).map(([one, other]) => ({ ...one, ...other }))

const exemplar = both(
  numberValue,
  fc.record({
    timeUnixNano: nanos,
    traceId: digits(32),
    spanId: digits(16),
    filteredAttributes: attributes,
  }),
)

const exemplars = fc.array(exemplar, { maxLength: 2 })

const facts = fc.record({
  attributes,
  startTimeUnixNano: nanos,
  timeUnixNano: nanos,
  flags: fc.constantFrom(0, 2),
})

const distribution = both(
  facts,
  fc.record({ count: count.map(String), sum: double, min: double, max: double, exemplars }),
)

const buckets = fc.record({ offset: count, bucketCounts: fc.array(count, { maxLength: 3 }) })

const histogram = both(
  distribution,
  fc.array(count, { minLength: 1, maxLength: 4 }).map((bucketCounts) => ({
    bucketCounts,
    explicitBounds: bucketCounts.slice(1).map((_, index) => index / 2),
  })),
)

const exponential = both(
  distribution,
  fc.record({
    scale: count,
    zeroCount: count,
    zeroThreshold: count,
    positive: buckets,
    negative: buckets,
  }),
)

const summary = both(
  facts,
  fc.record({
    count,
    sum: double,
    quantileValues: fc.array(
      fc.record({ quantile: fc.double({ min: 0, max: 1, noNaN: true }), value: double }),
      { maxLength: 2 },
    ),
  }),
)

const points = (point: fc.Arbitrary<object>): fc.Arbitrary<object> =>
  fc.record({ dataPoints: fc.array(point, { minLength: 1, maxLength: 3 }) })

const temporality = fc.record({ aggregationTemporality: fc.constantFrom(1, 2) })

const number = points(both(both(numberValue, facts), fc.record({ exemplars })))

const metric = both(
  fc.record({ name: fc.string(), unit: fc.string() }),
  fc.oneof(
    fc.record({ gauge: number }),
    fc.record({ sum: both(both(number, temporality), fc.record({ isMonotonic: fc.boolean() })) }),
    fc.record({ histogram: both(points(histogram), temporality) }),
    fc.record({ exponentialHistogram: both(points(exponential), temporality) }),
    fc.record({ summary: points(summary) }),
  ),
)

const pointsIn = ({ metrics }: MetricBatch.MetricBatch): number =>
  metrics.reduce((sum, one) => sum + Metric.points(one), 0)

const POINT = /\.dataPoints\[\d+\]$/

/** The number of points at, around or below a path. Without its temporality a metric has no points. */
const pointsAt = (all: ReadonlyArray<string>, path: string): number => {
  const cost = path.replace(/\.aggregationTemporality$/, '')
  return all.filter((one) => POINT.test(one) && (one.startsWith(cost) || cost.startsWith(one)))
    .length
}

const parts = suite('requests of metrics with an invalid part')

parts('it is one count, at its place, and nothing else is lost', () => {
  const structure = /^$|^\.resourceMetrics$/
  const names = ['resourceMetrics', 'scopeMetrics', 'metrics'] as const
  fc.assert(
    fc.property(request(names, metric), fc.nat(), fc.nat(), (json, place, choice) => {
      const paths = partsOf(json, structure)
      const path = paths[place % paths.length] ?? []
      const text = pathText(path)
      const before = right(ExportMetricsRequest.decode(json))
      assert.equal([before.rejected, before.repairs], [[], {}])
      const broken = replaced(json, path, (one) => junkFor(one, choice))
      const after = right(ExportMetricsRequest.decode(broken))
      const { rejected, invalidParts = [], repairs } = after
      assert.equal(
        [...rejected, ...invalidParts].map((one) => `.${one.path}`),
        [text],
      )
      assert.equal(repairs, rejected.length === 0 ? { invalid_part: 1 } : {})
      const lost = rejected.length === 0 ? 0 : pointsAt(paths.map(pathText), text)
      assert.is(pointsIn(after), pointsIn(before) - lost)
    }),
    { numRuns: 700 },
  )
})

parts('several of them never throw, and cost only themselves', () => {
  const names = ['resourceMetrics', 'scopeMetrics', 'metrics'] as const
  const change = fc.tuple(fc.nat(), fc.oneof(fc.nat().map(String), fc.jsonValue()))
  fc.assert(
    fc.property(
      request(names, metric),
      fc.array(change, { minLength: 1, maxLength: 6 }),
      (json, changes) => {
        let broken: unknown = json
        for (const [place, junk] of changes) {
          const paths = partsOf(broken, /^$/)
          broken = replaced(broken, paths[place % paths.length] ?? [], () => junk)
        }
        const read = ExportMetricsRequest.decode(broken)
        if (read._tag === 'Left') return
        const before = pointsIn(right(ExportMetricsRequest.decode(json)))
        if (pointsIn(read.right) >= before) return
        // A valid value may remove points, as a list without elements does.
        const hasEmptied = changes.some(([, junk]) => typeof junk === 'object')
        assert.ok(hasEmptied || read.right.rejected.length > 0)
      },
    ),
    { numRuns: 700 },
  )
})

parts.run()
