import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { metricVolume as _ } from '../../src/metric/metricVolume.ts'
import type * as Metric from '../../src/model/Metric.ts'
import * as Micros from '../../src/model/Micros.ts'
import { at, gauge, histogram, metric } from './points.ts'

const volume = suite('metricVolume')

const shown = (...metrics: ReadonlyArray<Metric.Metric>): ReadonlyArray<unknown> =>
  [..._(metrics)].map(([name, { series, points }]) => [name, series, points])

volume('counts the points and the series of a name', () => {
  assert.equal(shown(), [])
  assert.equal(
    shown(gauge(1), gauge(2, { timeMicros: at(20) }), gauge(3, { attributes: { queue: 'a' } }), {
      ...histogram('delta', { count: 1 }),
      name: 'duration',
    }),
    [
      ['orders', 2, 3],
      ['duration', 1, 1],
    ],
  )
})

volume('a summary has its count, its sum and its quantiles', () => {
  const quantiles = [
    { quantile: 0.5, value: 1 },
    { quantile: 0.9, value: 2 },
  ]
  const facts = { attributes: {}, startMicros: Micros.zero, timeMicros: Micros.zero }
  const points = [{ ...facts, count: 2, sum: 3, quantiles }]
  assert.equal(shown(metric({ _tag: 'Summary', points })), [
    ['orders.count', 1, 1],
    ['orders.sum', 1, 1],
    ['orders', 2, 2],
  ])
})

volume.run()
