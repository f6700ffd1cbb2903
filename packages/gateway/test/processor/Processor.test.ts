import type { LogBatch, MetricBatch } from '@sentry-exporter/core'
import * as Batch from '@sentry-exporter/core/Batch'
import * as Metric from '@sentry-exporter/core/Metric'
import * as Micros from '@sentry-exporter/core/Micros'
import * as Resource from '@sentry-exporter/core/Resource'
import { span } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/processor/Processor.ts'

const privacy: _.Processor = {
  id: 'attributes',
  target: 'attributes',
  actions: [{ _tag: 'Delete', key: 'email', pattern: undefined }],
}

const rename: _.Processor = {
  id: 'resource',
  target: 'resource',
  actions: [{ _tag: 'Upsert', key: 'service.name', source: { _tag: 'Value', value: 'shop' } }],
}

const resource = Resource.of({ 'service.name': 'web', email: 'ops@example.com' })

const processSpans = suite('Processor.processSpans')

processSpans('changes the attributes of spans, or those of their resources', () => {
  const batch = { ...Batch.empty, spans: [span({ attributes: { email: 'a', id: 1 }, resource })] }
  const [changed] = _.processSpans([privacy, rename])(batch).spans
  assert.equal(changed?.attributes, { id: 1 })
  assert.equal(changed?.resource.attributes, { 'service.name': 'shop', email: 'ops@example.com' })
  assert.is(changed?.resource.service.name, 'shop')
  assert.is(batch.spans[0]?.resource.service.name, 'web')
})

processSpans('keeps one resource for spans that shared one', () => {
  const spans = [span({ resource }), span({ resource }), span({ resource: Resource.of({}) })]
  const [first, second, third] = _.processSpans([rename])({ ...Batch.empty, spans }).spans
  assert.is(first?.resource, second?.resource)
  assert.is.not(first?.resource, third?.resource)
})

processSpans('keeps a span that no action changes', () => {
  const one = span({ attributes: { id: 1 }, resource })
  assert.is(_.processSpans([privacy])({ ...Batch.empty, spans: [one] }).spans[0], one)
  const batch = { ...Batch.empty, spans: [one] }
  assert.is(_.processSpans([])(batch), batch)
})

processSpans.run()

const processRecords = suite('Processor.processRecords')

const logs: LogBatch.LogBatch = {
  records: [
    {
      traceId: undefined,
      spanId: undefined,
      timeMicros: Micros.zero,
      severity: 9,
      body: 'signed in',
      attributes: { email: 'a', id: 1 },
      resource,
    },
  ],
  rejected: [],
  repairs: {},
}

processRecords('changes the attributes of log records, and those of their resources', () => {
  const [changed] = _.processRecords([privacy, rename])(logs).records
  assert.equal(changed?.attributes, { id: 1 })
  assert.is(changed?.resource.service.name, 'shop')
  assert.is(changed?.body, 'signed in')
  assert.is(_.processRecords([])(logs), logs)
})

processRecords('knows which numbers of a record are doubles', () => {
  const convert: _.Processor = {
    id: 'attributes',
    target: 'attributes',
    actions: [
      { _tag: 'Convert', key: 'id', to: 'double' },
      { _tag: 'Delete', key: 'ratio', pattern: undefined },
    ],
  }
  const records = logs.records.map((record) => ({
    ...record,
    attributes: { id: 1, ratio: 2, size: 3 },
    doubles: ['ratio', 'size'],
  }))
  const [changed] = _.processRecords([convert])({ ...logs, records }).records
  assert.equal(changed?.attributes, { id: 1, size: 3 })
  assert.equal([...(changed?.doubles ?? [])].sort(), ['id', 'size'])
})

processRecords.run()

const processMetrics = suite('Processor.processMetrics')

const EXEMPLAR: Metric.Exemplar = {
  value: 1,
  timeMicros: Micros.zero,
  traceId: undefined,
  spanId: undefined,
  attributes: { email: 'b' },
}

const point = { attributes: { email: 'a', id: 1 } }

const quantiles = { ...Metric.numberPoint(0), count: 1, sum: 1, quantiles: [] }

const DATA: ReadonlyArray<Metric.MetricData> = [
  { _tag: 'Gauge', points: [Metric.numberPoint(1, point)] },
  {
    _tag: 'Sum',
    temporality: 'delta',
    isMonotonic: true,
    points: [Metric.numberPoint(1, { ...point, exemplars: [EXEMPLAR] })],
  },
  { _tag: 'Histogram', temporality: 'delta', points: [Metric.histogramPoint(point)] },
  { _tag: 'ExponentialHistogram', temporality: 'delta', points: [Metric.exponentialPoint(point)] },
  { _tag: 'Summary', points: [{ ...quantiles, ...point }] },
]

const metrics: MetricBatch.MetricBatch = {
  metrics: DATA.map((data) => Metric.make({ name: data._tag, data, resource })),
  rejected: [],
  repairs: {},
}

processMetrics('changes the attributes of points of each kind, and those of resources', () => {
  const changed = _.processMetrics([privacy, rename])(metrics).metrics
  assert.equal(
    changed.map(({ name, data }) => [name, data._tag, data.points[0]?.attributes]),
    DATA.map(({ _tag }) => [_tag, _tag, { id: 1 }]),
  )
  assert.equal(
    changed.map((one) => one.resource.service.name),
    DATA.map(() => 'shop'),
  )
  assert.is(new Set(changed.map((one) => one.resource)).size, 1)
  assert.equal(metrics.metrics[0]?.data.points[0]?.attributes, { email: 'a', id: 1 })
})

processMetrics('changes the attributes of exemplars, which are sent with their values', () => {
  const sum = _.processMetrics([privacy])(metrics).metrics[1]?.data
  const [exemplar] = sum?._tag === 'Sum' ? (sum.points[0]?.exemplars ?? []) : []
  assert.equal([exemplar?.value, exemplar?.attributes], [1, {}])
})

processMetrics('keeps a metric that no action changes', () => {
  const other = { ...privacy, actions: [{ _tag: 'Delete', key: 'x', pattern: undefined }] as const }
  assert.is(_.processMetrics([other])(metrics).metrics[0], metrics.metrics[0])
  assert.is(_.processMetrics([])(metrics), metrics)
})

processMetrics('knows which numbers of a point are doubles', () => {
  const convert: _.Processor = {
    id: 'attributes',
    target: 'attributes',
    actions: [{ _tag: 'Convert', key: 'id', to: 'double' }],
  }
  const [changed] = _.processMetrics([convert])(metrics).metrics
  assert.equal(changed?.data.points[0]?.doubles, ['id'])
})

processMetrics.run()
