/** Requests of metrics, and the metric items of envelopes, for tests. */

// model

/** A point of a cumulative sum of one series. */
export interface CounterPoint {
  readonly value: number
  readonly timeSeconds: number
  /** Before everything if left out, so that the first point is a base. */
  readonly startSeconds?: number
  readonly job?: string
}

export interface SentMetric {
  readonly name: string
  readonly type: string
  readonly value: number
  readonly attributes: Readonly<Record<string, { readonly value: unknown }>>
}

const nanos = (seconds: number): string => `${seconds}000000000`

// constructors

const requestOf = (metrics: ReadonlyArray<object>): string =>
  JSON.stringify({
    resourceMetrics: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] },
        scopeMetrics: [{ metrics }],
      },
    ],
  })

/** Cumulative and monotonic. */
export const counter = (...points: ReadonlyArray<CounterPoint>): string =>
  requestOf([
    {
      name: 'jobs.done',
      sum: {
        aggregationTemporality: 2,
        isMonotonic: true,
        dataPoints: points.map(({ value, timeSeconds, startSeconds = 1, job = 'mail' }) => ({
          asInt: String(value),
          timeUnixNano: nanos(timeSeconds),
          startTimeUnixNano: nanos(startSeconds),
          attributes: [{ key: 'job', value: { stringValue: job } }],
        })),
      },
    },
  ])

/** A gauge, a sum of changes, and a histogram with measurements in two buckets: four items. */
export const mixed = (timeSeconds: number): string => {
  const facts = { timeUnixNano: nanos(timeSeconds), startTimeUnixNano: nanos(timeSeconds - 1) }
  return requestOf([
    { name: 'queue.size', gauge: { dataPoints: [{ ...facts, asInt: '3' }] } },
    {
      name: 'jobs.failed',
      sum: {
        aggregationTemporality: 1,
        isMonotonic: true,
        dataPoints: [{ ...facts, asDouble: 2.5 }],
      },
    },
    {
      name: 'jobs.duration',
      unit: 's',
      histogram: {
        aggregationTemporality: 1,
        dataPoints: [
          { ...facts, count: '5', sum: 6, explicitBounds: [1], bucketCounts: ['3', '2'] },
        ],
      },
    },
  ])
}

// decoding

/** The metric items of envelopes of any kind, with the number that their headers state. */
export const sentIn = (
  envelopes: ReadonlyArray<Uint8Array>,
): { readonly items: ReadonlyArray<SentMetric>; readonly stated: number } => {
  const containers = envelopes
    .map((bytes) => new TextDecoder().decode(bytes).split('\n'))
    .map(([, header = '{}', payload = '{}']) => ({
      header: JSON.parse(header),
      payload,
    }))
    .filter(({ header }) => header.type === 'trace_metric')
  return {
    items: containers.flatMap(({ payload }) => JSON.parse(payload).items),
    stated: containers.reduce((sum, { header }) => sum + header.item_count, 0),
  }
}
