import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as IdMap from '../../src/internal/persistent/IdMap.ts'
import * as _ from '../../src/metric/MetricState.ts'
import type * as Metric from '../../src/model/Metric.ts'
import * as Micros from '../../src/model/Micros.ts'
import { at, gauge, histogram, type Result, session, shown, sum, weightOf } from './points.ts'

const interval = suite('MetricState: interval')

const MINUTE = { rules: { intervalMillis: 60_000 } }

const delta = (value: number, seconds: number, attributes = {}): Metric.Metric =>
  sum('delta', value, { startMicros: at(seconds - 1), timeMicros: at(seconds), attributes })

interval('adds increases up until it is over', () => {
  const { take, state } = session(MINUTE)
  assert.equal(shown(take([delta(1, 10)])), [['counter', 1]])
  assert.equal(shown(take([delta(2, 20), delta(3, 69)])), [])
  assert.is(_.waiting(state()), 1)
  assert.equal(shown(take([delta(4, 70)])), [['counter', 9]])
  assert.is(_.waiting(state()), 0)
})

interval('has the last value of a gauge', () => {
  const { take, release } = session(MINUTE)
  take([gauge(1, { timeMicros: at(10) })])
  take([gauge(2, { timeMicros: at(20) }), gauge(3, { timeMicros: at(30) })])
  assert.equal(shown(release(69)), [])
  assert.equal(shown(release(70)), [['gauge', 3]])
})

interval('is one of each series', () => {
  const { take } = session(MINUTE)
  take([delta(1, 10, { a: 1 }), delta(1, 10, { a: 2 })])
  assert.equal(shown(take([delta(2, 20, { a: 1 }), delta(3, 70, { a: 2 })])), [['counter', 3]])
})

interval('begins anew when something was released', () => {
  const { take, release } = session(MINUTE)
  take([delta(1, 10)])
  take([delta(2, 40)])
  assert.equal(shown(release(100)), [['counter', 2]])
  assert.equal(shown(take([delta(3, 80)])), [])
  assert.equal(shown(take([delta(4, 100)])), [['counter', 7]])
})

interval('gives histograms of other bounds one after the other', () => {
  const { take, release } = session(MINUTE)
  const of = (bounds: ReadonlyArray<number>, seconds: number): Metric.Metric => {
    const bucketCounts = [1, ...bounds.map(() => 0)]
    const times = { startMicros: at(seconds - 1), timeMicros: at(seconds) }
    return histogram('delta', { ...times, count: 1, sum: 0.5, bounds, bucketCounts })
  }
  take([of([1], 10)])
  assert.equal(shown(take([of([1], 20), of([2], 30)])), [['distribution', 0.5]])
  assert.equal(shown(release(Number.POSITIVE_INFINITY)), [['distribution', 0.5]])
})

interval('has the value of a gauge with the latest time', () => {
  const { take, release } = session(MINUTE)
  take([gauge(1, { timeMicros: at(10) })])
  take([gauge(3, { timeMicros: at(30) }), gauge(2, { timeMicros: at(20) })])
  assert.equal(shown(release(Number.POSITIVE_INFINITY)), [['gauge', 3]])
})

interval('is over by the clock of this program for a sender whose clock is late', () => {
  const { take, release } = session(MINUTE)
  take([gauge(1, { timeMicros: at(10) })], 200)
  take([gauge(2, { timeMicros: at(20) })], 210)
  assert.equal(shown(release(259)), [])
  assert.equal(shown(release(260)), [['gauge', 2]])
})

interval('does not wait for a clock that was set back', () => {
  const { take } = session(MINUTE)
  take([gauge(1, { timeMicros: at(1e8) })])
  assert.equal(shown(take([gauge(2, { timeMicros: at(20) })])), [['gauge', 2]])
})

interval('sends one after the other what would be infinite together', () => {
  const { take, release } = session(MINUTE)
  const large = Number.MAX_VALUE
  take([delta(1, 10)])
  const early = take([delta(large, 20), delta(large, 30)])
  const late = release(Number.POSITIVE_INFINITY)
  assert.equal(
    [...shown(early), ...shown(late)],
    [
      ['counter', large],
      ['counter', large],
    ],
  )
})

interval('keeps nothing of the other points of a metric', () => {
  const { take, state } = session(MINUTE)
  take([delta(1, 10)])
  take([delta(2, 20)])
  const [[, waits] = []] = IdMap.entries(state().waiting)
  assert.equal(Object.keys(waits?.from ?? {}), ['resource', 'scope'])
})

interval.run()

const order = suite('MetricState: order')

order('a wrong time does not end a series for ever', () => {
  const { take } = session()
  const point = (value: number, seconds: number): Metric.Metric =>
    sum('cumulative', value, { timeMicros: at(seconds) })
  take([point(1, 1e8)])
  const losses = [0, 1, 2, 3].map((hour) => {
    const seconds = 20 + hour * 3_600
    return take([point(hour, seconds)], seconds).losses
  })
  assert.equal(losses.slice(0, 2), [{ metric_order: 1 }, { metric_order: 1 }])
  assert.equal(losses.at(-1), {})
})

order.run()

const laws = suite('MetricState: laws')

/** Increases of some series over time, as a sender measured them. */
const measured = fc
  .array(
    fc.record({
      series: fc.nat(4),
      increase: fc.nat(1_000),
      seconds: fc.integer({ min: 1, max: 90 }),
      isRestart: fc.boolean(),
    }),
    { maxLength: 60 },
  )
  .map((steps) => {
    let seconds = 2
    return steps.map((step) => {
      seconds += step.seconds
      return { ...step, at: seconds }
    })
  })

const options = fc.record({
  intervalMillis: fc.constantFrom(0, 10_000, 60_000),
  batch: fc.integer({ min: 1, max: 5 }),
})

const total = (results: ReadonlyArray<Result>): number =>
  results.reduce(
    (sumOf, { items }) => items.reduce((part, one) => part + one.value * weightOf(one), sumOf),
    0,
  )

const inBatches = <A>(list: ReadonlyArray<A>, size: number): ReadonlyArray<ReadonlyArray<A>> =>
  list.length === 0 ? [] : [list.slice(0, size), ...inBatches(list.slice(size), size)]

laws('increases and cumulative points of the same measurements give the same sum', () => {
  fc.assert(
    fc.property(measured, options, (steps, { intervalMillis, batch }) => {
      const expected = steps.reduce((part, { increase }) => part + increase, 0)
      const totals = new Map<number, { readonly start: number; readonly value: number }>()
      const cumulative = steps.map(({ series, increase, at: seconds, isRestart }) => {
        const known = totals.get(series)
        const isNew = known === undefined || isRestart
        const next = isNew
          ? { start: seconds - 1, value: increase }
          : { start: known.start, value: known.value + increase }
        totals.set(series, next)
        const times = { startMicros: at(next.start), timeMicros: at(seconds) }
        return sum('cumulative', next.value, { ...times, attributes: { series } })
      })
      const increases = steps.map((step) => delta(step.increase, step.at, { series: step.series }))
      for (const metrics of [cumulative, increases]) {
        const { take, release, state } = session({ rules: { intervalMillis } })
        const results = inBatches(metrics, batch).map((some) => take(some))
        const rest = release(Number.POSITIVE_INFINITY)
        assert.is(total([...results, rest]), expected)
        assert.is(_.waiting(state()), 0)
        assert.equal(
          results.map(({ losses }) => losses),
          results.map(() => ({})),
        )
      }
    }),
    { numRuns: 300 },
  )
})

laws('points together give the same items as one by one', () => {
  fc.assert(
    fc.property(measured, options, (steps, { intervalMillis, batch }) => {
      const metrics = steps.map((step) => delta(step.increase, step.at, { series: step.series }))
      const run = (size: number): ReadonlyArray<unknown> => {
        const { take } = session({ rules: { intervalMillis } })
        return inBatches(metrics, size).flatMap((some) => take(some).items)
      }
      assert.equal(run(batch), run(1))
    }),
    { numRuns: 200 },
  )
})

laws.run()

const since = suite('MetricState: the first points of a state without a clock')

since('are the earliest of the first call', () => {
  const early = sum('cumulative', 5, { startMicros: at(-100), timeMicros: at(10) })
  const later = sum('cumulative', 7, {
    startMicros: at(12),
    timeMicros: at(20),
    attributes: { a: 1 },
  })
  const { take } = session({ isWithoutClock: true })
  const { items, losses } = take([early, later])
  assert.equal([items.map(({ value }) => value), losses], [[7], { metric_baseline: 1 }])
})

since('count from the time of the earliest point that has one', () => {
  const { take } = session({ isWithoutClock: true })
  const timeless = gauge(1, { timeMicros: Micros.zero })
  // It started before the first point that has a time.
  const result = take([timeless, sum('cumulative', 7)])
  assert.equal(result.losses, { metric_baseline: 1 })
})

since('a metric without points does not cost the others', () => {
  const { take } = session({ isWithoutClock: true })
  const broken = Object.assign({}, gauge(1), { data: undefined })
  const result = take([broken, gauge(2)])
  assert.equal([shown(result), result.losses], [[['gauge', 2]], { invalid_metric: 1 }])
})

since.run()
