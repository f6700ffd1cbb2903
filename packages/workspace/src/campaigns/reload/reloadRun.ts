/** Signals to a `serve` process under load, and the comparison of all figures afterwards. */
import * as Prometheus from '../../gateway/Prometheus.ts'
import { type ServeProcess, startServeFrom } from '../../gateway/ServeProcess.ts'
import { type CountingSink, openCountingSink } from '../load/countingSink.ts'
import * as ReloadFiles from './ReloadFiles.ts'
import { type SentReport, sendAll } from './senders.ts'

// model

export interface ReloadRun {
  readonly signals: number
  readonly results: Readonly<Record<ReloadFiles.ReloadExpectation, number>>
  readonly requests: number
  readonly connections: number
  readonly refused: number
  readonly spans: number
  /** Spans that the sink got, without the roots that were made for continuations. */
  readonly spansInSink: number
  readonly envelopesByProject: Readonly<Record<string, number>>
  /** Of a request. */
  readonly p50Millis: number
  readonly p99Millis: number
  readonly longestReloadMillis: number
  readonly secretsPrinted: number
}

const SENDERS = 3

const PAUSE_MILLIS = 300

const RELOAD_MILLIS = 30_000

/** Those of the configurations that are applied. */
const PROJECTS = 3

const DRAIN_MILLIS = 60_000

// running

/** Throws if something is refused, lost or counted otherwise, or if a secret is printed. */
export const reloadRun = async (signals: number): Promise<ReloadRun> => {
  const sink = await openCountingSink()
  const files = ReloadFiles.make(sink.port)
  const parts = ['otlp http', 'otlp grpc', 'metrics']
  const serve = await startServeFrom(files.configuration, parts)
  let isOver = false
  const [httpPort, grpcPort] = [serve.ports.get('otlp http'), serve.ports.get('otlp grpc')]
  const plan = { tokens: files.tokens, senders: SENDERS, isOver: () => isOver }
  const sending = sendAll({ ...plan, httpPort: httpPort ?? 0, grpcPort: grpcPort ?? 0 })
  const results = { applied: 0, invalid: 0, restart: 0, failed: 0 }
  const millis: Array<number> = []
  try {
    for (let n = 0; n < signals; n++) {
      const expected = files.change(n)
      results[expected]++
      const before = performance.now()
      serve.reload()
      await untilCounted(serve, n + 1)
      millis.push(performance.now() - before)
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLIS))
    }
    isOver = true
    const sent = await sending
    const printed = await drained(serve)
    const counted = Prometheus.parse(printed)
    checkResults(printed, results)
    check(sent, counted, sink)
    const { code, stdout } = await serve.end()
    if (code !== 0) throw new Error(`serve ended with ${code}`)
    const output = [serve.log(), stdout, printed].join('\n')
    const secrets = files.secrets().filter((secret) => output.includes(secret))
    if (secrets.length > 0) throw new Error(`${secrets.length} secrets were printed`)
    return reportOf(sent, { signals, results, sink, millis })
  } finally {
    isOver = true
    await sending
    await serve.end()
    files.remove()
    sink.close()
  }
}

/** Waits until the result of the signal is in the metrics. */
const untilCounted = async (serve: ServeProcess, count: number): Promise<void> => {
  const start = performance.now()
  for (;;) {
    const counted = Prometheus.sum(await serve.metrics(), 'sentry_exporter_config_reloads_total')
    if (counted === count) return
    if (performance.now() - start > RELOAD_MILLIS) {
      throw new Error(`${counted} of ${count} signals were counted: ${serve.log().slice(-2_000)}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** The metrics when nothing waits. */
const drained = async (serve: ServeProcess): Promise<string> => {
  const start = performance.now()
  for (;;) {
    const text = await serve.metricsText()
    const metrics = Prometheus.parse(text)
    const waiting = ['pending_spans', 'queue_envelopes', 'sending_spans'].reduce(
      (sum, name) => sum + Prometheus.sum(metrics, `sentry_exporter_${name}`),
      0,
    )
    if (waiting === 0) return text
    if (performance.now() - start > DRAIN_MILLIS) throw new Error(`${waiting} wait`)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

const checkResults = (printed: string, results: ReloadRun['results']): void => {
  for (const [result, count] of Object.entries(results)) {
    const line = `sentry_exporter_config_reloads_total{result="${result}"} ${count}`
    if (!printed.includes(`${line}\n`)) throw new Error(`not in the metrics: ${line}`)
  }
}

const check = (
  sent: SentReport,
  metrics: Prometheus.MetricSums,
  { counts, projects }: CountingSink,
): void => {
  if (projects.size !== PROJECTS) throw new Error(`envelopes came to ${projects.size} projects`)
  if (sent.refused.length > 0) throw new Error(`refused: ${sent.refused.slice(0, 5).join(', ')}`)
  const pairs: ReadonlyArray<readonly [name: string, expected: number]> = [
    ['spans_in_total', sent.spans],
    ['receiver_items_total', sent.spans],
    ['receiver_requests_total', sent.requests],
    ['sent_spans_total', sent.spans],
    ['sent_spans_total', counts.spans],
    ['sent_transactions_total', counts.transactions],
    ['sent_errors_total', counts.errors],
    ['lost_spans_total', 0],
    ['lost_errors_total', 0],
  ]
  for (const [name, expected] of pairs) {
    const value = Prometheus.sum(metrics, `sentry_exporter_${name}`)
    if (value !== expected) throw new Error(`${name} is ${value} in place of ${expected}`)
  }
}

const reportOf = (
  { spans, requests, connections, refused, millis }: SentReport,
  run: Pick<ReloadRun, 'signals' | 'results'> & {
    readonly sink: CountingSink
    readonly millis: ReadonlyArray<number>
  },
): ReloadRun => {
  millis.sort((a, b) => a - b)
  const quantile = (share: number): number =>
    Math.round(millis[Math.floor(millis.length * share)] ?? 0)
  return {
    signals: run.signals,
    results: run.results,
    requests,
    connections,
    refused: refused.length,
    spans,
    spansInSink: run.sink.counts.spans,
    envelopesByProject: Object.fromEntries([...run.sink.projects].sort()),
    p50Millis: quantile(0.5),
    p99Millis: quantile(0.99),
    longestReloadMillis: Math.round(Math.max(...run.millis)),
    secretsPrinted: 0,
  }
}
