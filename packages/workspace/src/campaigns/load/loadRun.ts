/** Spans through `serve` into a sink: nothing lost, and the figures of both sides are the same. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import * as Prometheus from '../../gateway/Prometheus.ts'
import { type ServeProcess, startServe } from '../../gateway/ServeProcess.ts'
import { openCountingSink, type SinkCounts } from './countingSink.ts'
import type { LoadPlan, LoadReport } from './sendLoad.ts'

// model

export interface LoadRun extends LoadReport {
  readonly sent: SinkCounts
  readonly retried: number
  /** Of the gateway, for one span. */
  readonly cpuMicrosPerSpan: number
  /** The spans that one core could take. */
  readonly spansPerCoreSecond: number
  /** Resident memory of the gateway every tenth of the run, in megabytes. */
  readonly residentMegabytes: ReadonlyArray<number>
}

interface Sample {
  readonly residentBytes: number
}

const SAMPLE_MILLIS = 2_000

const DRAIN_MILLIS = 120_000

// running

const yamlFor = (sinkPort: number): string => `
receivers: { otlp: { protocols: { http: { endpoint: '127.0.0.1:0' } } } }
exporters: { sentry: { dsn: 'http://key@127.0.0.1:${sinkPort}/1', max_queue_bytes: 67108864 } }
service:
  telemetry:
    logs: { encoding: json }
    metrics: { readers: [{ pull: { exporter: { prometheus: { host: 127.0.0.1, port: 0 } } } }] }
  pipelines: { traces: { receivers: [otlp], exporters: [sentry] } }
`

/** Throws if something is lost or counted otherwise. */
export const loadRun = async (plan: Omit<LoadPlan, 'port'>): Promise<LoadRun> => {
  const sink = await openCountingSink()
  const serve = await startServe(yamlFor(sink.port), ['otlp http', 'metrics'])
  const samples: Array<Sample> = []
  const timer = setInterval(() => void sample(serve, samples), SAMPLE_MILLIS)
  try {
    const port = serve.ports.get('otlp http') ?? 0
    const sent = await inProcess({ ...plan, port })
    const drained = await drain(serve)
    check(sent, drained, sink.counts)
    const cpuSeconds = Prometheus.sum(drained, 'process_cpu_seconds_total')
    return {
      ...sent,
      sent: { ...sink.counts },
      retried: Prometheus.sum(drained, 'sentry_exporter_retried_total'),
      cpuMicrosPerSpan: rounded((cpuSeconds * 1e6) / sent.spans),
      spansPerCoreSecond: Math.round(sent.spans / cpuSeconds),
      residentMegabytes: tenths(samples),
    }
  } finally {
    clearInterval(timer)
    await serve.end()
    sink.close()
  }
}

/** The sender has a process of its own, so that its work is not that of the sink. */
const inProcess = async (plan: LoadPlan): Promise<LoadReport> => {
  const program = fileURLToPath(new URL('../../bin/sendLoad.js', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [program, JSON.stringify(plan)], {
    encoding: 'utf8',
    timeout: 3_600_000,
  })
  return JSON.parse(stdout)
}

const sample = async (serve: ServeProcess, samples: Array<Sample>): Promise<void> => {
  const metrics = await serve.metrics()
  samples.push({ residentBytes: Prometheus.sum(metrics, 'process_resident_memory_bytes') })
}

/** Waits until nothing waits. */
const drain = async (serve: ServeProcess): Promise<Prometheus.MetricSums> => {
  const start = performance.now()
  for (;;) {
    const metrics = await serve.metrics()
    const waiting = ['pending_spans', 'queue_envelopes', 'sending_spans'].reduce(
      (sum, name) => sum + Prometheus.sum(metrics, `sentry_exporter_${name}`),
      0,
    )
    if (waiting === 0) return metrics
    if (performance.now() - start > DRAIN_MILLIS) throw new Error(`${waiting} wait`)
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

/** All figures of `/metrics` are those of the sender and of the sink. */
const check = (sent: LoadReport, metrics: Prometheus.MetricSums, sink: SinkCounts): void => {
  const pairs: ReadonlyArray<readonly [name: string, expected: number]> = [
    ['spans_in_total', sent.spans],
    ['receiver_items_total', sent.spans],
    ['receiver_requests_total', sent.requests + sent.refused],
    ['sent_spans_total', sink.spans],
    ['sent_spans_total', sent.spans],
    ['sent_transactions_total', sink.transactions],
    ['sent_errors_total', sink.errors],
    ['lost_spans_total', 0],
    ['lost_errors_total', 0],
  ]
  for (const [name, expected] of pairs) {
    const value = Prometheus.sum(metrics, `sentry_exporter_${name}`)
    if (value !== expected) throw new Error(`${name} is ${value} in place of ${expected}`)
  }
}

const tenths = (samples: ReadonlyArray<Sample>): ReadonlyArray<number> =>
  Array.from({ length: 10 }, (_, tenth) =>
    Math.max(
      0,
      ...samples
        .slice((samples.length * tenth) / 10, (samples.length * (tenth + 1)) / 10)
        .map(({ residentBytes }) => Math.round(residentBytes / 1024 / 1024)),
    ),
  )

const rounded = (value: number): number => Math.round(value * 10) / 10
