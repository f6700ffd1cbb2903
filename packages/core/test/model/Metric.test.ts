import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/model/Metric.ts'
import * as Resource from '../../src/model/Resource.ts'
import * as Scope from '../../src/model/Scope.ts'

const make = suite('Metric.make')

make('fills the facts that are left out', () => {
  const metric = _.make({ name: 'queue.size', data: { _tag: 'Gauge', points: [] } })
  assert.equal(metric, {
    name: 'queue.size',
    unit: '',
    data: { _tag: 'Gauge', points: [] },
    resource: Resource.unknown,
    scope: Scope.unknown,
  })
})

make('makes points of every kind from the fields that matter', () => {
  const facts = { attributes: {}, startMicros: 0, timeMicros: 0, exemplars: [] }
  assert.equal(_.numberPoint(3), { ...facts, value: 3 })
  assert.equal(_.histogramPoint({ count: 2 }), {
    ...facts,
    count: 2,
    bounds: [],
    bucketCounts: [],
  })
  assert.equal(_.exponentialPoint({ scale: 3 }), {
    ...facts,
    count: 0,
    scale: 3,
    zeroCount: 0,
    zeroThreshold: 0,
    positive: _.noBuckets,
    negative: _.noBuckets,
  })
})

make.run()

const points = suite('Metric.points')

points('counts the points of a metric of any kind', () => {
  const point = _.numberPoint(1)
  const data = {
    _tag: 'Sum',
    temporality: 'delta',
    isMonotonic: true,
    points: [point, point],
  } as const
  assert.is(_.points(_.make({ name: 'a', data })), 2)
  assert.is(_.points(_.make({ name: 'a', data: { _tag: 'Summary', points: [] } })), 0)
})

points.run()
