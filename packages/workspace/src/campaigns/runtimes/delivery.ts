/** The shortest program that sends a trace, an error and a metric: everything arrives, and the bytes that a runtime has to load for it. */
import * as Sink from '@sentry-exporter/cli/Sink'
import type { Counts } from '@sentry-exporter/exporter/Counts'
import { scope } from '../../lint/packageRules.ts'
import { bundle } from './bundle.ts'
import type { Runtime } from './Runtime.ts'

// model

/** The module of the classes, or the exporter with SDK 3 in its batch processor. */
export type Entry = 'node' | 'fetch' | 'sdk3'

export interface LoadedBytes {
  readonly minified: number
  readonly compressed: number
}

// constructors

const SDK_2 = {
  provider: "import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base'",
  open: `const sentry = new SentrySpanProcessor({ dsn })
  const provider = new BasicTracerProvider({ spanProcessors: [sentry] })`,
}

const SDK_3 = {
  provider: "import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'",
  open: `const sentry = new SentrySpanExporter({ dsn })
  const processor = new BatchSpanProcessor({ exporter: sentry })
  const provider = new TracerProvider({ spanProcessors: [processor] })`,
}

/** Sends to a DSN, and gives the outcome as JSON. */
const sourceOf = (entry: Entry): string => {
  const { provider, open } = entry === 'sdk3' ? SDK_3 : SDK_2
  return `
import { ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api'
${provider}
import { SentryMetricExporter, SentrySpanExporter, SentrySpanProcessor } from '${scope}/opentelemetry/${entry === 'fetch' ? 'fetch' : 'node'}'

const run = async (dsn) => {
  ${open}
  const tracer = provider.getTracer('runtimes')
  const root = tracer.startSpan('GET /')
  tracer.startSpan('step', {}, trace.setSpan(ROOT_CONTEXT, root)).end()
  root.recordException(new TypeError('no tea'))
  root.setStatus({ code: SpanStatusCode.ERROR })
  root.end()
  const metrics = new SentryMetricExporter({ shares: sentry })
  const time = [Math.floor(Date.now() / 1000), 0]
  const point = { startTime: time, endTime: time, attributes: {}, value: 3 }
  const descriptor = { name: 'orders', unit: '' }
  const metric = { descriptor, aggregationTemporality: 0, dataPointType: 3, isMonotonic: true, dataPoints: [point] }
  const scopeMetrics = [{ scope: { name: 'runtimes' }, metrics: [metric] }]
  metrics.export({ resource: { attributes: {} }, scopeMetrics }, () => {})
  await metrics.shutdown()
  await provider.shutdown()
  return JSON.stringify(sentry.outcome())
}
`
}

const EXPECTED = JSON.stringify([
  ['event', 'trace_metric', 'transaction'],
  { transactions: 1, spans: 2, errors: 1, logs: 0, metrics: 1 } satisfies Counts,
  0,
  2,
])

// running

/** Throws unless a transaction, an error and a metric arrive, and the outcome has them. */
export const deliver = async (
  runtime: Runtime,
  entry: Entry,
  folder: string,
): Promise<LoadedBytes> => {
  const program = { source: sourceOf(entry), folder }
  const types: Array<string> = []
  const sink = await Sink.open({
    port: 0,
    onEnvelope: ({ items }) => types.push(...items.map(({ header }) => header.type)),
    page: () => '',
  })
  try {
    const { delivered, waiting, spansIn } = JSON.parse(await runtime.run(program, sink.dsn))
    const seen = JSON.stringify([types.sort(), delivered, waiting, spansIn])
    if (seen !== EXPECTED) throw new Error(`${runtime.name}: ${seen}, expected ${EXPECTED}`)
  } finally {
    await sink.close()
  }
  const loaded = `${program.source}\nexport default run\n`
  const { minified, compressed } = await bundle({ source: loaded, folder }, runtime)
  return { minified, compressed }
}
