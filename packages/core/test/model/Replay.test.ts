import { span, spanId } from '@sentry-exporter/testing/spans'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Batch from '../../src/model/Batch.ts'
import * as Metric from '../../src/model/Metric.ts'
import * as Micros from '../../src/model/Micros.ts'
import * as _ from '../../src/model/Replay.ts'
import * as Resource from '../../src/model/Resource.ts'

const NOW = 1_800_000_000_000

const recordingOf = (
  spans: ReadonlyArray<number>,
  records: ReadonlyArray<number>,
  points: ReadonlyArray<number> = [],
): _.RecordedTelemetry => ({
  traces: spans.map((start, index) => ({
    ...Batch.empty,
    spans: [
      span({
        spanId: spanId(index + 1),
        startMicros: Micros.of(start),
        endMicros: Micros.of(start + 10),
        events: [
          { name: 'e', timeMicros: Micros.of(start + 5), attributes: {}, droppedAttributes: 0 },
        ],
      }),
    ],
  })),
  logs: records.map((timeMicros) => ({
    records: [
      {
        traceId: undefined,
        spanId: undefined,
        timeMicros: Micros.of(timeMicros),
        severity: 17,
        body: '',
        attributes: {},
        resource: Resource.of({}),
      },
    ],
    rejected: [],
    repairs: {},
  })),
  metrics: metricsOf(points),
})

const metricsOf = (points: ReadonlyArray<number>): _.RecordedTelemetry['metrics'] =>
  points.flatMap((start) => {
    const facts = {
      startMicros: Micros.of(start),
      timeMicros: Micros.of(start + 10),
      attributes: {},
    }
    const exemplar = { timeMicros: Micros.of(start + 5), value: 1, attributes: {} }
    const exemplars = [{ ...exemplar, traceId: undefined, spanId: undefined }]
    const all: ReadonlyArray<Metric.MetricData> = [
      { _tag: 'Gauge', points: [Metric.numberPoint(1, { ...facts, exemplars })] },
      {
        _tag: 'Sum',
        temporality: 'delta',
        isMonotonic: true,
        points: [Metric.numberPoint(1, facts)],
      },
      {
        _tag: 'Histogram',
        temporality: 'delta',
        points: [Metric.histogramPoint({ ...facts, exemplars })],
      },
      {
        _tag: 'ExponentialHistogram',
        temporality: 'delta',
        points: [Metric.exponentialPoint({ ...facts, exemplars })],
      },
      { _tag: 'Summary', points: [{ ...facts, count: 1, sum: 1, quantiles: [] }] },
    ]
    const metrics = all.map((data) => Metric.make({ name: 'm', data }))
    return [{ metrics, rejected: [], repairs: {} }]
  })

const pointsOf = ({ metrics }: _.RecordedTelemetry): ReadonlyArray<Metric.AnyPoint> =>
  metrics.flatMap((batch) => batch.metrics.flatMap(({ data }) => [...data.points]))

const timesOf = (recording: _.RecordedTelemetry): ReadonlyArray<number> => {
  const { traces, logs } = recording
  return [
    ...spanTimesOf(traces),
    ...logs.flatMap(({ records }) => records.map(({ timeMicros }) => timeMicros)),
    ...pointsOf(recording).flatMap((point) => [
      point.startMicros,
      point.timeMicros,
      ...Metric.exemplarsOf(point).map(({ timeMicros }) => timeMicros),
    ]),
  ]
}

const spanTimesOf = (traces: _.RecordedTelemetry['traces']): ReadonlyArray<number> =>
  traces.flatMap(({ spans }) =>
    spans.flatMap(({ startMicros, endMicros, events }) => [
      startMicros,
      endMicros,
      ...events.map(({ timeMicros }) => timeMicros),
    ]),
  )

const replay = suite('Replay')

replay('shifts all times of traces, logs and metrics by one distance, the latest to now', () => {
  const times = fc.array(fc.integer({ min: 1, max: 2e15 }), { maxLength: 8 })
  fc.assert(
    fc.property(times, times, times, (spans, records, points) => {
      const recording = recordingOf(spans, records, points)
      const by = _.microsTo(NOW)(recording)
      const shifted = _.shift(by)(recording)
      assert.equal(
        timesOf(shifted),
        timesOf(recording).map((time) => time + by),
      )
      if (spans.length + records.length + points.length > 0) {
        assert.is(Math.max(...timesOf(shifted)), NOW * 1_000)
      }
    }),
  )
})

replay('counts what was moved, and leaves a time of zero as it is', () => {
  const recording = recordingOf([7], [0], [7])
  const { traces, logs, metrics } = _.shift(1_000)(recording)
  assert.equal(traces[0]?.repairs, { moved: 1 })
  assert.equal(logs[0]?.repairs, { moved: 1 })
  assert.equal(metrics[0]?.repairs, { moved: 5 })
  assert.is(logs[0]?.records[0]?.timeMicros, 0)
  assert.is(_.shift(0)(recording), recording)
  assert.is(_.microsTo(NOW)({ traces: [], logs: [], metrics: [] }), 0)
})

replay(
  'derives other ids from a salt, and keeps trees, links, log records and exemplars together',
  () => {
    const root = span({ spanId: spanId(1) })
    const child = span({
      spanId: spanId(2),
      parentSpanId: spanId(1),
      links: [
        {
          traceId: root.traceId,
          spanId: spanId(1),
          traceState: '',
          attributes: {},
          flags: undefined,
          droppedAttributes: 0,
        },
      ],
    })
    const { logs } = recordingOf([], [1, 1])
    const [first, second] = logs
    assert.ok(first && second)
    const recording = {
      traces: [{ ...Batch.empty, spans: [root, child] }],
      logs: [
        {
          ...first,
          records: first.records.map((one) => ({
            ...one,
            traceId: root.traceId,
            spanId: spanId(2),
          })),
        },
        second,
      ],
      metrics: metricsOf([1]).map((batch) => ({
        ...batch,
        metrics: batch.metrics.map(
          Metric.mapPoints((point) =>
            Metric.mapExemplars((one) => ({ ...one, traceId: root.traceId, spanId: spanId(2) }))(
              point,
            ),
          ),
        ),
      })),
    }
    const renewed = _.renewIds('a')(recording)
    const [newRoot, newChild] = renewed.traces[0]?.spans ?? []
    assert.ok(newRoot && newChild)
    assert.is.not(newRoot.traceId, root.traceId)
    assert.is.not(newRoot.spanId, root.spanId)
    assert.is(newRoot.parentSpanId, undefined)
    assert.equal([newChild.traceId, newChild.parentSpanId], [newRoot.traceId, newRoot.spanId])
    assert.equal(
      newChild.links.map((link) => [link.traceId, link.spanId]),
      [[newRoot.traceId, newRoot.spanId]],
    )
    const records = renewed.logs.flatMap((batch) => batch.records)
    assert.equal(
      records.map((one) => [one.traceId, one.spanId]),
      [
        [newRoot.traceId, newChild.spanId],
        [undefined, undefined],
      ],
    )
    const exemplars = pointsOf(renewed).flatMap(Metric.exemplarsOf)
    assert.equal(
      exemplars.map((one) => [one.traceId, one.spanId]),
      [1, 2, 3].map(() => [newRoot.traceId, newChild.spanId]),
    )
    assert.equal(_.renewIds('a')(recording), renewed)
    assert.is.not(_.renewIds('b')(recording).traces[0]?.spans[0]?.traceId, newRoot.traceId)
  },
)

replay.run()
