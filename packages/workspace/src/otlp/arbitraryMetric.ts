/** Metrics in JSON form: every field of their messages, most of which may be absent, and values that cost a point or all points. */
import fc from 'fast-check'

// model

/** The arbitraries of parts that other requests have too. */
export interface SharedParts {
  readonly attributes: fc.Arbitrary<ReadonlyArray<object>>
  readonly nanos: fc.Arbitrary<string>
  readonly double: fc.Arbitrary<number | string>
  readonly hex: (bytes: number) => fc.Arbitrary<string>
  readonly text: fc.Arbitrary<string>
}

// constructors

const uint64 = fc.oneof(
  fc.nat().map(String),
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String),
)

const int64 = fc.oneof(
  fc.integer().map(String),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
)

/** One in four has no value. Some flags permit that. */
const numberValue = ({ double }: SharedParts): fc.Arbitrary<object> =>
  fc.oneof(
    fc.record({ asInt: int64 }),
    fc.record({ asDouble: double }),
    fc.record({ asInt: int64 }),
    fc.constant({}),
  )

const withAll = (...parts: ReadonlyArray<fc.Arbitrary<object>>): fc.Arbitrary<object> =>
  fc.tuple(...parts).map((all) => Object.assign({}, ...all))

/** An object each of whose fields may be absent. */
const optional = (fields: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<object> =>
  fc.record(fields, { requiredKeys: [] })

const exemplars = (shared: SharedParts): fc.Arbitrary<ReadonlyArray<object>> =>
  fc.array(
    withAll(
      numberValue(shared),
      optional({
        filteredAttributes: shared.attributes,
        timeUnixNano: shared.nanos,
        traceId: shared.hex(16),
        spanId: shared.hex(8),
      }),
    ),
    { maxLength: 2 },
  )

const facts = ({ attributes, nanos }: SharedParts): fc.Arbitrary<object> =>
  optional({
    attributes,
    startTimeUnixNano: nanos,
    timeUnixNano: nanos,
    flags: fc.constantFrom(0, 1, 2, 3, 0xffffffff),
  })

const distribution = (shared: SharedParts): fc.Arbitrary<object> => {
  const { double } = shared
  return withAll(
    facts(shared),
    optional({
      count: uint64,
      sum: double,
      min: double,
      max: double,
      exemplars: exemplars(shared),
    }),
  )
}

/** Most have one count more than bounds, and bounds that ascend. */
const buckets: fc.Arbitrary<object> = fc.oneof(
  fc
    .uniqueArray(fc.double({ noNaN: true }), { maxLength: 5, comparator: (a, b) => a === b })
    .chain((bounds) =>
      fc.record({
        explicitBounds: fc.constant([...bounds].sort((a, b) => a - b)),
        bucketCounts: fc.array(uint64, {
          minLength: bounds.length + 1,
          maxLength: bounds.length + 1,
        }),
      }),
    ),
  optional({
    explicitBounds: fc.array(fc.double(), { maxLength: 3 }),
    bucketCounts: fc.array(uint64, { maxLength: 4 }),
  }),
)

const exponentialBuckets = optional({
  offset: fc.integer(),
  bucketCounts: fc.array(uint64, { maxLength: 5 }),
})

const exponential = (shared: SharedParts): fc.Arbitrary<object> =>
  withAll(
    distribution(shared),
    optional({
      scale: fc.integer({ min: -12, max: 53 }),
      zeroCount: uint64,
      positive: exponentialBuckets,
      negative: exponentialBuckets,
      zeroThreshold: fc.oneof(
        fc.constantFrom(0, 1e-9, -1, Number.NaN),
        fc.double({ min: 0, noNaN: true }),
      ),
    }),
  )

const summary = (shared: SharedParts): fc.Arbitrary<object> =>
  withAll(
    facts(shared),
    optional({
      count: uint64,
      sum: shared.double,
      quantileValues: fc.array(
        optional({
          quantile: fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.double()),
          value: shared.double,
        }),
        { maxLength: 3 },
      ),
    }),
  )

const data = (shared: SharedParts): fc.Arbitrary<object> => {
  const points = (point: fc.Arbitrary<object>): fc.Arbitrary<object> =>
    optional({ dataPoints: fc.array(point, { maxLength: 3 }) })
  const number = points(
    withAll(numberValue(shared), facts(shared), optional({ exemplars: exemplars(shared) })),
  )
  const temporality = fc.record({ aggregationTemporality: fc.constantFrom(0, 1, 2, 1, 2, 3) })
  return fc.oneof(
    fc.record({ gauge: number }),
    fc.record({ sum: withAll(number, temporality, optional({ isMonotonic: fc.boolean() })) }),
    fc.record({
      histogram: withAll(points(withAll(distribution(shared), buckets)), temporality),
    }),
    fc.record({ exponentialHistogram: withAll(points(exponential(shared)), temporality) }),
    fc.record({ summary: points(summary(shared)) }),
  )
}

export const arbitraryMetric = (shared: SharedParts): fc.Arbitrary<object> => {
  const { attributes, text } = shared
  const head = optional({ name: text, description: text, unit: text, metadata: attributes })
  return withAll(
    head,
    fc.oneof({ weight: 15, arbitrary: data(shared) }, { weight: 1, arbitrary: fc.constant({}) }),
  )
}
