import { deepStrictEqual } from 'node:assert/strict'
import type { MetricBatch } from '@sentry-exporter/core'
import type * as Metric from '@sentry-exporter/core/Metric'
import * as Rejected from '@sentry-exporter/core/Rejected'
import * as oracle from '@sentry-exporter/workspace/oracle'
import * as Recorded from '@sentry-exporter/workspace/Recorded'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as DecodeError from '../src/DecodeError.ts'
import * as _ from '../src/ExportMetricsRequest.ts'
import { metricsRequest, SPAN_ID, TRACE_ID } from './metricsRequest.ts'

const good = (value: unknown): MetricBatch.MetricBatch => {
  const decoded = _.decode(value)
  if (E.isLeft(decoded)) throw new Error(DecodeError.show(decoded.left))
  return decoded.right
}

const request = (...metrics: ReadonlyArray<unknown>): unknown => ({
  resourceMetrics: [{ scopeMetrics: [{ metrics }] }],
})

/** The points of a metric that has one kind of data. */
const pointsOf = (data: object): ReadonlyArray<Metric.MetricPoint> => {
  const { metrics, rejected } = good(request({ name: 'a', ...data }))
  assert.equal(rejected.map(Rejected.show), [])
  return metrics[0]?.data.points ?? []
}

const gauge = (...dataPoints: ReadonlyArray<unknown>): object => ({ gauge: { dataPoints } })

const histogram = (...dataPoints: ReadonlyArray<unknown>): object => ({
  histogram: { aggregationTemporality: 1, dataPoints },
})

const exponential = (...dataPoints: ReadonlyArray<unknown>): object => ({
  exponentialHistogram: { aggregationTemporality: 1, dataPoints },
})

const summary = (...dataPoints: ReadonlyArray<unknown>): object => ({ summary: { dataPoints } })

/** The values of one point of a gauge for each, and the repairs. */
const values = (...dataPoints: ReadonlyArray<unknown>): readonly [unknown, object] => {
  const { metrics, repairs } = good(request(gauge(...dataPoints)))
  const [metric] = metrics
  return [
    metric?.data._tag === 'Gauge' ? metric.data.points.map(({ value }) => value) : [],
    repairs,
  ]
}

const decode = suite('ExportMetricsRequest.decode')

const TIMES = {
  startMicros: 1_795_800_000_000_000,
  timeMicros: 1_795_800_060_000_000,
  timeNanos: 123,
}

const FACTS = { doubles: undefined, hasNoValue: false, ...TIMES }

decode('reads a request with all kinds of metrics', () => {
  const { metrics, rejected, repairs } = good(metricsRequest)
  assert.equal([rejected, repairs], [[], {}])
  assert.equal(
    metrics.map(({ name, unit, scope, resource }) => [
      name,
      unit,
      scope.name,
      resource.attributes['service.name'],
    ]),
    [
      ['http.server.request.duration', 's', '@opentelemetry/instrumentation-http', 'shop'],
      ['messaging.process.duration', 's', '@opentelemetry/instrumentation-http', 'shop'],
      ['jobs_processed_total', '', 'prometheusreceiver', 'shop'],
      ['gc_pause_seconds', 's', 'prometheusreceiver', 'shop'],
      ['v8js.memory.heap.used', 'By', 'prometheusreceiver', 'shop'],
    ],
  )
  const data: ReadonlyArray<unknown> = [
    {
      _tag: 'Histogram',
      temporality: 'cumulative',
      points: [
        {
          ...FACTS,
          attributes: {
            'http.request.method': 'GET',
            'http.route': '/products/:id',
            'http.response.status_code': 200,
          },
          count: 7,
          sum: 0.8125,
          min: 0.004,
          max: 0.4,
          bounds: [0.005, 0.01, 0.1, 1],
          bucketCounts: [1, 2, 3, 1, 0],
          exemplars: [
            {
              value: 0.4,
              timeMicros: 1_795_800_059_000_000,
              timeNanos: 0,
              traceId: TRACE_ID,
              spanId: SPAN_ID,
              attributes: { 'user_agent.original': 'curl/8.5.0' },
            },
          ],
        },
      ],
    },
    {
      _tag: 'ExponentialHistogram',
      temporality: 'delta',
      points: [
        {
          ...FACTS,
          attributes: {},
          count: 6,
          sum: 3.5,
          min: 0,
          max: 1.25,
          scale: 3,
          zeroCount: 1,
          zeroThreshold: 1e-9,
          positive: { offset: -12, counts: [2, 0, 3] },
          negative: { offset: 0, counts: [] },
          exemplars: [
            {
              value: 1,
              timeMicros: 1_795_800_060_000_000,
              timeNanos: 123,
              traceId: undefined,
              spanId: undefined,
              attributes: {},
            },
          ],
        },
      ],
    },
    {
      _tag: 'Sum',
      temporality: 'cumulative',
      isMonotonic: true,
      points: [
        { ...FACTS, attributes: { queue: 'mail' }, value: 12, exemplars: [] },
        {
          ...FACTS,
          hasNoValue: true,
          attributes: { queue: 'stale' },
          value: Number.NaN,
          exemplars: [],
        },
      ],
    },
    {
      _tag: 'Summary',
      points: [
        {
          ...FACTS,
          attributes: {},
          count: 21,
          sum: 0.5,
          quantiles: [
            { quantile: 0.5, value: 0.01 },
            { quantile: 0.99, value: 0.2 },
          ],
        },
      ],
    },
    {
      _tag: 'Gauge',
      points: [
        {
          ...FACTS,
          startMicros: 0,
          attributes: { 'v8js.heap.space.name': 'new_space' },
          value: 31_457_280,
          exemplars: [],
        },
      ],
    },
  ]
  deepStrictEqual(
    metrics.map((one) => one.data),
    data,
  )
})

decode('reads the original names', () => {
  const snake = (text: string): string =>
    text.replace(
      /"(\w+)":/g,
      (_all, key: string) => `"${key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}":`,
    )
  const renamed = snake(JSON.stringify(metricsRequest))
  assert.match(renamed, '"exponential_histogram":')
  deepStrictEqual(_.parse(renamed), _.decode(metricsRequest))
  const older = JSON.stringify(metricsRequest).replaceAll('"scope', '"instrumentationLibrary')
  deepStrictEqual(_.parse(older), _.decode(metricsRequest))
})

decode('reads integers of 64 bits in every form, and counts those that are rounded', () => {
  const ints = ['7', '-7', 7, '7.0', '7e2', 7n]
  assert.equal(values(...ints.map((asInt) => ({ asInt }))), [[7, -7, 7, 7, 700, 7], {}])
  const large = ['9223372036854775807', '-9223372036854775808', 2 ** 53, '9007199254740991']
  assert.equal(values(...large.map((asInt) => ({ asInt }))), [
    [2 ** 63, -(2 ** 63), 2 ** 53, 2 ** 53 - 1],
    { rounded: 3 },
  ])
})

decode('reads doubles in every form', () => {
  const doubles = [1.5, '1.5', '-2e3', 'NaN', 'Infinity', '-Infinity', 3]
  assert.equal(values(...doubles.map((asDouble) => ({ asDouble }))), [
    [1.5, 1.5, -2000, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 3],
    {},
  ])
})

decode('takes the last of two values, and the last of two kinds', () => {
  const both = [
    { asInt: 1, asDouble: 2.5 },
    { asDouble: 2.5, asInt: 1 },
    { as_double: 2.5, as_int: 1 },
    { asInt: 1, asDouble: null },
  ]
  assert.equal(values(...both), [[2.5, 1, 1, 1], {}])
  const { metrics } = good(
    request({ ...gauge({ asInt: 1 }), ...summary({}) }, { ...summary({}), ...gauge({ asInt: 1 }) }),
  )
  assert.equal(
    metrics.map(({ data }) => data._tag),
    ['Summary', 'Gauge'],
  )
})

decode(
  'has the defaults of protobuf for absent values, and none for those that are optional',
  () => {
    const [point] = pointsOf(histogram({}))
    assert.equal(point, {
      attributes: {},
      doubles: undefined,
      startMicros: 0,
      timeMicros: 0,
      timeNanos: 0,
      hasNoValue: false,
      count: 0,
      sum: undefined,
      min: undefined,
      max: undefined,
      bounds: [],
      bucketCounts: [],
      exemplars: [],
    })
    const zero = { count: null, sum: 0, min: 0, max: '-0.0', explicitBounds: [], bucketCounts: [3] }
    const [sent] = pointsOf(histogram(zero))
    assert.equal(Object.entries(sent ?? {}).slice(6, 12), [
      ['count', 0],
      ['sum', 0],
      ['min', 0],
      ['max', -0],
      ['bounds', []],
      ['bucketCounts', [3]],
    ])
  },
)

decode('leaves out metrics without points, which cost nothing', () => {
  const empty = [{ gauge: {} }, { sum: { dataPoints: [] } }, { histogram: { dataPoints: null } }]
  assert.equal(good(request(...empty)), { metrics: [], rejected: [], repairs: {} })
  assert.equal(good({}), { metrics: [], rejected: [], repairs: {} })
})

decode('names attributes that were sent as whole doubles, not those of exemplars', () => {
  const ratio = [{ key: 'ratio', value: { doubleValue: 2 } }]
  const exemplars = [{ asInt: 1, filteredAttributes: [{ key: 'a', value: { doubleValue: 3 } }] }]
  const points = pointsOf(
    gauge({ asInt: 1, attributes: ratio, exemplars }, { asInt: 1, exemplars }),
  )
  assert.equal(
    points.map(({ doubles }) => doubles),
    [['ratio'], undefined],
  )
})

const SHAPE = 'a metric with one of gauge, sum, histogram, exponentialHistogram and summary'

// a metric, what is rejected, and the points that are left
const REJECTED: ReadonlyArray<readonly [unknown, ReadonlyArray<string>, number]> = [
  [7, [': expected a metric, got 7'], 0],
  [{ name: 'a' }, [`: expected ${SHAPE}, got an object with the key "name"`], 0],
  [{ intGauge: {} }, [`: expected ${SHAPE}, got an object with the key "intGauge"`], 0],
  [{ gauge: 7 }, ['.gauge: expected an object, got 7'], 0],
  [{ sum: { dataPoints: {} } }, ['.sum.dataPoints: expected an array, got an object'], 0],
  [
    { sum: { dataPoints: [{ asInt: 1 }, { asInt: 2 }] } },
    ['.sum.aggregationTemporality: expected delta (1) or cumulative (2), got nothing'],
    0,
  ],
  [
    { histogram: { aggregationTemporality: 3, dataPoints: [{}] } },
    ['.histogram.aggregationTemporality: expected delta (1) or cumulative (2), got 3'],
    0,
  ],
  [
    gauge({ asInt: 1 }, 7, { asInt: 'x' }, { asInt: 2 }, {}, { asDouble: true }),
    [
      '.gauge.dataPoints[1]: expected an object, got 7',
      '.gauge.dataPoints[2].asInt: expected a 64-bit integer, got "x"',
      '.gauge.dataPoints[4]: expected asInt or asDouble, got nothing',
      '.gauge.dataPoints[5].asDouble: expected a number, got true',
    ],
    2,
  ],
  [
    gauge({ asInt: 1.5 }, { asInt: '9223372036854777857' }, { asDouble: 'nan' }, { flags: 2 }),
    [
      '.gauge.dataPoints[0].asInt: expected a 64-bit integer, got 1.5',
      '.gauge.dataPoints[1].asInt: expected a 64-bit integer, got "9223372036854777857"',
      '.gauge.dataPoints[2].asDouble: expected a number, got "nan"',
      '.gauge.dataPoints[3]: expected asInt or asDouble, got nothing',
    ],
    0,
  ],
  [
    histogram(
      { count: -1 },
      { bucketCounts: [1, '-2'], explicitBounds: [1] },
      { bucketCounts: [1], explicitBounds: [1] },
      { explicitBounds: [1, 2] },
      { bucketCounts: [1, 2, 3], explicitBounds: [1, 1] },
      { bucketCounts: [1, 2], explicitBounds: ['NaN'] },
      { bucketCounts: [1, 2], explicitBounds: [[]] },
      { bucketCounts: 'x' },
      { sum: 'x', min: 'y' },
      { bucketCounts: [1, 2, 3], explicitBounds: [0, 'Infinity'] },
    ),
    [
      '.histogram.dataPoints[0].count: expected an unsigned 64-bit integer, got -1',
      '.histogram.dataPoints[1].bucketCounts[1]: expected an unsigned 64-bit integer, got "-2"',
      '.histogram.dataPoints[2].bucketCounts: expected one more than the 1 bounds, got 1 counts',
      '.histogram.dataPoints[3].bucketCounts: expected one more than the 2 bounds, got 0 counts',
      '.histogram.dataPoints[4].explicitBounds[1]: expected a number above 1, got 1',
      '.histogram.dataPoints[5].explicitBounds[0]: expected a number, got NaN',
      '.histogram.dataPoints[6].explicitBounds[0]: expected a number, got an array',
      '.histogram.dataPoints[7].bucketCounts: expected an array, got "x"',
      '.histogram.dataPoints[8].sum: expected a number, got "x"',
    ],
    1,
  ],
  [
    exponential(
      { scale: 53 },
      { scale: -12 },
      { scale: 0.5 },
      { zeroCount: {} },
      { zeroThreshold: -1 },
      { positive: 7 },
      { positive: { offset: 2 ** 31 } },
      { negative: { bucketCounts: [1, null] } },
      { scale: -11, positive: { offset: -(2 ** 31) } },
    ),
    [
      '.exponentialHistogram.dataPoints[0].scale: expected an integer from -11 to 52, got 53',
      '.exponentialHistogram.dataPoints[1].scale: expected an integer from -11 to 52, got -12',
      '.exponentialHistogram.dataPoints[2].scale: expected a 32-bit integer, got 0.5',
      '.exponentialHistogram.dataPoints[3].zeroCount: expected an unsigned 64-bit integer, got an object',
      '.exponentialHistogram.dataPoints[4].zeroThreshold: expected a number from 0, got -1',
      '.exponentialHistogram.dataPoints[5].positive: expected an object, got 7',
      '.exponentialHistogram.dataPoints[6].positive.offset: expected a 32-bit integer, got 2147483648',
      '.exponentialHistogram.dataPoints[7].negative.bucketCounts[1]: expected an unsigned 64-bit integer, got null',
    ],
    1,
  ],
  [
    summary(
      { count: 'x' },
      { sum: [] },
      { quantileValues: 7 },
      { quantileValues: [{}, 7] },
      { quantileValues: [{ quantile: 0.5, value: 'x' }] },
      { quantileValues: [{ quantile: 1.5 }] },
      { quantileValues: [{ quantile: 1 }] },
    ),
    [
      '.summary.dataPoints[0].count: expected an unsigned 64-bit integer, got "x"',
      '.summary.dataPoints[1].sum: expected a number, got an array',
      '.summary.dataPoints[2].quantileValues: expected an array, got 7',
      '.summary.dataPoints[3].quantileValues[1]: expected an object, got 7',
      '.summary.dataPoints[4].quantileValues[0].value: expected a number, got "x"',
      '.summary.dataPoints[5].quantileValues[0].quantile: expected a number from 0 to 1, got 1.5',
    ],
    1,
  ],
]

for (const [metric, places, left] of REJECTED) {
  decode(`rejects ${JSON.stringify(metric).slice(0, 90)}`, () => {
    const { metrics, rejected, repairs } = good(request(gauge({ asInt: 1 }), metric))
    const at = 'resourceMetrics[0].scopeMetrics[0].metrics[1]'
    assert.equal(
      rejected.map(Rejected.show),
      places.map((place) => at + place),
    )
    assert.equal(repairs, {})
    assert.is(metrics[1]?.data.points.length ?? 0, left)
  })
}

// a point of a gauge, and its parts that are left out
const PARTS: ReadonlyArray<readonly [object, ReadonlyArray<string>]> = [
  [{ attributes: [7] }, ['.attributes[0]: expected a key and a value, got 7']],
  [{ timeUnixNano: 'x' }, ['.timeUnixNano: expected nanoseconds since 1970, got "x"']],
  [{ startTimeUnixNano: -1 }, ['.startTimeUnixNano: expected nanoseconds since 1970, got -1']],
  [{ flags: 'x' }, ['.flags: expected an unsigned 32-bit integer, got "x"']],
  [{ exemplars: 7 }, ['.exemplars: expected an array, got 7']],
  [
    { exemplars: [7, {}, { asInt: 'x', filteredAttributes: 7 }, { asInt: 1 }] },
    [
      '.exemplars[0]: expected an object, got 7',
      '.exemplars[1]: expected asInt or asDouble, got nothing',
      '.exemplars[2].asInt: expected a 64-bit integer, got "x"',
    ],
  ],
  [
    { exemplars: [{ asInt: 1, traceId: 'x', spanId: SPAN_ID, filteredAttributes: [{}] }] },
    [
      '.exemplars[0].traceId: expected 32 hex characters, not all zero, got "x"',
      '.exemplars[0].filteredAttributes[0].key: expected a string, got nothing',
    ],
  ],
  [{ exemplars: [{ asInt: 1, traceId: '', spanId: '0'.repeat(16) }] }, []],
]

for (const [part, places] of PARTS) {
  decode(`leaves out a part of ${JSON.stringify(part).slice(0, 90)}`, () => {
    const points = [{ asInt: 1 }, { asInt: 'x', attributes: [7] }, { asInt: 2, ...part }]
    const { metrics, rejected, repairs, invalidParts = [] } = good(request(gauge(...points)))
    const at = 'resourceMetrics[0].scopeMetrics[0].metrics[0].gauge.dataPoints[2]'
    assert.equal(
      invalidParts.map(Rejected.show),
      places.map((place) => at + place),
    )
    assert.equal(repairs, places.length === 0 ? {} : { invalid_part: places.length })
    assert.equal([metrics[0]?.data.points.length, rejected.length], [2, 1])
  })
}

decode('keeps the exemplars that can be read, and those without their invalid ids', () => {
  const [point] = pointsOf(
    gauge({ asInt: 1, exemplars: [{}, { asDouble: 0.5, traceId: 'x', spanId: SPAN_ID }] }),
  )
  assert.equal(Object(point).exemplars, [
    {
      value: 0.5,
      timeMicros: 0,
      timeNanos: 0,
      traceId: undefined,
      spanId: SPAN_ID,
      attributes: {},
    },
  ])
})

decode('keeps a sum whose isMonotonic, name or unit cannot be read', () => {
  const dataPoints = [{ asInt: 1 }]
  const sum = { aggregationTemporality: 2, isMonotonic: 1, dataPoints }
  const { metrics, invalidParts = [] } = good(request({ name: 1, unit: {}, sum }))
  assert.is(metrics.length, 1)
  assert.equal(
    invalidParts.map(({ path }) => path.replace(/^.*\.metrics\[0\]/, '')),
    ['.sum.isMonotonic', '.name', '.unit'],
  )
})

decode('reads hostile values in linear time, and never throws', () => {
  const deep = `${'{"arrayValue":{"values":['.repeat(3_000)}${']}}'.repeat(3_000)}`
  const text = `{"resourceMetrics":[{"__proto__":{"scopeMetrics":7},"scopeMetrics":[{"metrics":[
    {"__proto__":{"gauge":{"dataPoints":[{"asInt":1}]}},"constructor":1,"name":"__proto__","gauge":{"dataPoints":[
      {"__proto__":{"asInt":5},"asInt":1,"attributes":[{"key":"__proto__","value":{"intValue":1}},{"key":"deep","value":${deep}}]},
      ${'7,'.repeat(50_000)}{}]}}]}]}]}`
  const read = _.parse(text)
  assert.ok(E.isRight(read))
  const { metrics, rejected, repairs } = read.right
  assert.equal([metrics.length, rejected.length, repairs], [1, 50_001, { nested: 1 }])
  const attributes = metrics[0]?.data.points[0]?.attributes ?? {}
  assert.equal(Object.keys(attributes), ['__proto__', 'deep'])
  assert.is(Object.getPrototypeOf(attributes), Object.prototype)
  const wide = request(histogram({ bucketCounts: new Array(300_000).fill(1) }))
  assert.is(good(wide).rejected.length, 1)
})

decode('fails for input that is not a request', () => {
  for (const [value, place] of [
    [7, 'request: expected an object, got 7'],
    [{ resourceMetrics: 7 }, 'resourceMetrics: expected an array, got 7'],
  ] as const) {
    const decoded = _.decode(value)
    assert.ok(E.isLeft(decoded))
    assert.is(DecodeError.show(decoded.left), place)
  }
  assert.ok(E.isLeft(_.parse('{')))
  assert.ok(E.isRight(_.parse('{}')))
})

decode.run()

const recorded = suite('ExportMetricsRequest: both encodings')

recorded('give the same of a request with all kinds', () => {
  // The other encoder takes no names of enums.
  const text = JSON.stringify(metricsRequest).replace('"AGGREGATION_TEMPORALITY_CUMULATIVE"', '2')
  const bytes = oracle.encode(oracle.metrics, JSON.parse(text))
  deepStrictEqual(_.parseProtobuf(bytes), _.decode(metricsRequest))
})

recorded('give the same of the recorded requests of the shop', () => {
  for (const bytes of Recorded.metricBodies()) {
    const read = _.parseProtobuf(bytes)
    deepStrictEqual(read, _.decode(oracle.decode(oracle.metrics, bytes)))
    assert.ok(E.isRight(read))
    assert.ok(read.right.metrics.length > 10)
    assert.equal([read.right.rejected, read.right.repairs], [[], {}])
  }
})

recorded.run()
