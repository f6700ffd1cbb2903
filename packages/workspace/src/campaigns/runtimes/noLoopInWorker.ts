/**
 * Requests of the exporter in workerd, with the global fetch wrapped by otel-cf-workers: they make no spans and no further requests,
 * whatever is loaded first.
 */
import { join } from 'node:path'
import { scope } from '../../lint/packageRules.ts'
import { bundle } from './bundle.ts'
import type { NoLoopReport } from './noLoopInPage.ts'
import * as RequestWatch from './RequestWatch.ts'
import * as workerd from './workerd.ts'

// constructors

const MODULE = `${scope}/opentelemetry/fetch`

interface WorkerCase {
  readonly name: string
  readonly source: string
  /** Requests that are under way at the same time, at the end. A processor that is shared by requests allows none. */
  readonly atOnce: number
}

const PROCESSORS = [
  ['SentryRequestSpanProcessor', 40],
  ['SentrySpanProcessor', 0],
] as const

const orders = (processor: string): ReadonlyArray<readonly [string, string]> => [
  [
    'instrumentation last',
    `import { ${processor} } from '${MODULE}'
import { worker } from './worker.js'

export default worker((env) => new ${processor}({ env }))
`,
  ],
  [
    'instrumentation first',
    `import { worker } from './worker.js'

export default worker(async (env) => {
  const { ${processor} } = await import('${MODULE}')
  return new ${processor}({ env })
})
`,
  ],
  [
    'the instrumented fetch as an option',
    `import { ${processor} } from '${MODULE}'
import { worker } from './worker.js'

export default worker((env) => new ${processor}({ env, transport: { fetch: globalThis.fetch } }))
`,
  ],
]

const cases: ReadonlyArray<WorkerCase> = PROCESSORS.flatMap(([processor, atOnce]) =>
  orders(processor).map(([order, source]) => ({ name: `${order}, ${processor}`, source, atOnce })),
)

// running

/** `installed` is the folder of the installed runtimes. */
export const noLoopInWorker = async (installed: string): Promise<ReadonlyArray<NoLoopReport>> => {
  const reports: Array<NoLoopReport> = []
  for (const one of cases) {
    reports.push({
      runtime: 'workerd',
      instrumentation: '@microlabs/otel-cf-workers',
      case: one.name,
      ...(await tried(one, installed)),
    })
  }
  return reports
}

const tried = async (
  { name, source, atOnce }: WorkerCase,
  installed: string,
): Promise<RequestWatch.RequestCounts> => {
  const { text } = await bundle(
    { source, folder: join(installed, 'programs') },
    {
      conditions: workerd.CONDITIONS,
      alias: { '@opentelemetry/api': join(installed, 'node_modules', '@opentelemetry', 'api') },
    },
  )
  const watch = await RequestWatch.open()
  try {
    const bindings = { SENTRY_DSN: watch.dsn, APP: watch.app }
    return await workerd.use(installed, text, bindings, async ({ get }) => {
      // The instrumentation wraps the global fetch at the first request.
      await get('/warm')
      watch.refuse(2)
      await get('/work')
      await RequestWatch.accepted(watch, 1)
      const byTimer = await get('/timer')
      if (byTimer !== BY_TIMER) throw new Error(`workerd, ${name}: ${byTimer}`)
      await RequestWatch.accepted(watch, 3)
      await get('/work')
      await RequestWatch.accepted(watch, 4)
      watch.refuse(atOnce / 4)
      await Promise.all(Array.from({ length: atOnce }, () => get('/work')))
      await RequestWatch.accepted(watch, 4 + atOnce)
      await RequestWatch.pause(QUIET_MILLIS)
      const { delivered, waiting } = JSON.parse(await get('/outcome'))
      if (delivered.transactions !== 4 + atOnce || waiting !== 0) {
        throw new Error(`workerd, ${name}: ${JSON.stringify(delivered)}, ${waiting} waiting`)
      }
      const spans: ReadonlyArray<RequestWatch.StartedSpan> = JSON.parse(await get('/started'))
      return RequestWatch.judge(`workerd, ${name}`, watch, {
        spans: spans.map(([span, url]) => [span.replace(new URL(watch.app).host, 'app'), url]),
        expected: {
          'fetchHandler GET': 4 + atOnce,
          work: 2 + atOnce,
          'fetch GET app': 2 + atOnce,
          alone: 1,
        },
      })
    })
  } finally {
    await watch.close()
  }
}

const BY_TIMER = '1 delivered by a timer'

/** Longer than a span of a request would need to be sent. */
const QUIET_MILLIS = 1_000
