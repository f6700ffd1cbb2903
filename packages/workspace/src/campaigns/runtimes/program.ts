/** The shortest program that sends a trace and an error, for each kind of runtime, and its bundles. */
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { scope } from '../../lint/packageRules.ts'

// model

/** The module of the classes, or the exporter with SDK 3 in its batch processor. */
export type Entry = 'node' | 'fetch' | 'sdk3'

/** Bytes that a runtime has to load. */
interface LoadedBytes {
  readonly minified: number
  readonly compressed: number
}

export interface ProgramBundle extends LoadedBytes {
  readonly text: string
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

/** A function that sends to a DSN, and gives the outcome as JSON. */
const run = (entry: Entry): string => {
  const { provider, open } = entry === 'sdk3' ? SDK_3 : SDK_2
  return `
import { ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api'
${provider}
import { SentrySpanExporter, SentrySpanProcessor } from '${scope}/opentelemetry/${entry === 'fetch' ? 'fetch' : 'node'}'

const run = async (dsn) => {
  ${open}
  const tracer = provider.getTracer('runtimes')
  const root = tracer.startSpan('GET /')
  tracer.startSpan('step', {}, trace.setSpan(ROOT_CONTEXT, root)).end()
  root.recordException(new TypeError('no tea'))
  root.setStatus({ code: SpanStatusCode.ERROR })
  root.end()
  await provider.shutdown()
  return JSON.stringify(sentry.outcome())
}
`
}

/** Prints the outcome. The DSN is the argument. */
export const script = (entry: Entry): string =>
  `${run(entry)}\nconsole.log(await run(process.argv[2]))\n`

/** Answers with the outcome. The DSN is a binding. */
export const worker: string = `${run('fetch')}
export default { fetch: async (_request, env) => new Response(await run(env.SENTRY_DSN)) }
`

/** Puts the function into the global scope of a page. */
export const page: string = `${run('fetch')}\nglobalThis.run = run\n`

/** `folder` resolves the packages. */
export const bundle = async (
  contents: string,
  folder: string,
  conditions: Array<string>,
): Promise<ProgramBundle> => {
  const isNode = conditions.includes('node')
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: folder },
    absWorkingDir: folder,
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    platform: isNode ? 'node' : 'browser',
    conditions,
    external: ['node:*'],
    logLevel: 'silent',
  })
  const text = outputFiles[0]?.text ?? ''
  return {
    text,
    minified: Buffer.byteLength(text),
    compressed: gzipSync(text, { level: 9 }).length,
  }
}
