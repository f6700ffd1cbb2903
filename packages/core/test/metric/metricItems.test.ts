import { resource, spanId, traceId } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as TypedAttribute from '../../src/item/TypedAttribute.ts'
import * as MetricItem from '../../src/metric/MetricItem.ts'
import * as MetricState from '../../src/metric/MetricState.ts'
import * as Metric from '../../src/model/Metric.ts'
import * as Micros from '../../src/model/Micros.ts'
import * as Scope from '../../src/model/Scope.ts'
import {
  at,
  gauge,
  histogram,
  metric,
  START_MILLIS,
  session,
  shown,
  sum,
  weightOf,
} from './points.ts'

const kinds = suite('metricItems: kinds')

kinds('a gauge is a gauge', () => {
  assert.equal(shown(session().take([gauge(2.5)])), [['gauge', 2.5]])
})

kinds('an increase is a counter; an increase of zero is nothing', () => {
  const { take } = session()
  assert.equal(shown(take([sum('delta', 3)])), [['counter', 3]])
  assert.equal(take([sum('delta', 0)]), { items: [], losses: {} })
})

kinds('a cumulative sum is a counter of its increases', () => {
  const { take } = session()
  assert.equal(shown(take([sum('cumulative', 3)])), [['counter', 3]])
  assert.equal(shown(take([sum('cumulative', 10, { timeMicros: at(20) })])), [['counter', 7]])
})

const upDown = (temporality: Metric.Temporality, value: number, seconds: number): Metric.Metric => {
  const times = { startMicros: at(seconds - 10), timeMicros: at(seconds) }
  const points = [Metric.numberPoint(value, times)]
  return metric({ _tag: 'Sum', temporality, isMonotonic: false, points })
}

kinds('a sum that goes in both directions is a gauge of its value', () => {
  const { take } = session()
  assert.equal(shown(take([upDown('cumulative', -3, 10)])), [['gauge', -3]])
  const other = session()
  assert.equal(shown(other.take([upDown('delta', 5, 10)])), [['gauge', 5]])
  assert.equal(shown(other.take([upDown('delta', -2, 20)])), [['gauge', 3]])
})

kinds('a histogram is a distribution with its count and its sum', () => {
  const point = { count: 2_000, sum: 3_100, bounds: [1, 2], bucketCounts: [500, 1_000, 500] }
  const { items } = session().take([histogram('delta', point)])
  assert.is(
    items.reduce((count, item) => count + weightOf(item), 0),
    2_000,
  )
  assert.is(
    items.reduce((total, item) => total + item.value * weightOf(item), 0),
    3_100,
  )
  assert.ok(items.every(({ type }) => type === 'distribution'))
})

kinds('a cumulative histogram is a distribution of what is new', () => {
  const { take } = session()
  const of = (counts: ReadonlyArray<number>, total: number, seconds: number): Metric.Metric =>
    histogram('cumulative', {
      count: counts.reduce((a, b) => a + b, 0),
      sum: total,
      min: 0.1,
      max: 9,
      bounds: [1],
      bucketCounts: counts,
      timeMicros: at(seconds),
    })
  take([of([5, 1], 12, 10)])
  const { items } = take([of([7, 1], 13, 20)])
  assert.equal(
    items.map((item) => [item.value, weightOf(item)]),
    [[0.5, 2]],
  )
})

kinds('an exponential histogram is a distribution with its count and its sum', () => {
  const point = Metric.exponentialPoint({
    timeMicros: at(10),
    count: 7,
    sum: 20,
    scale: 0,
    zeroCount: 1,
    positive: { offset: 0, counts: [2, 3, 1] },
  })
  const data = { _tag: 'ExponentialHistogram', temporality: 'delta', points: [point] } as const
  const { items } = session().take([metric(data)])
  assert.is(
    items.reduce((count, item) => count + weightOf(item), 0),
    7,
  )
  const total = items.reduce((part, item) => part + item.value * weightOf(item), 0)
  assert.ok(Math.abs(total - 20) < 1e-9)
})

kinds('a summary is two counters, and a gauge for each quantile', () => {
  const point: Metric.SummaryPoint = {
    attributes: { route: '/' },
    startMicros: at(1),
    timeMicros: at(10),
    count: 4,
    sum: 8,
    quantiles: [
      { quantile: 0.5, value: 1.5 },
      { quantile: 0.99, value: Number.NaN },
    ],
  }
  const data = { _tag: 'Summary', points: [point] } as const
  const { items, losses } = session().take([metric(data, { unit: 's' })])
  assert.equal(
    items.map(({ name, type, value, unit, attributes }) => [
      ...[name, type, value, unit],
      attributes['quantile']?.value,
    ]),
    [
      ['orders.count', 'counter', 4, undefined, undefined],
      ['orders.sum', 'counter', 8, 'second', undefined],
      ['orders', 'gauge', 1.5, 'second', 0.5],
    ],
  )
  assert.equal(losses, { metric_no_value: 1 })
})

kinds.run()

const fields = suite('metricItems: fields')

fields('has the time, the unit, the facts of the resource and the attributes of the point', () => {
  const point = { timeMicros: Micros.of(at(10) + 123_456), timeNanos: 789, attributes: { n: 1 } }
  const shop = resource('shop', { 'service.version': '1.2.3', 'host.name': 'web-1' })
  const one = { ...gauge(1, point), unit: '{order}', resource: shop }
  const [item] = session().take([one]).items
  assert.is(item?.timestamp, START_MILLIS / 1000 + 10.123456)
  assert.is(item?.unit, undefined)
  const { attributes = {} } = item ?? {}
  assert.equal(attributes['sentry.timestamp.sequence'], { value: 789, type: 'integer' })
  assert.equal(attributes['otel.unit'], TypedAttribute.text('{order}'))
  assert.equal(attributes['n'], { value: 1, type: 'integer' })
  assert.equal(attributes['resource.service.name'], TypedAttribute.text('shop'))
  assert.equal(attributes['server.address'], TypedAttribute.text('web-1'))
  assert.equal(attributes['sentry.origin'], TypedAttribute.text('auto.otlp.metrics'))
  assert.is(attributes['sentry.client_sample_rate'], undefined)
})

fields('a sender cannot set the rate or the sequence', () => {
  const attributes = { 'sentry.client_sample_rate': 0.001, 'sentry.timestamp.sequence': 5 }
  const [item] = session().take([gauge(1, { attributes })]).items
  assert.is(item?.attributes['sentry.client_sample_rate'], undefined)
  assert.is(item?.attributes['sentry.timestamp.sequence'], undefined)
})

fields('has the time of now where the point has none', () => {
  const [item] = session().take([gauge(1, { timeMicros: Micros.zero })], 33).items
  assert.is(item?.timestamp, START_MILLIS / 1000 + 33)
})

const exemplar = (value: number, id: number): Metric.Exemplar => ({
  value,
  timeMicros: at(9),
  traceId: traceId(id),
  spanId: spanId(id),
  attributes: { plan: 'free' },
})

fields('an exemplar is a value with its trace', () => {
  const point = {
    count: 3,
    sum: 6,
    bounds: [5],
    bucketCounts: [3, 0],
    exemplars: [exemplar(2.5, 7)],
  }
  const { items } = session().take([histogram('delta', point)])
  const [first, second] = items
  assert.equal([first?.value, first?.trace_id, first?.span_id], [2.5, traceId(7), spanId(7)])
  assert.is(first?.attributes['plan']?.value, 'free')
  assert.is(second?.span_id, undefined)
  assert.is(second?.attributes['plan'], undefined)
  assert.not.equal(second?.trace_id, traceId(7))
})

fields('a sender cannot set facts about the item', () => {
  const facts = { 'sentry.timestamp.sequence': 7, 'sentry.client_sample_rate': 0.1, n: 1 }
  const exemplars = [{ ...exemplar(2.5, 7), attributes: facts }]
  const point = { count: 3, sum: 6, bounds: [5], bucketCounts: [3, 0] }
  const { items } = session().take([histogram('delta', { ...point, attributes: facts, exemplars })])
  assert.equal(
    items.map((item) => [weightOf(item), 'sentry.timestamp.sequence' in item.attributes]),
    [
      [1, false],
      [2, false],
    ],
  )
  assert.is(items[0]?.attributes['n']?.value, 1)
})

fields('the quantiles of a summary are of one type', () => {
  const quantiles = [0, 0.5, 1].map((quantile) => ({ quantile, value: 2 }))
  const { attributes } = Metric.numberPoint(1)
  const times = { startMicros: at(1), timeMicros: at(10) }
  const points = [{ attributes, ...times, count: 0, sum: 0, quantiles }]
  const { items } = session().take([metric({ _tag: 'Summary', points })])
  assert.equal(
    items.map((item) => item.attributes['quantile']?.type),
    ['double', 'double', 'double'],
  )
})

fields('a counter has the trace of its last exemplar, and not its attributes', () => {
  const exemplars = [exemplar(1, 7), exemplar(2, 8)]
  const [item] = session().take([sum('delta', 3, { exemplars })]).items
  assert.equal(
    [item?.trace_id, item?.span_id, item?.attributes['plan']],
    [traceId(8), spanId(8), undefined],
  )
})

fields('an exemplar without a trace costs no item', () => {
  const lone = { ...exemplar(2.5, 7), traceId: undefined }
  const point = { count: 3, sum: 6, bounds: [5], bucketCounts: [3, 0], exemplars: [lone] }
  assert.is(session().take([histogram('delta', point)]).items.length, 1)
})

fields('secrets of attributes are filtered', () => {
  const [item] = session().take([gauge(1, { attributes: { 'api.password': 'x' } })]).items
  assert.is(item?.attributes['api.password']?.value, '[Filtered]')
})

fields('a long name is cut, and counted', () => {
  const { items, losses } = session().take([{ ...gauge(1), name: 'é'.repeat(1_000) }])
  assert.is(items[0]?.name, 'é'.repeat(500))
  assert.equal(losses, { trimmed: 1 })
})

fields('the bytes are those of the item', () => {
  const { take } = session()
  const [item] = take([gauge(1, { attributes: { n: 1 } })]).items
  assert.ok(item !== undefined && MetricItem.bytesOf(item) > 30)
})

fields.run()

const losses = suite('metricItems: losses')

losses('counts points without a value', () => {
  const { take } = session()
  assert.equal(take([gauge(1, { hasNoValue: true })]).losses, { metric_no_value: 1 })
  assert.equal(take([gauge(Number.NaN), gauge(Number.POSITIVE_INFINITY)]).losses, {
    metric_no_value: 2,
  })
  assert.equal(take([histogram('delta', { count: 0, hasNoValue: true })]).losses, {
    metric_no_value: 1,
  })
})

losses('counts metrics that the rules leave out, and those without a name', () => {
  const { take } = session({ rules: { isSent: (name) => !name.startsWith('go.') } })
  assert.equal(take([{ ...gauge(1), name: 'go.gc' }]).losses, { metric_filtered: 1 })
  assert.equal(take([{ ...gauge(1), name: ' ' }]).losses, { invalid_metric: 1 })
})

losses('counts the points of series beyond the limit', () => {
  const { take } = session({ rules: { maxSeries: 2 } })
  const series = (n: number): Metric.Metric => gauge(n, { attributes: { n } })
  assert.equal(take([1, 2, 3].map(series)).losses, { metric_series: 1 })
  assert.equal(take([1, 2, 3].map(series)).losses, { metric_series: 1 })
})

losses('counts what a hook drops, and what it does wrong', () => {
  const dropping = session({ hook: () => ({ _tag: 'None' }) })
  assert.equal(dropping.take([gauge(1)]), { items: [], losses: { before_send_metric: 1 } })
  const throwing = session({
    hook: () => {
      throw new Error('a mistake')
    },
  })
  assert.equal(throwing.take([gauge(1)]), { items: [], losses: { hook_failed_metric: 1 } })
})

losses('a metric that was made by hand, and lacks fields, costs only itself', () => {
  const broken = [{}, { name: 'a' }, { name: 'a', data: { _tag: 'Gauge', points: [{}] } }]
  // Programs in JavaScript may give anything.
  const { items, losses: counted } = session().take([
    ...(broken as ReadonlyArray<unknown> as ReadonlyArray<Metric.Metric>),
    gauge(1),
  ])
  assert.is(items.length, 1)
  assert.ok((counted.invalid_metric ?? 0) + (counted.metric_no_value ?? 0) >= 3)
})

losses('a metric with one broken point loses all of its points, and counts them', () => {
  const good = Metric.numberPoint(1, { timeMicros: at(10) })
  const points = [good, null, good] as ReadonlyArray<unknown> as ReadonlyArray<Metric.NumberPoint>
  const broken = metric({ _tag: 'Gauge', points })
  assert.equal(session().take([broken]), { items: [], losses: { invalid_metric: 3 } })
  const attributes = undefined as unknown as Metric.NumberPoint['attributes']
  const late = metric({ _tag: 'Gauge', points: [good, { ...good, attributes }] })
  assert.equal(session().take([late]), { items: [], losses: { invalid_metric: 2 } })
})

losses('counts histograms of which no value is known', () => {
  const point = { count: 3, bounds: [], bucketCounts: [3] }
  assert.equal(session().take([histogram('delta', point)]).losses, { metric_no_value: 1 })
  const empty = session().take([histogram('delta', { ...point, count: 0, bucketCounts: [0] })])
  assert.equal(empty, { items: [], losses: {} })
  // Infinite measurements.
  const infinite = { count: 1, bounds: [1, Number.POSITIVE_INFINITY], bucketCounts: [0, 0, 1] }
  assert.equal(session().take([histogram('delta', infinite)]).losses, { trimmed: 1 })
})

losses.run()

const hook = suite('metricItems: hook')

hook('changes the name, the value, the unit and the attributes; the rate and the time stay', () => {
  const point = { count: 3, sum: 6, bounds: [5], bucketCounts: [3, 0], timeNanos: 5 }
  const { take } = session({
    hook: (item) => ({
      _tag: 'Some',
      value: { ...item, name: 'other', value: 1, unit: 'byte', attributes: {} },
    }),
  })
  const [item] = take([histogram('delta', point)]).items
  assert.equal([item?.name, item?.value, item?.unit], ['other', 1, 'byte'])
  assert.equal(Object.keys(item?.attributes ?? {}).sort(), [
    'sentry.client_sample_rate',
    'sentry.timestamp.sequence',
  ])
})

hook('gets a copy', () => {
  const { take } = session({
    hook: (item) => {
      // A hook in JavaScript may write.
      Object.assign(item.attributes, { more: TypedAttribute.of(1) })
      return { _tag: 'Some', value: item }
    },
  })
  assert.is(take([gauge(1)]).items[0]?.attributes['more']?.value, 1)
  assert.is(take([gauge(1)]).items[0]?.attributes['more']?.value, 1)
})

hook.run()

const series = suite('metricItems: series')

series('are distinguished by resource, scope, name, unit and attributes', () => {
  const { take, state } = session()
  const one = sum('cumulative', 1)
  take([
    one,
    { ...one, name: 'other' },
    { ...one, unit: 's' },
    { ...one, resource: resource('other') },
    { ...one, scope: { ...Scope.unknown, name: 'meter' } },
    sum('cumulative', 1, { attributes: { a: 1 } }),
    sum('cumulative', 1, { attributes: { a: '1' } }),
    sum('cumulative', 1, { attributes: { a: true } }),
  ])
  assert.is(MetricState.series(state()), 8)
})

series('have their attributes in any order, and equal resources', () => {
  const { take, state } = session()
  take([sum('cumulative', 1, { attributes: { a: 1, b: 2 } })])
  const again = sum('cumulative', 3, { attributes: { b: 2, a: 1 }, timeMicros: at(20) })
  assert.equal(shown(take([{ ...again, resource: resource('shop') }])), [['counter', 2]])
  assert.is(MetricState.series(state()), 1)
})

series.run()
