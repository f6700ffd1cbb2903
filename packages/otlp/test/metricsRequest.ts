/** A request of metrics as a Node service behind a Collector sends it, with all kinds of metrics. */

const attribute = (key: string, stringValue: string): object => ({ key, value: { stringValue } })

const START = '1795800000000000000'
const TIME = '1795800060000000123'
const TIMES = { startTimeUnixNano: START, timeUnixNano: TIME }

export const TRACE_ID = '5b8efff798038103d269b633813fc60c'
export const SPAN_ID = 'eee19b7ec3c1b174'

const REQUEST_DURATION = {
  name: 'http.server.request.duration',
  description: 'Duration of HTTP server requests.',
  unit: 's',
  histogram: {
    aggregationTemporality: 2,
    dataPoints: [
      {
        ...TIMES,
        attributes: [
          attribute('http.request.method', 'GET'),
          attribute('http.route', '/products/:id'),
          { key: 'http.response.status_code', value: { intValue: '200' } },
        ],
        count: '7',
        sum: 0.8125,
        min: 0.004,
        max: 0.4,
        explicitBounds: [0.005, 0.01, 0.1, 1],
        bucketCounts: ['1', '2', '3', '1', '0'],
        exemplars: [
          {
            timeUnixNano: '1795800059000000000',
            asDouble: 0.4,
            traceId: TRACE_ID,
            spanId: SPAN_ID,
            filteredAttributes: [attribute('user_agent.original', 'curl/8.5.0')],
          },
        ],
      },
    ],
  },
}

const PROCESSED = {
  name: 'jobs_processed_total',
  metadata: [attribute('prometheus.type', 'counter')],
  sum: {
    aggregationTemporality: 'AGGREGATION_TEMPORALITY_CUMULATIVE',
    isMonotonic: true,
    dataPoints: [
      { ...TIMES, attributes: [attribute('queue', 'mail')], asDouble: 12 },
      { ...TIMES, attributes: [attribute('queue', 'stale')], flags: 1 },
    ],
  },
}

const MEMORY = {
  name: 'v8js.memory.heap.used',
  unit: 'By',
  gauge: {
    dataPoints: [
      {
        timeUnixNano: TIME,
        attributes: [attribute('v8js.heap.space.name', 'new_space')],
        asInt: '31457280',
      },
    ],
  },
}

const LATENCY = {
  name: 'messaging.process.duration',
  unit: 's',
  exponentialHistogram: {
    aggregationTemporality: 1,
    dataPoints: [
      {
        ...TIMES,
        count: '6',
        sum: 3.5,
        scale: 3,
        zeroCount: '1',
        zeroThreshold: 1e-9,
        positive: { offset: -12, bucketCounts: ['2', '0', '3'] },
        negative: {},
        min: 0,
        max: 1.25,
        exemplars: [{ timeUnixNano: TIME, asInt: '1' }],
      },
    ],
  },
}

const COLLECTION = {
  name: 'gc_pause_seconds',
  unit: 's',
  summary: {
    dataPoints: [
      {
        ...TIMES,
        count: '21',
        sum: 0.5,
        quantileValues: [
          { quantile: 0.5, value: 0.01 },
          { quantile: 0.99, value: 0.2 },
        ],
      },
    ],
  },
}

export const metricsRequest: Readonly<Record<string, unknown>> = {
  resourceMetrics: [
    {
      resource: { attributes: [attribute('service.name', 'shop')] },
      scopeMetrics: [
        {
          scope: { name: '@opentelemetry/instrumentation-http', version: '0.214.0' },
          metrics: [REQUEST_DURATION, LATENCY],
        },
        { scope: { name: 'prometheusreceiver' }, metrics: [PROCESSED, COLLECTION, MEMORY] },
      ],
    },
  ],
}
