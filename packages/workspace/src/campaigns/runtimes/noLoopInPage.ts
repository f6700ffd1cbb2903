/**
 * Requests of the exporter in Chromium, with the instrumentations of fetch and XMLHttpRequest on: they make no spans and no further
 * requests, whatever is loaded first, and with each context manager.
 */
import { join } from 'node:path'
import { scope } from '../../lint/packageRules.ts'
import { bundle } from './bundle.ts'
import * as chromium from './chromium.ts'
import * as RequestWatch from './RequestWatch.ts'

// model

export interface NoLoopReport extends RequestWatch.RequestCounts {
  readonly runtime: string
  readonly instrumentation: string
  readonly case: string
}

interface PageCase {
  readonly name: string
  /** The imports and `makeProcessor`, in their order. */
  readonly source: string
  /** The context manager, as an expression. */
  readonly contextManager: string
}

// constructors

const IMPORT_PROCESSOR = `import { SentrySpanProcessor } from '${scope}/opentelemetry/fetch'`
const IMPORT_INSTRUMENTATIONS = "import './registerWebInstrumentations.js'"

const ORDERS = [
  ['instrumentations first', `${IMPORT_INSTRUMENTATIONS}\n${IMPORT_PROCESSOR}`, '{ dsn }'],
  ['instrumentations last', `${IMPORT_PROCESSOR}\n${IMPORT_INSTRUMENTATIONS}`, '{ dsn }'],
  [
    'the instrumented fetch as an option',
    `${IMPORT_INSTRUMENTATIONS}\n${IMPORT_PROCESSOR}`,
    '{ dsn, transport: { fetch: globalThis.fetch } }',
  ],
] as const

const MANAGERS = [
  ['StackContextManager', '', 'undefined'],
  [
    'ZoneContextManager',
    "import 'zone.js'\nimport { ZoneContextManager } from '@opentelemetry/context-zone-peer-dep'",
    'new ZoneContextManager()',
  ],
  ['no context manager', '', 'null'],
] as const

const cases: ReadonlyArray<PageCase> = MANAGERS.flatMap(([manager, imports, contextManager]) =>
  ORDERS.map(([order, inOrder, options]) => ({
    name: `${order}, ${manager}`,
    source: `
${imports}
${inOrder}
import * as page from './page.js'

globalThis.page = page
globalThis.open = (dsn) => page.start(new SentrySpanProcessor(${options}), ${contextManager})
`,
    contextManager,
  })),
)

// running

/** `installed` is the folder of the installed runtimes. */
export const noLoopInPage = async (installed: string): Promise<ReadonlyArray<NoLoopReport>> => {
  const reports: Array<NoLoopReport> = []
  for (const one of cases) {
    reports.push({
      runtime: 'Chromium',
      instrumentation: '@opentelemetry/instrumentation-fetch, -xml-http-request',
      case: one.name,
      ...(await tried(one, installed)),
    })
  }
  return reports
}

const tried = async (
  { name, source, contextManager }: PageCase,
  installed: string,
): Promise<RequestWatch.RequestCounts> => {
  const { text } = await bundle(
    { source, folder: join(installed, 'programs') },
    {
      conditions: chromium.CONDITIONS,
      alias: { '@opentelemetry/api': join(installed, 'node_modules', '@opentelemetry', 'api') },
    },
  )
  const watch = await RequestWatch.open()
  const { dsn, app } = watch
  const call = (text: string, ...args: ReadonlyArray<string>): string =>
    `${text}(${args.map((arg) => JSON.stringify(arg)).join(', ')})`
  try {
    return await chromium.use(text, async ({ evaluate, leave, open }) => {
      await evaluate(call('open', dsn))
      // The first delivery fails, and a timer repeats it.
      watch.refuse(2)
      await evaluate(call('page.work', 'first', app))
      await evaluate(call('page.flush'))
      await RequestWatch.accepted(watch, 1)
      // A timer delivers it.
      await evaluate(call('page.work', 'second', app))
      await RequestWatch.accepted(watch, 2)
      // The end of the page delivers it.
      await evaluate(call('page.leaveOpen', 'third'))
      await leave()
      await RequestWatch.accepted(watch, 3)
      await RequestWatch.pause(QUIET_MILLIS)
      await open()
      const spans = await evaluate<ReadonlyArray<RequestWatch.StartedSpan>>(call('page.started'))
      return RequestWatch.judge(`Chromium, ${name}`, watch, {
        spans,
        isPropagated: contextManager !== 'null',
        expected: { first: 1, GET: 4, second: 1, third: 1, 'step of third': 1 },
      })
    })
  } finally {
    await watch.close()
  }
}

/** Longer than a span of a request would need to be sent. */
const QUIET_MILLIS = 1_000
