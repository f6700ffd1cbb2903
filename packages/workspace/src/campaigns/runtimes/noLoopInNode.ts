/**
 * Requests of the exporter in Node, with the instrumentations of http and undici on, which the global fetch uses too: they make no spans
 * and no further requests.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { scope } from '../../lint/packageRules.ts'
import { root } from '../../lint/Workspace.ts'
import type { NoLoopReport } from './noLoopInPage.ts'
import * as RequestWatch from './RequestWatch.ts'
import type { Runtime } from './Runtime.ts'

// constructors

/** The processor of the provider, by the class that sends. */
const PROCESSORS: Readonly<Record<string, string>> = {
  SentrySpanProcessor: 'sentry',
  SentrySpanExporter: 'new BatchSpanProcessor(sentry, { scheduledDelayMillis: 50 })',
}

/** Gives the spans that started. */
const sourceOf = (entry: 'node' | 'fetch', className: string, processor: string): string => `
import { createRequire } from 'node:module'
import { context, propagation, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { registerInstrumentations } from '@opentelemetry/instrumentation'
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http'
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici'
import { SentryPropagator } from '${scope}/opentelemetry'
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { ${className} } from '${scope}/opentelemetry/${entry}'

const getOverHttp = (url) =>
  new Promise((resolve, reject) => {
    createRequire(import.meta.url)('node:http').get(url, (answer) => answer.resume().on('end', resolve)).on('error', reject)
  })

const pause = (millis) => new Promise((resolve) => setTimeout(resolve, millis))

const run = async (input) => {
  const { dsn, app } = JSON.parse(input)
  const started = []
  const witness = {
    onStart: ({ name, attributes }) => started.push([name, attributes['url.full'] ?? attributes['http.url'] ?? null]),
    onEnd: () => undefined,
    forceFlush: async () => undefined,
    shutdown: async () => undefined,
  }
  const sentry = new ${className}({ dsn })
  const provider = new BasicTracerProvider({ spanProcessors: [witness, ${processor}] })
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  propagation.setGlobalPropagator(new SentryPropagator())
  trace.setGlobalTracerProvider(provider)
  registerInstrumentations({ instrumentations: [new HttpInstrumentation(), new UndiciInstrumentation()] })
  const work = (name) =>
    provider.getTracer('node').startActiveSpan(name, async (span) => {
      await (await fetch(app)).text()
      await getOverHttp(app)
      span.end()
    })
  await work('first')
  await provider.forceFlush()
  await work('second')
  // A timer delivers it.
  for (let i = 0; i < 200 && sentry.outcome().delivered.transactions < 2; i++) await pause(50)
  await pause(${QUIET_MILLIS})
  if (sentry.outcome().delivered.transactions !== 2) throw new Error(JSON.stringify(sentry.outcome()))
  await provider.shutdown()
  return JSON.stringify(started)
}
`

/** Longer than a span of a request would need to be sent. */
const QUIET_MILLIS = 500

// running

export const noLoopInNode = async (
  runtimes: ReadonlyArray<Runtime>,
): Promise<ReadonlyArray<NoLoopReport>> => {
  // Where the instrumentations are found.
  const dist = join(root, 'packages', 'opentelemetry', 'dist')
  mkdirSync(dist, { recursive: true })
  const folder = mkdtempSync(join(dist, '.programs-'))
  const reports: Array<NoLoopReport> = []
  try {
    for (const runtime of runtimes) {
      for (const entry of ['node', 'fetch'] as const) {
        for (const [name, processor] of Object.entries(PROCESSORS)) {
          const source = sourceOf(entry, name, processor)
          reports.push({
            runtime: runtime.name,
            instrumentation: '@opentelemetry/instrumentation-http, -undici',
            case: `${name} of /${entry}`,
            ...(await tried(runtime, name, { source, folder })),
          })
        }
      }
    }
    return reports
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const tried = async (
  runtime: Runtime,
  name: string,
  program: Parameters<Runtime['run']>[0],
): Promise<RequestWatch.RequestCounts> => {
  const watch = await RequestWatch.open()
  try {
    const { dsn, app } = watch
    watch.refuse(2)
    const spans = JSON.parse(await runtime.run(program, JSON.stringify({ dsn, app })))
    await RequestWatch.accepted(watch, 2)
    return RequestWatch.judge(`${runtime.name}, ${name}`, watch, {
      spans,
      expected: { first: 1, GET: 4, second: 1 },
    })
  } finally {
    await watch.close()
  }
}
