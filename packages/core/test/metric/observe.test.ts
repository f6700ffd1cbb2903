import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type LastPoint, observe, type PointTotals } from '../../src/metric/observe.ts'
import * as Totals from '../../src/metric/Totals.ts'
import type { LossReason } from '../../src/model/Losses.ts'
import * as Metric from '../../src/model/Metric.ts'
import * as Micros from '../../src/model/Micros.ts'

const micros = (seconds: number): Micros.Micros => Micros.of(seconds * 1e6)

const last = (start: number, time: number, value: number): LastPoint => ({
  startMicros: micros(start),
  timeMicros: micros(time),
  totals: Totals.ofNumber(value),
})

/** A cumulative counter at these seconds; the exporter was opened at 100. */
interface Case {
  readonly name: string
  readonly last?: LastPoint
  readonly start: number
  readonly time: number
  readonly value: number
  readonly increase?: number
  readonly lost?: LossReason
}

const CASES: ReadonlyArray<Case> = [
  {
    name: 'a first point that began with the exporter',
    start: 100,
    time: 110,
    value: 5,
    increase: 5,
  },
  {
    name: 'a first point that began before it',
    start: 99,
    time: 110,
    value: 5,
    lost: 'metric_baseline',
  },
  { name: 'a first point without a start', start: 0, time: 110, value: 5, lost: 'metric_baseline' },
  {
    name: 'a first point that starts at its own time',
    start: 110,
    time: 110,
    value: 5,
    lost: 'metric_baseline',
  },
  { name: 'a later point', last: last(50, 110, 5), start: 50, time: 120, value: 8, increase: 3 },
  {
    name: 'a later point without a change',
    last: last(50, 110, 5),
    start: 50,
    time: 120,
    value: 5,
    increase: 0,
  },
  {
    name: 'a later point without a start',
    last: last(0, 110, 5),
    start: 0,
    time: 120,
    value: 8,
    increase: 3,
  },
  { name: 'a new start', last: last(50, 110, 5), start: 115, time: 120, value: 8, increase: 8 },
  {
    name: 'a new start before the last point, and after the exporter',
    last: last(50, 110, 5),
    start: 105,
    time: 120,
    value: 8,
    increase: 8,
  },
  {
    name: 'a new start before the last point, and before the exporter',
    last: last(50, 110, 5),
    start: 60,
    time: 120,
    value: 8,
    lost: 'metric_baseline',
  },
  {
    name: 'an earlier start, of another sender',
    last: last(50, 110, 5),
    start: 40,
    time: 120,
    value: 1_000,
    lost: 'metric_order',
  },
  {
    name: 'a difference that is infinite',
    last: last(50, 110, -Number.MAX_VALUE),
    start: 50,
    time: 120,
    value: Number.MAX_VALUE,
    lost: 'metric_baseline',
  },
  {
    name: 'a new start that is not known',
    last: last(50, 110, 5),
    start: 120,
    time: 120,
    value: 8,
    lost: 'metric_baseline',
  },
  {
    name: 'a start where there was none',
    last: last(0, 110, 5),
    start: 60,
    time: 120,
    value: 8,
    increase: 3,
  },
  {
    name: 'a decrease with the same start',
    last: last(50, 110, 5),
    start: 50,
    time: 120,
    value: 2,
    increase: 2,
  },
  {
    name: 'the same point again',
    last: last(50, 110, 5),
    start: 50,
    time: 110,
    value: 5,
    lost: 'metric_order',
  },
  {
    name: 'an older point',
    last: last(50, 110, 5),
    start: 50,
    time: 105,
    value: 4,
    lost: 'metric_order',
  },
]

const cumulative = suite('observe: cumulative')

for (const { name, last: known, start, time, value, increase, lost } of CASES) {
  cumulative(name, () => {
    const point: PointTotals = {
      type: 'counter',
      kind: 'cumulative',
      totals: Totals.ofNumber(value),
      exemplars: [],
    }
    const times = { startMicros: micros(start), timeMicros: micros(time) }
    const found = observe(times, point, known, micros(100))
    const expected = increase === undefined ? undefined : Totals.ofNumber(increase)
    assert.equal([found.observed?.totals, found.lost], [expected, lost])
    assert.equal(found.last?.timeMicros, lost === 'metric_order' ? known?.timeMicros : micros(time))
  })
}

cumulative('keeps the exemplars that are new', () => {
  const exemplar = (seconds: number): Metric.Exemplar => ({
    value: seconds,
    timeMicros: micros(seconds),
    traceId: undefined,
    spanId: undefined,
    attributes: {},
  })
  const point: PointTotals = {
    type: 'counter',
    kind: 'cumulative',
    totals: Totals.ofNumber(9),
    exemplars: [105, 110, 115].map(exemplar),
  }
  const times = { startMicros: micros(50), timeMicros: micros(120) }
  const { observed } = observe(times, point, last(50, 110, 5), micros(100))
  assert.equal(
    observed?.exemplars.map(({ value }) => value),
    [115],
  )
})

cumulative('takes a histogram with other bounds as a new baseline', () => {
  const of = (bounds: ReadonlyArray<number>, count: number): Totals.Totals =>
    Totals.ofHistogram(Metric.histogramPoint({ count, bounds, bucketCounts: [count, 0] }))
  const known = { ...last(50, 110, 0), totals: of([1], 5) }
  const point: PointTotals = {
    type: 'distribution',
    kind: 'cumulative',
    totals: of([2], 9),
    exemplars: [],
  }
  const times = { startMicros: micros(50), timeMicros: micros(120) }
  assert.is(observe(times, point, known, micros(100)).lost, 'metric_baseline')
})

cumulative.run()

const changes = suite('observe: changes in both directions')

changes('add up to the last value', () => {
  const point = (value: number): PointTotals => ({
    type: 'gauge',
    kind: 'change',
    totals: Totals.ofNumber(value),
    exemplars: [],
  })
  const times = (time: number) => ({ startMicros: micros(time - 10), timeMicros: micros(time) })
  const first = observe(times(110), point(5), undefined, micros(100))
  const second = observe(times(120), point(-2), first.last, micros(100))
  assert.equal(first.observed?.totals, Totals.ofNumber(5))
  assert.equal(second.observed?.totals, Totals.ofNumber(3))
  // Two senders may have the same time, and a request may be late.
  const third = observe(times(115), point(4), second.last, micros(100))
  assert.equal(third.observed?.totals, Totals.ofNumber(7))
  // The sum would be infinite.
  const fourth = observe(times(130), point(Number.MAX_VALUE), third.last, micros(100))
  const fifth = observe(times(140), point(Number.MAX_VALUE), fourth.last, micros(100))
  assert.equal(fifth.observed?.totals, Totals.ofNumber(Number.MAX_VALUE))
})

changes.run()
