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

const CASES = [
  [
    'instrumentation last',
    `import { SentrySpanProcessor } from '${MODULE}'
import { worker } from './worker.js'

export default worker((env) => new SentrySpanProcessor({ env }))
`,
  ],
  [
    'instrumentation first',
    `import { worker } from './worker.js'

export default worker(async (env) => {
  const { SentrySpanProcessor } = await import('${MODULE}')
  return new SentrySpanProcessor({ env })
})
`,
  ],
  [
    'the instrumented fetch as an option',
    `import { SentrySpanProcessor } from '${MODULE}'
import { worker } from './worker.js'

export default worker((env) => new SentrySpanProcessor({ env, transport: { fetch: globalThis.fetch } }))
`,
  ],
] as const

// running

/** `installed` is the folder of the installed runtimes. */
export const noLoopInWorker = async (installed: string): Promise<ReadonlyArray<NoLoopReport>> => {
  const reports: Array<NoLoopReport> = []
  for (const [name, source] of CASES) {
    reports.push({
      runtime: 'workerd',
      instrumentation: '@microlabs/otel-cf-workers',
      case: name,
      ...(await tried(name, source, installed)),
    })
  }
  return reports
}

const tried = async (
  name: string,
  source: string,
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
      await RequestWatch.pause(QUIET_MILLIS)
      const spans: ReadonlyArray<RequestWatch.StartedSpan> = JSON.parse(await get('/started'))
      return RequestWatch.judge(`workerd, ${name}`, watch, {
        spans: spans.map(([span, url]) => [span.replace(new URL(watch.app).host, 'app'), url]),
        expected: { 'fetchHandler GET': 4, work: 2, 'fetch GET app': 2, alone: 1 },
      })
    })
  } finally {
    await watch.close()
  }
}

const BY_TIMER = '1 delivered by a timer'

/** Longer than a span of a request would need to be sent. */
const QUIET_MILLIS = 1_000
