/** The runtime of Cloudflare Workers, started by miniflare. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pathToFileURL } from 'node:url'
import { bundle } from './bundle.ts'
import { LIMIT_MILLIS, type Runtime } from './Runtime.ts'

// model

/** The part of miniflare that is used. */
interface Miniflare {
  readonly dispatchFetch: (url: string) => Promise<{ readonly text: () => Promise<string> }>
  readonly dispose: () => Promise<void>
}

/** A Worker in workerd. */
export interface Worker {
  /** The text of its answer. */
  readonly get: (path: string) => Promise<string>
}

export const CONDITIONS: ReadonlyArray<string> = ['workerd', 'worker']

// constructors

/** `installed` is the folder of the installed runtimes. */
export const runtime = (installed: string): Runtime => ({
  name: 'workerd',
  conditions: CONDITIONS,
  missing: () => (existsSync(pathOf(installed)) ? undefined : `there is no ${pathOf(installed)}`),
  run: async ({ source, folder }, input) => {
    const handler =
      'export default { fetch: async (_request, env) => new Response(await run(env.INPUT)) }'
    const program = { source: `${source}\n${handler}\n`, folder }
    const { text } = await bundle(program, { conditions: CONDITIONS })
    return use(installed, text, { INPUT: input }, ({ get }) => get('/'))
  },
})

const pathOf = (installed: string): string =>
  join(installed, 'node_modules', 'miniflare', 'dist', 'src', 'index.js')

// running

/** Runs a Worker of one module with bindings, and ends it whatever happens. */
export const use = async <A>(
  installed: string,
  script: string,
  bindings: Readonly<Record<string, string>>,
  run: (worker: Worker) => Promise<A>,
): Promise<A> => {
  const module: { readonly Miniflare: new (options: object) => Miniflare } = await import(
    pathToFileURL(pathOf(installed)).href
  )
  const miniflare = new module.Miniflare({
    cf: false,
    host: '127.0.0.1',
    modules: true,
    script,
    compatibilityDate: '2026-04-01',
    compatibilityFlags: ['nodejs_compat'],
    bindings,
    // It reports each connection that fails, with a stack: the cases of the contract make some.
    handleRuntimeStdio: (...streams: ReadonlyArray<Readable>) => {
      for (const stream of streams) stream.resume()
    },
  })
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('workerd: not ended in time')), LIMIT_MILLIS).unref()
  })
  try {
    const get = async (path: string): Promise<string> =>
      (await miniflare.dispatchFetch(`http://127.0.0.1${path}`)).text()
    return await Promise.race([run({ get }), late])
  } finally {
    await miniflare.dispose()
  }
}
