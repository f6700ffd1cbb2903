/** Two replicas behind a splitter are restarted one after the other, while spans arrive. Every span that was taken is accounted for. */
import { openEnvelopeServer } from '../../gateway/EnvelopeServer.ts'
import type { Replica, ReplicaSummary, StartReplica } from './Replica.ts'
import * as splitter from './splitter.ts'

// model

export interface RollingRestartPlan {
  readonly start: StartReplica
  readonly senders: number
  /** Before, between and after the restarts. */
  readonly pauseMillis: number
  readonly shutdownMillis: number
  /** Whether Sentry refuses everything that the first replica sends from its end on. */
  readonly isSinkDown: boolean
}

export interface RollingRestartReport {
  /** Spans of requests that were answered with 200. */
  readonly answered: number
  /** Of these, the spans that came to the sink. */
  readonly arrived: number
  /** Of these, the spans that the last outcomes of the replicas count as lost. */
  readonly counted: number
  readonly traces: number
  /** Traces that came in more than one transaction: a replica ended between their spans. */
  readonly dividedTraces: number
  readonly retries: splitter.SplitterRetries
}

interface Sink {
  /** Number of arrivals by trace and span. */
  readonly spans: Map<string, number>
  readonly transactions: Map<string, number>
}

const REPLICAS = 2

const SPANS_BELOW_ROOT = 3

// running

/** Throws if a span that was answered with 200 neither arrives nor is counted, or arrives twice. */
export const rollingRestartRun = async (
  plan: RollingRestartPlan,
): Promise<RollingRestartReport> => {
  const sink: Sink = { spans: new Map(), transactions: new Map() }
  // A request that a replica gave up may reach the sink late, so that a refused project stays refused.
  const refused = new Set<string>()
  const server = await openEnvelopeServer(
    (bytes) => record(sink, bytes),
    (path) => !refused.has(path),
  )
  const options = { sinkPort: server.port, shutdownMillis: plan.shutdownMillis }
  const replicas = await Promise.all(
    Array.from({ length: REPLICAS }, (_unused, index) =>
      plan.start({ ...options, project: index + 1, port: 0 }),
    ),
  )
  const split = splitter.make(replicas.map(({ port }) => port))
  const answered = new Set<string>()
  let isOver = false
  const sending = Array.from({ length: plan.senders }, (_unused, n) =>
    sendTraces(split, n, { answered, isOver: () => isOver }),
  )
  const summaries: Array<ReplicaSummary> = []
  try {
    for (const [index, replica] of replicas.entries()) {
      await pause(plan.pauseMillis)
      if (plan.isSinkDown && index === 0) refused.add(pathOf(index + 1))
      summaries.push(await replica.stop())
      const project = REPLICAS + index + 1
      replicas[index] = await plan.start({ ...options, project, port: replica.port })
    }
    await pause(plan.pauseMillis)
    isOver = true
    await Promise.all(sending)
    summaries.push(...(await stopAll(replicas)))
  } finally {
    isOver = true
    split.close()
    await stopAll(replicas)
    server.close()
  }
  return checked({ answered, sink, summaries, retries: split.retries })
}

const pathOf = (project: number): string => `/api/${project}/envelope/`

const pause = (millis: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, millis))

/** May be called again. */
const stopAll = async (replicas: ReadonlyArray<Replica>): Promise<ReadonlyArray<ReplicaSummary>> =>
  Promise.all(replicas.map(({ stop }) => stop()))

const record = ({ spans, transactions }: Sink, bytes: Buffer): void => {
  const [, , event = ''] = bytes.toString('utf8').split('\n')
  const { contexts, spans: children = [] } = JSON.parse(event)
  const { trace } = contexts
  transactions.set(trace.trace_id, (transactions.get(trace.trace_id) ?? 0) + 1)
  const isSynthetic = trace.data?.['sentry_exporter.synthetic'] === true
  for (const { span_id } of isSynthetic ? children : [trace, ...children]) {
    const key = `${trace.trace_id} ${span_id}`
    spans.set(key, (spans.get(key) ?? 0) + 1)
  }
}

/** Each trace in two requests: the children, then the root. */
const sendTraces = async (
  split: splitter.Splitter,
  sender: number,
  { answered, isOver }: { readonly answered: Set<string>; readonly isOver: () => boolean },
): Promise<void> => {
  for (let n = 1; !isOver(); n++) {
    const traceId = (sender * 1_000_000 + n).toString(16).padStart(32, '0')
    const span = (id: number, parent?: number): { traceId: string; spanId: string } => ({
      traceId,
      spanId: idOf(id),
      ...(parent === undefined ? { kind: 2 } : { parentSpanId: idOf(parent), kind: 1 }),
      ...{ name: 'work', flags: 0x101 },
    })
    const children = Array.from({ length: SPANS_BELOW_ROOT }, (_unused, at) => span(at + 2, 1))
    for (const spans of [children, [span(1)]]) {
      await split.send(spans)
      for (const { spanId } of spans) answered.add(`${traceId} ${spanId}`)
      await pause(5)
    }
  }
}

const idOf = (id: number): string => id.toString(16).padStart(16, '0')

interface RestartFigures {
  readonly answered: ReadonlySet<string>
  readonly sink: Sink
  readonly summaries: ReadonlyArray<ReplicaSummary>
  readonly retries: splitter.SplitterRetries
}

const checked = ({ answered, sink, summaries, retries }: RestartFigures): RollingRestartReport => {
  const sum = (count: (summary: ReplicaSummary) => number): number =>
    summaries.reduce((total, summary) => total + count(summary), 0)
  const [taken, counted] = [sum(({ spansIn }) => spansIn), sum(({ lost }) => lost)]
  const missing = [...answered].filter((key) => !sink.spans.has(key)).length
  const twice = [...sink.spans.values()].filter((count) => count > 1).length
  if (taken !== answered.size) throw new Error(`${taken} were taken, ${answered.size} answered`)
  if (missing !== counted) throw new Error(`${missing} are missing, ${counted} are counted`)
  if (twice > 0) throw new Error(`${twice} arrived twice`)
  return {
    answered: answered.size,
    arrived: answered.size - missing,
    counted,
    traces: sink.transactions.size,
    dividedTraces: [...sink.transactions.values()].filter((count) => count > 1).length,
    retries,
  }
}
