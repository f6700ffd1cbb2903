import type { MetricBatch } from '@sentry-exporter/core'
import type { MetricData } from '@sentry-exporter/core/Metric'
import * as Rejected from '@sentry-exporter/core/Rejected'
import * as oracle from '@sentry-exporter/workspace/oracle'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as DecodeError from '../../src/DecodeError.ts'
import { parseProtobuf } from '../../src/ExportMetricsRequest.ts'
import { metricsRequest } from '../metricsRequest.ts'
import * as Message from './message.ts'

const { bytes, double, fixed64, message, number, packed, text, zigzag } = Message

type Field = Message.Field

const request = (...metrics: ReadonlyArray<ReadonlyArray<Field>>): Uint8Array =>
  Message.body(message(1, message(2, ...metrics.map((fields) => message(2, ...fields)))))

const good = (body: Uint8Array): MetricBatch.MetricBatch => {
  const parsed = parseProtobuf(body)
  if (E.isLeft(parsed)) throw new Error(DecodeError.show(parsed.left))
  return parsed.right
}

/** The data of one metric, without facts of points that are absent. */
const dataOf = (...fields: ReadonlyArray<Field>): MetricData => {
  const { metrics, rejected } = good(request([text(1, 'a'), ...fields]))
  const [metric] = metrics
  if (metric === undefined) throw new Error(rejected.map(Rejected.show).join())
  return metric.data
}

const FACTS = {
  attributes: {},
  doubles: undefined,
  startMicros: 0,
  timeMicros: 0,
  timeNanos: 0,
  hasNoValue: false,
}

const GAUGE = 5
const SUM = 7
const HISTOGRAM = 9
const EXPONENTIAL = 10
const SUMMARY = 11

const DELTA = number(2, 1)
const CUMULATIVE = number(2, 2)

const point = (...fields: ReadonlyArray<Field>): Field => message(1, ...fields)

const int = (value: bigint): Field => fixed64(6, BigInt.asUintN(64, value))

const attribute = (field: number, key: string, value: string): Field =>
  message(field, text(1, key), message(2, text(1, value)))

const TRACE_ID = new Uint8Array(16).fill(0xab)
const SPAN_ID = new Uint8Array(8).fill(0xcd)

const EXEMPLAR = [
  attribute(7, 'a', 'b'),
  fixed64(2, 1_999n),
  double(3, 0.5),
  bytes(4, SPAN_ID),
  bytes(5, TRACE_ID),
]

const READ_EXEMPLAR = {
  value: 0.5,
  timeMicros: 1,
  timeNanos: 999,
  traceId: 'ab'.repeat(16),
  spanId: 'cd'.repeat(8),
  attributes: { a: 'b' },
}

const kinds = suite('protobuf: kinds of metrics')

kinds('a gauge', () => {
  const fields = [
    fixed64(2, 1_000n),
    fixed64(3, 2_003n),
    double(4, 1.5),
    message(5, ...EXEMPLAR),
    attribute(7, 'host', 'a'),
    number(8, 1),
  ]
  assert.equal(dataOf(message(GAUGE, point(...fields), point(int(-3n)))), {
    _tag: 'Gauge',
    points: [
      {
        ...FACTS,
        attributes: { host: 'a' },
        startMicros: 1,
        timeMicros: 2,
        timeNanos: 3,
        hasNoValue: true,
        value: 1.5,
        exemplars: [READ_EXEMPLAR],
      },
      { ...FACTS, value: -3, exemplars: [] },
    ],
  })
})

kinds('a sum, whose temporality is behind its points', () => {
  assert.equal(dataOf(message(SUM, point(int(3n)), CUMULATIVE, number(3, 1))), {
    _tag: 'Sum',
    temporality: 'cumulative',
    isMonotonic: true,
    points: [{ ...FACTS, value: 3, exemplars: [] }],
  })
})

kinds('a histogram, whose lists are packed, or not, or both', () => {
  const facts = [
    fixed64(4, 6n),
    double(5, 4.5),
    message(8, ...EXEMPLAR),
    attribute(9, 'a', 'b'),
    number(10, 2),
    double(11, 0.5),
    double(12, 2),
  ]
  const forms = [
    [bytes(6, packed.fixed64(1n, 2n, 3n)), bytes(7, packed.doubles(1, 2))],
    [fixed64(6, 1n), fixed64(6, 2n), fixed64(6, 3n), double(7, 1), double(7, 2)],
    [
      fixed64(6, 1n),
      double(7, 1),
      bytes(6, packed.fixed64(2n, 3n)),
      bytes(6, []),
      bytes(7, packed.doubles(2)),
    ],
  ]
  for (const lists of forms) {
    assert.equal(dataOf(message(HISTOGRAM, DELTA, point(...lists, ...facts))), {
      _tag: 'Histogram',
      temporality: 'delta',
      points: [
        {
          ...FACTS,
          attributes: { a: 'b' },
          count: 6,
          sum: 4.5,
          min: 0.5,
          max: 2,
          bounds: [1, 2],
          bucketCounts: [1, 2, 3],
          exemplars: [READ_EXEMPLAR],
        },
      ],
    })
  }
})

kinds('an exponential histogram, whose buckets are sent in parts', () => {
  const fields = [
    attribute(1, 'a', 'b'),
    fixed64(4, 6n),
    double(5, 4.5),
    zigzag(6, -3),
    fixed64(7, 1n),
    message(8, zigzag(1, -12), bytes(2, packed.varints(1, 300))),
    message(8, number(2, 0), number(2, 2n ** 40n)),
    message(9, zigzag(1, 2 ** 31 - 1)),
    number(10, 1),
    message(11, ...EXEMPLAR),
    double(12, -1),
    double(13, 2),
    double(14, 1e-9),
  ]
  assert.equal(dataOf(message(EXPONENTIAL, DELTA, point(...fields))), {
    _tag: 'ExponentialHistogram',
    temporality: 'delta',
    points: [
      {
        ...FACTS,
        hasNoValue: true,
        attributes: { a: 'b' },
        count: 6,
        sum: 4.5,
        min: -1,
        max: 2,
        scale: -3,
        zeroCount: 1,
        zeroThreshold: 1e-9,
        positive: { offset: -12, counts: [1, 300, 0, 2 ** 40] },
        negative: { offset: 2 ** 31 - 1, counts: [] },
        exemplars: [READ_EXEMPLAR],
      },
    ],
  })
})

kinds('a summary', () => {
  const quantile = message(6, double(1, 0.5), double(2, 7))
  const fields = [
    fixed64(4, 6n),
    double(5, 4.5),
    quantile,
    message(6),
    attribute(7, 'a', 'b'),
    number(8, 1),
  ]
  assert.equal(dataOf(message(SUMMARY, point(...fields))), {
    _tag: 'Summary',
    points: [
      {
        ...FACTS,
        hasNoValue: true,
        attributes: { a: 'b' },
        count: 6,
        sum: 4.5,
        quantiles: [
          { quantile: 0.5, value: 7 },
          { quantile: 0, value: 0 },
        ],
      },
    ],
  })
})

kinds('integers beyond 2^53 are rounded, and counted', () => {
  const { metrics, repairs } = good(
    request(
      [
        message(
          GAUGE,
          point(int(2n ** 63n - 1n)),
          point(int(-(2n ** 63n))),
          point(int(2n ** 53n - 1n)),
        ),
      ],
      [
        message(
          EXPONENTIAL,
          DELTA,
          point(
            fixed64(4, 2n ** 64n - 1n),
            message(8, bytes(2, packed.varints(2n ** 64n - 1n, 2n ** 53n, 2n ** 49n))),
          ),
        ),
      ],
    ),
  )
  const [gauge, exponential] = metrics.map(({ data }) => data)
  assert.equal(gauge?._tag === 'Gauge' && gauge.points.map(({ value }) => value), [
    2 ** 63,
    -(2 ** 63),
    2 ** 53 - 1,
  ])
  assert.equal(
    exponential?._tag === 'ExponentialHistogram' &&
      exponential.points.map(({ count, positive }) => [count, positive.counts]),
    [[2 ** 64, [2 ** 64, 2 ** 53, 2 ** 49]]],
  )
  assert.equal(repairs, { rounded: 5 })
})

kinds.run()

const merged = suite('protobuf: metrics in parts')

merged('data of one kind is merged, and the last kind replaces the others', () => {
  const one = message(GAUGE, point(int(1n)))
  const two = message(SUM, point(int(2n)), point(number(1, 7)))
  assert.equal(
    [
      dataOf(message(SUM, DELTA, point(int(1n))), two, message(SUM, CUMULATIVE)),
      dataOf(two, one, one),
      dataOf(one, message(SUMMARY, point()), one),
    ].map((data) => [data._tag, data.points.length]),
    [
      ['Sum', 2],
      ['Gauge', 2],
      ['Gauge', 1],
    ],
  )
})

merged('the last value of a point wins', () => {
  const data = dataOf(
    message(GAUGE, point(int(1n), double(4, 2.5)), point(double(4, 2.5), int(1n))),
  )
  assert.equal(data._tag === 'Gauge' && data.points.map(({ value }) => value), [2.5, 1])
})

merged('a name and a unit may be behind the data, and unknown fields are skipped', () => {
  const { metrics } = good(
    request([
      message(GAUGE, point(int(1n)), number(9, 1)),
      number(7, 1),
      text(12, 'x'),
      text(200, 'x'),
      text(3, 'By'),
      text(1, 'size'),
    ]),
  )
  assert.equal(
    metrics.map(({ name, unit }) => [name, unit]),
    [['size', 'By']],
  )
})

merged('metrics without points cost nothing', () => {
  assert.equal(good(request([message(GAUGE)], [message(SUM)], [message(SUMMARY, number(2, 1))])), {
    metrics: [],
    rejected: [],
    repairs: {},
  })
})

merged('metrics in the field of releases before 1.0 are read', () => {
  const scope = message(1000, message(2, text(1, 'old'), message(GAUGE, point(int(1n)))))
  assert.is(good(Message.body(message(1, scope))).metrics[0]?.name, 'old')
})

merged.run()

const SHAPE = 'a metric with one of gauge, sum, histogram, exponentialHistogram and summary'

const broken = suite('protobuf: metrics that cannot be read')

// the fields of a metric, what is rejected, and the points that are left
const REJECTED: ReadonlyArray<readonly [ReadonlyArray<Field>, ReadonlyArray<string>, number]> = [
  [[text(1, 'a')], [`: expected ${SHAPE}, got none of them`], 0],
  [[message(4, point(int(1n)))], [`: expected ${SHAPE}, got none of them`], 0],
  [
    [message(GAUGE, point(int(1n)), Message.group(3))],
    ['.gauge: expected a wire type of OTLP (0, 1, 2 or 5), got 3'],
    0,
  ],
  [
    [message(SUM, point(int(1n)), point(int(2n)))],
    ['.sum.aggregationTemporality: expected delta (1) or cumulative (2), got 0'],
    0,
  ],
  [
    [message(EXPONENTIAL, point(), number(2, 3))],
    ['.exponentialHistogram.aggregationTemporality: expected delta (1) or cumulative (2), got 3'],
    0,
  ],
  [
    [message(GAUGE, point(int(1n)), point(text(9, 'x')), point(Message.group(1)), point(int(2n)))],
    [
      '.gauge.dataPoints[1]: expected asInt or asDouble, got nothing else',
      '.gauge.dataPoints[2]: expected a wire type of OTLP (0, 1, 2 or 5), got 3',
    ],
    2,
  ],
  [
    [
      message(
        HISTOGRAM,
        DELTA,
        point(bytes(6, packed.fixed64(1n)), double(7, 1)),
        point(bytes(6, [1, 2, 3])),
        point(bytes(7, [1, 2, 3, 4])),
        point(bytes(6, packed.fixed64(1n, 2n, 3n)), bytes(7, packed.doubles(2, 1))),
        point(),
      ),
    ],
    [
      '.histogram.dataPoints[0].bucketCounts: expected one more than the 1 bounds, got 1 counts',
      '.histogram.dataPoints[1].bucketCounts: expected packed numbers of 8 bytes, got 3 bytes',
      '.histogram.dataPoints[2].explicitBounds: expected packed numbers of 8 bytes, got 4 bytes',
      '.histogram.dataPoints[3].explicitBounds[1]: expected a number above 2, got 1',
    ],
    1,
  ],
  [
    [
      message(
        EXPONENTIAL,
        DELTA,
        point(zigzag(6, 53)),
        point(zigzag(6, -12)),
        point(double(14, Number.NaN)),
        point(message(8, bytes(2, [1, 0x80]))),
        point(message(9, bytes(2, new Array(11).fill(0x80)))),
        point(message(9, bytes(2, [...new Array(10).fill(0x80), 0]))),
        point(message(8, Message.group(2))),
        point(zigzag(6, 52)),
      ),
    ],
    [
      '.exponentialHistogram.dataPoints[0].scale: expected an integer from -11 to 52, got 53',
      '.exponentialHistogram.dataPoints[1].scale: expected an integer from -11 to 52, got -12',
      '.exponentialHistogram.dataPoints[2].zeroThreshold: expected a number from 0, got NaN',
      '.exponentialHistogram.dataPoints[3].positive.bucketCounts: expected packed varints of at most 10 bytes, got 1 other bytes',
      '.exponentialHistogram.dataPoints[4].negative.bucketCounts: expected packed varints of at most 10 bytes, got 11 other bytes',
      '.exponentialHistogram.dataPoints[5].negative.bucketCounts: expected packed varints of at most 10 bytes, got 11 other bytes',
      '.exponentialHistogram.dataPoints[6].positive: expected a wire type of OTLP (0, 1, 2 or 5), got 3',
    ],
    1,
  ],
  [
    [
      message(
        SUMMARY,
        point(message(6), message(6, double(1, -0.5))),
        point(message(6, Message.group(1))),
      ),
    ],
    [
      '.summary.dataPoints[0].quantileValues[1].quantile: expected a number from 0 to 1, got -0.5',
      '.summary.dataPoints[1].quantileValues[0]: expected a wire type of OTLP (0, 1, 2 or 5), got 3',
    ],
    0,
  ],
]

for (const [fields, places, left] of REJECTED) {
  broken(`costs ${places[0]}`, () => {
    const { metrics, rejected, repairs } = good(request([message(GAUGE, point(int(1n)))], fields))
    const at = 'resourceMetrics[0].scopeMetrics[0].metrics[1]'
    assert.equal(
      rejected.map(Rejected.show).map((line) => line.replace(/ at byte \d+$/, '')),
      places.map((place) => at + place),
    )
    assert.equal(repairs, {})
    assert.is(metrics[1]?.data.points.length ?? 0, left)
  })
}

broken('a part costs only itself, and those of a rejected point are not counted', () => {
  const bad = message(7, text(1, 'bad'), message(2, Message.group(1)))
  const {
    metrics,
    rejected,
    repairs,
    invalidParts = [],
  } = good(
    request([
      message(
        GAUGE,
        point(bad, int(1n)),
        point(bad, text(9, 'no value')),
        point(
          int(2n),
          message(5, ...EXEMPLAR),
          message(5, bad),
          message(5, bytes(4, [1]), bytes(5, [2]), bad, fixed64(6, 3n)),
          message(5, Message.group(1)),
        ),
      ),
    ]),
  )
  const at = 'resourceMetrics[0].scopeMetrics[0].metrics[0].gauge.dataPoints'
  assert.equal([metrics[0]?.data.points.length, rejected.length], [2, 1])
  assert.equal(
    invalidParts.map(({ path }) => path),
    [
      `${at}[0].attributes[0].value`,
      `${at}[2].exemplars[1]`,
      `${at}[2].exemplars[2].spanId`,
      `${at}[2].exemplars[2].traceId`,
      `${at}[2].exemplars[2].filteredAttributes[0].value`,
      `${at}[2].exemplars[3]`,
    ],
  )
  assert.equal(repairs, { invalid_part: 6 })
  const data = metrics[0]?.data
  assert.equal(
    data?._tag === 'Gauge' &&
      data.points[1]?.exemplars.map(({ value, traceId }) => [value, traceId]),
    [
      [0.5, 'ab'.repeat(16)],
      [3, undefined],
    ],
  )
})

broken('a request that is cut at any byte is an error, and one with another byte is read', () => {
  const whole = oracle.encode(
    oracle.metrics,
    JSON.parse(JSON.stringify(metricsRequest).replace('"AGGREGATION_TEMPORALITY_CUMULATIVE"', '2')),
  )
  for (let at = 1; at < whole.length; at++) {
    assert.ok(E.isLeft(parseProtobuf(whole.subarray(0, at))))
    for (const byte of [0, 0x7f, 0xff]) {
      const damaged = Uint8Array.from(whole)
      damaged[at] = byte
      const read = parseProtobuf(damaged)
      if (E.isRight(read)) read.right.rejected.map(Rejected.show)
      else assert.match(DecodeError.show(read.left), / at byte \d+$/)
    }
  }
})

broken('many points and many parts of one metric take linear time', () => {
  const part = message(SUM, DELTA, point(text(9, 'no value')))
  const all = new Uint8Array(part.length * 50_000)
  for (let i = 0; i < 50_000; i++) all.set(part, i * part.length)
  const { metrics, rejected } = good(request([[...all]]))
  assert.equal([metrics.length, rejected.length], [0, 50_000])
  assert.match(rejected[49_999]?.path ?? '', '.sum.dataPoints[49999]')
})

broken.run()
