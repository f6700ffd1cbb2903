import { spanId, traceId } from '@sentry-exporter/testing/spans'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Bucket from '../../src/metric/Bucket.ts'
import { distributionValues as _, type Increase } from '../../src/metric/distributionValues.ts'
import * as Attributes from '../../src/model/Attributes.ts'
import type { Exemplar } from '../../src/model/Metric.ts'
import * as Micros from '../../src/model/Micros.ts'

const exemplar = (value: number): Exemplar => ({
  value,
  timeMicros: Micros.zero,
  traceId: traceId(1),
  spanId: spanId(2),
  attributes: Attributes.empty,
})

const increase = (fields: Partial<Increase>): Increase => ({
  count: 0,
  sum: undefined,
  min: undefined,
  max: undefined,
  exemplars: [],
  buckets: [],
  ...fields,
})

const MAX = 32

const shown = (given: Increase): ReadonlyArray<readonly [number, number]> =>
  _(given, MAX).map(({ value, count }) => [value, count])

const values = suite('distributionValues')

values('are the average of a histogram without buckets', () => {
  assert.equal(shown(increase({ count: 4, sum: 10 })), [[2.5, 4]])
  assert.equal(shown(increase({ count: 3, sum: -30 })), [[-10, 3]])
  assert.equal(shown(increase({ count: 4 })), [])
})

values('have the extremes of a histogram without buckets', () => {
  const extremes = [
    [1, 1],
    [3, 1],
  ]
  assert.equal(shown(increase({ count: 4, min: 1, max: 3 })), [...extremes, [2, 2]])
  assert.equal(shown(increase({ count: 4, sum: 9, min: 1, max: 3 })), [...extremes, [2.5, 2]])
})

values('are negative if an extreme, an exemplar or the sum shows it', () => {
  const negative = Bucket.ofHistogram({ bounds: [5], bucketCounts: [3, 0] })
  const total = (given: Partial<Increase>): number =>
    shown(increase({ count: 3, buckets: negative, ...given })).reduce(
      (sum, [value, count]) => sum + value * count,
      0,
    )
  assert.is(total({ sum: -30 }), -30)
  assert.is(total({ sum: 3, min: -3 }), 3)
  assert.is(total({ sum: 3, exemplars: [exemplar(-3)] }), 3)
  assert.is(total({ sum: 1, exemplars: [exemplar(4)] }), 1)
})

values('are those of the buckets if the count contradicts them', () => {
  const given = { sum: 9, buckets: Bucket.ofHistogram({ bounds: [1, 2], bucketCounts: [0, 6, 0] }) }
  for (const count of [0, 5, 7]) assert.equal(shown(increase({ ...given, count })), [[1.5, 6]])
})

values('are none for no measurements', () => {
  assert.equal(shown(increase({ count: 0, sum: 0 })), [])
})

const buckets = Bucket.ofHistogram({ bounds: [1, 2], bucketCounts: [2, 3, 1] })

values('begin with the minimum and the maximum, which are exact', () => {
  const given = increase({ count: 6, sum: 9, min: 0.25, max: 3, buckets })
  assert.equal(shown(given).slice(0, 2), [
    [0.25, 1],
    [3, 1],
  ])
  assert.is(
    shown(given).reduce((sum, [value, count]) => sum + value * count, 0),
    9,
  )
})

values('have exemplars once, also where they are the minimum', () => {
  const exemplars = [exemplar(0.25), exemplar(1.5)]
  const given = increase({ count: 6, sum: 9, min: 0.25, max: 3, buckets, exemplars })
  const found = _(given, MAX)
  assert.equal(
    found.slice(0, 3).map((one) => [one.value, one.exemplar?.value]),
    [
      [0.25, 0.25],
      [1.5, 1.5],
      [3, undefined],
    ],
  )
})

values('leave out exemplars that no bucket has', () => {
  const exemplars = [exemplar(0.5), exemplar(0.5), exemplar(0.5), exemplar(Number.NaN)]
  const given = increase({ count: 6, buckets, exemplars })
  assert.is(_(given, MAX).filter((one) => one.exemplar !== undefined).length, 2)
})

values('are one for a single measurement', () => {
  const one = Bucket.ofHistogram({ bounds: [1, 2], bucketCounts: [0, 1, 0] })
  const given = increase({ count: 1, sum: 1.7, min: 1.7, max: 1.7, buckets: one })
  assert.equal(shown(given), [[1.7, 1]])
})

/** Measurements, and the histogram that an SDK would send of them. */
const measured = fc
  .constantFrom(0, -20_000)
  .chain((min) =>
    fc.array(fc.double({ min, max: 20_000, noNaN: true }), { minLength: 1, maxLength: 200 }),
  )
  .chain((all) =>
    fc.record({
      all: fc.constant(all),
      bounds: fc.constantFrom([], [5], [0, 5, 10, 25, 50, 75, 100, 250, 500, 1_000, 5_000, 10_000]),
      hasExtremes: fc.boolean(),
      exemplars: fc.subarray(all, { maxLength: Math.min(5, all.length) }),
      maxBuckets: fc.integer({ min: 1, max: 32 }),
    }),
  )

values('have the count and the sum of what was measured', () => {
  fc.assert(
    fc.property(measured, ({ all, bounds, hasExtremes, exemplars, maxBuckets }) => {
      const counts = new Array<number>(bounds.length + 1).fill(0)
      for (const value of all) {
        const at = bounds.findIndex((bound) => value <= bound)
        const index = at < 0 ? bounds.length : at
        counts[index] = (counts[index] ?? 0) + 1
      }
      const sum = all.reduce((a, b) => a + b, 0)
      const given = increase({
        count: all.length,
        sum,
        min: hasExtremes ? Math.min(...all) : undefined,
        max: hasExtremes ? Math.max(...all) : undefined,
        exemplars: exemplars.map(exemplar),
        buckets: Bucket.ofHistogram({ bounds, bucketCounts: counts }),
      })
      const found = _(given, maxBuckets)
      assert.is(
        found.reduce((total, { count }) => total + count, 0),
        all.length,
      )
      const total = found.reduce((part, { value, count }) => part + value * count, 0)
      const size = all.reduce((part, value) => part + Math.abs(value), 1)
      assert.ok(Math.abs(total - sum) <= 1e-9 * size, `${total} is not ${sum}`)
      if (!hasExtremes) return
      for (const { value } of found) {
        assert.ok(value >= Math.min(...all) && value <= Math.max(...all))
      }
    }),
    { numRuns: 1_000 },
  )
})

values.run()
