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
  readonly source: string
  readonly hasContext: boolean
  /** Whether the end of the page sends spans whose entry is open: the processor knows of it. */
  readonly sendsAtEnd: boolean
}

// constructors

const ENTRY = `${scope}/opentelemetry/fetch`
const INSTRUMENTATIONS = "import './registerWebInstrumentations.js'"
const PROCESSOR = `import { SentrySpanProcessor } from '${ENTRY}'`

interface PageProgram {
  readonly name: string
  /** In their order. */
  readonly imports: ReadonlyArray<string>
  /** The span processor, as an expression. */
  readonly processor: string
  readonly sendsAtEnd: boolean
}

const PROGRAMS: ReadonlyArray<PageProgram> = [
  {
    name: 'SentrySpanProcessor, instrumentations first',
    imports: [INSTRUMENTATIONS, PROCESSOR],
    processor: 'new SentrySpanProcessor({ dsn })',
    sendsAtEnd: true,
  },
  {
    name: 'SentrySpanProcessor, instrumentations last',
    imports: [PROCESSOR, INSTRUMENTATIONS],
    processor: 'new SentrySpanProcessor({ dsn })',
    sendsAtEnd: true,
  },
  {
    name: 'SentrySpanProcessor, the instrumented fetch as an option',
    imports: [INSTRUMENTATIONS, PROCESSOR],
    processor: 'new SentrySpanProcessor({ dsn, transport: { fetch: globalThis.fetch } })',
    sendsAtEnd: true,
  },
  {
    name: 'SentrySpanExporter, instrumentations first',
    imports: [
      INSTRUMENTATIONS,
      `import { SentrySpanExporter } from '${ENTRY}'`,
      "import { BatchSpanProcessor } from '@opentelemetry/sdk-trace-web'",
    ],
    processor:
      'new BatchSpanProcessor(new SentrySpanExporter({ dsn }), { scheduledDelayMillis: 50 })',
    sendsAtEnd: false,
  },
]

/** The context managers, as expressions. */
const MANAGERS = [
  ['StackContextManager', '', 'undefined'],
  [
    'ZoneContextManager',
    "import 'zone.js'\nimport { ZoneContextManager } from '@opentelemetry/context-zone-peer-dep'",
    'new ZoneContextManager()',
  ],
  ['no context manager', '', 'null'],
] as const

const cases: ReadonlyArray<PageCase> = MANAGERS.flatMap(([manager, managerImports, expression]) =>
  PROGRAMS.map(({ name, imports, processor, sendsAtEnd }) => ({
    name: `${name}, ${manager}`,
    source: `
${managerImports}
${imports.join('\n')}
import * as page from './page.js'

globalThis.page = page
globalThis.open = (dsn) => page.start(${processor}, ${expression})
`,
    hasContext: expression !== 'null',
    sendsAtEnd,
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
  { name, source, hasContext, sendsAtEnd }: PageCase,
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
  // Without a context each span is a trace.
  const perWork = hasContext ? 1 : 3
  const call = (text: string, ...args: ReadonlyArray<string>): string =>
    `${text}(${args.map((arg) => JSON.stringify(arg)).join(', ')})`
  try {
    return await chromium.use(text, async ({ evaluate, leave, open }) => {
      await evaluate(call('open', dsn))
      // The first delivery fails, and a timer repeats it.
      watch.refuse(2)
      await evaluate(call('page.work', 'first', app))
      await evaluate(call('page.flush'))
      await RequestWatch.accepted(watch, perWork)
      // A timer delivers it.
      await evaluate(call('page.work', 'second', app))
      await RequestWatch.accepted(watch, 2 * perWork)
      // The end of the page delivers it.
      await evaluate(call('page.leaveOpen', 'third'))
      await leave()
      await RequestWatch.accepted(watch, 2 * perWork + (sendsAtEnd ? 1 : 0))
      await RequestWatch.pause(QUIET_MILLIS)
      await open()
      const spans = await evaluate<ReadonlyArray<RequestWatch.StartedSpan>>(call('page.started'))
      return RequestWatch.judge(`Chromium, ${name}`, watch, {
        spans,
        isPropagated: hasContext,
        expected: { first: 1, GET: 4, second: 1, third: 1, 'step of third': 1 },
      })
    })
  } finally {
    await watch.close()
  }
}

/** Longer than a span of a request would need to be sent. */
const QUIET_MILLIS = 1_000
