/**
 * The metrics of a gateway for Prometheus. Counts of spans, errors, logs and metrics are those of the outcomes of its exporters, read
 * when they are asked for: they agree with the envelopes to the unit.
 */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { SeenItems } from '../pipeline/acceptFor.ts'
import type { ReportedExporter } from '../pipeline/RunningExporter.ts'
import type { SeenAttempt } from '../pipeline/WatchedHttp.ts'
import type { SeenRequest } from '../receiver/Observe.ts'
import { addOutcomes } from './addOutcomes.ts'
import * as ProjectMetrics from './ProjectMetrics.ts'
import * as ReloadMetrics from './ReloadMetrics.ts'

// model

export interface Metrics extends ReloadMetrics.ReloadMetrics, ProjectMetrics.ProjectMetrics {
  readonly onRequest: (receiver: string, seen: SeenRequest) => void
  readonly onConnectionRefused: (receiver: string, protocol: string) => void
  readonly onRead: (seen: SeenItems) => void
  readonly onAttempt: (exporter: string, attempt: SeenAttempt) => void
  /** The text format of Prometheus, and its content type. */
  readonly print: () => Promise<string>
  readonly contentType: string
}

const PREFIX = 'sentry_exporter_'

/** Seconds. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

const MILLIS_PER_SECOND = 1_000

// constructors

/** `exporters` gives those at the time of the call. Several with one id are added up. */
export const make = (exporters: () => ReadonlyArray<ReportedExporter>): Metrics => {
  const registry = new Registry()
  // Delay of the event loop, memory, processor time.
  collectDefaultMetrics({ register: registry })
  addOutcomes(PREFIX, registry, exporters)
  addBacklogs(registry, exporters)
  const { requests, bytes, durations, items, refusedConnections } = receiverMetrics(registry)
  const attempts = new Histogram({
    name: `${PREFIX}send_duration_seconds`,
    help: 'Time of one attempt to send an envelope to Sentry, by the status of its answer.',
    labelNames: ['exporter', 'status'],
    buckets: BUCKETS,
    registers: [registry],
  })
  return {
    ...ReloadMetrics.make(PREFIX, registry),
    ...ProjectMetrics.make(PREFIX, registry, exporters),
    onRequest: (receiver, { protocol, signal = 'none', bytes: size, refused, durationMillis }) => {
      requests.inc({ receiver, protocol, signal, result: refused ?? 'taken' })
      bytes.inc({ receiver, protocol, signal }, size)
      durations.observe({ receiver, protocol, signal }, durationMillis / MILLIS_PER_SECOND)
    },
    onConnectionRefused: (receiver, protocol) => refusedConnections.inc({ receiver, protocol }),
    onRead: ({ receiver, signal, accepted, rejected }) => {
      items.inc({ receiver, signal, result: 'accepted' }, accepted)
      items.inc({ receiver, signal, result: 'rejected' }, rejected)
    },
    onAttempt: (exporter, { status, durationMillis }) =>
      attempts.observe({ exporter, status: String(status) }, durationMillis / MILLIS_PER_SECOND),
    print: () => registry.metrics(),
    contentType: registry.contentType,
  }
}

const receiverMetrics = (registry: Registry) => {
  const labelNames = ['receiver', 'protocol', 'signal'] as const
  const registers = [registry]
  return {
    requests: new Counter({
      name: `${PREFIX}receiver_requests_total`,
      help: 'Requests, by their result: taken, or the reason of the refusal.',
      labelNames: [...labelNames, 'result'],
      registers,
    }),
    bytes: new Counter({
      name: `${PREFIX}receiver_bytes_total`,
      help: 'Bytes of the bodies of requests as they arrived.',
      labelNames,
      registers,
    }),
    durations: new Histogram({
      name: `${PREFIX}receiver_duration_seconds`,
      help: 'Time from the head of a request to its answer.',
      labelNames,
      buckets: BUCKETS,
      registers,
    }),
    items: new Counter({
      name: `${PREFIX}receiver_items_total`,
      help: 'Spans, log records and metric points of requests that were taken: accepted, or rejected as unreadable.',
      labelNames: ['receiver', 'signal', 'result'],
      registers,
    }),
    refusedConnections: new Counter({
      name: `${PREFIX}receiver_refused_connections_total`,
      help: 'Connections beyond max_connections.',
      labelNames: ['receiver', 'protocol'],
      registers,
    }),
  }
}

const BACKLOGS: ReadonlyArray<
  readonly [name: string, help: string, count: (reported: ReportedExporter) => number]
> = [
  [
    'pending_spans',
    'Spans that wait for the rest of their trace.',
    ({ backlog }) => backlog().spans,
  ],
  ['pending_bytes', 'Bytes of these spans.', ({ backlog }) => backlog().spanBytes],
  ['pending_traces', 'Traces of these spans.', ({ backlog }) => backlog().traces],
  ['waiting_logs', 'Logs that are not sent yet.', ({ outcome }) => outcome().waitingLogs],
  ['waiting_metrics', 'Metrics that are not sent yet.', ({ outcome }) => outcome().waitingMetrics],
  ['metric_series', 'Series of metrics that are known.', ({ backlog }) => backlog().metricSeries],
  ['queue_envelopes', 'Envelopes that wait to be sent.', ({ backlog }) => backlog().envelopes],
  ['queue_bytes', 'Bytes of these envelopes.', ({ backlog }) => backlog().envelopeBytes],
  [
    'queue_full',
    '1 while the queue is full, and requests are refused.',
    ({ backlog }) => Number(backlog().isFull),
  ],
  [
    'sending_spans',
    'Spans in envelopes that are queued or being sent.',
    ({ outcome }) => outcome().sending,
  ],
  [
    'sentry_down',
    '1 while the last attempt had no answer, or one that Sentry is not available.',
    ({ isDown }) => Number(isDown()),
  ],
]

const addBacklogs = (
  registry: Registry,
  exporters: () => ReadonlyArray<ReportedExporter>,
): void => {
  for (const [name, help, count] of BACKLOGS) {
    new Gauge({
      name: PREFIX + name,
      help,
      labelNames: ['exporter'],
      registers: [registry],
      collect() {
        this.reset()
        for (const one of exporters()) this.inc({ exporter: one.id }, count(one))
      },
    })
  }
  new Gauge({
    name: `${PREFIX}durability`,
    help: 'The level of durability. With "memory" a crash loses the pending spans and the queue.',
    labelNames: ['level'],
    registers: [registry],
  }).set({ level: 'memory' }, 1)
}
