import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/model/Metric.ts'
import * as Micros from '../../src/model/Micros.ts'
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

const changes = suite('Metric.mapPoints')

const exemplar: _.Exemplar = {
  value: 1,
  timeMicros: Micros.zero,
  traceId: undefined,
  spanId: undefined,
  attributes: {},
}

const facts = { attributes: {}, startMicros: Micros.zero, timeMicros: Micros.zero }

const temporality = 'delta'

const ALL: ReadonlyArray<_.MetricData> = [
  { _tag: 'Gauge', points: [_.numberPoint(1, { exemplars: [exemplar] })] },
  {
    _tag: 'Sum',
    temporality,
    isMonotonic: true,
    points: [_.numberPoint(1, { exemplars: [exemplar] })],
  },
  { _tag: 'Histogram', temporality, points: [_.histogramPoint({ exemplars: [exemplar] })] },
  {
    _tag: 'ExponentialHistogram',
    temporality,
    points: [_.exponentialPoint({ exemplars: [exemplar] })],
  },
  { _tag: 'Summary', points: [{ ...facts, count: 1, sum: 2, quantiles: [] }] },
]

for (const data of ALL) {
  changes(`changes the points of a ${data._tag}, and their exemplars`, () => {
    const metric = _.make({ name: 'a', data })
    assert.equal(_.mapPoints((point) => point)(metric), metric)
    const timeMicros = Micros.of(5)
    const later = _.mapPoints((point) =>
      _.mapExemplars((one) => ({ ...one, timeMicros }))({ ...point, timeMicros }),
    )(metric)
    const [point] = later.data.points
    assert.is(point?.timeMicros, 5)
    assert.equal(
      point && _.exemplarsOf(point),
      data._tag === 'Summary' ? [] : [{ ...exemplar, timeMicros }],
    )
    assert.is('exemplars' in Object(point), data._tag !== 'Summary')
  })
}

changes.run()
