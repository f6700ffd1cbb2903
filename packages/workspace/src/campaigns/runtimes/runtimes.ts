/** The runtimes, and how each runs the program. Those of npm are in a folder of their own, with its own lockfile. */
import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import * as Browser from '../../browser/Browser.ts'
import * as program from './program.ts'

// model

/** The places of a run. */
export interface RunPlaces {
  /** Where programs resolve the packages of this workspace. */
  readonly folder: string
  /** Where they resolve SDK 3, which is among the runtimes, and the packages of this workspace. */
  readonly folderOfSdk3: string
  /** The installed runtimes. */
  readonly installed: string
  readonly dsn: string
}

export interface TriedRuntime {
  readonly name: string
  /** The source of the program, and the conditions of its bundle. */
  readonly contents: string
  readonly conditions: ReadonlyArray<string>
  /** Whether it needs SDK 3. */
  readonly isSdk3: boolean
  /** Gives the outcome as JSON. */
  readonly run: (places: RunPlaces, bundle: program.ProgramBundle) => Promise<string>
}

const LIMIT_MILLIS = 60_000

// constructors

const SCRIPTS = {
  node: 'program.node.mjs',
  fetch: 'program.fetch.mjs',
  sdk3: 'program.sdk3.mjs',
} as const

/** The files of the programs that are run as they are, by their names. */
export const scripts: ReadonlyArray<readonly [string, string]> = [
  [SCRIPTS.node, program.script('node')],
  [SCRIPTS.fetch, program.script('fetch')],
  [SCRIPTS.sdk3, program.script('sdk3')],
]

interface CommandLine {
  readonly entry: program.Entry
  readonly conditions: ReadonlyArray<string>
  /** The path of the command in the installed runtimes; that of this process if it is left out. */
  readonly path?: string
  readonly args?: ReadonlyArray<string>
}

const command = (
  name: string,
  { entry, conditions, path, args = [] }: CommandLine,
): TriedRuntime => ({
  name,
  contents: program.script(entry),
  conditions,
  isSdk3: entry === 'sdk3',
  run: async ({ folder, folderOfSdk3, installed, dsn }) => {
    const executable = path === undefined ? process.execPath : join(installed, path)
    const { stdout } = await promisify(execFile)(executable, [...args, SCRIPTS[entry], dsn], {
      cwd: entry === 'sdk3' ? folderOfSdk3 : folder,
      timeout: LIMIT_MILLIS,
    })
    return stdout.trim()
  },
})

/** The part of miniflare that is used. */
interface Miniflare {
  readonly dispatchFetch: (url: string) => Promise<{ readonly text: () => Promise<string> }>
  readonly dispose: () => Promise<void>
}

const workerd: TriedRuntime = {
  name: 'workerd',
  contents: program.worker,
  isSdk3: false,
  conditions: ['workerd', 'worker'],
  run: async ({ installed, dsn }, { text }) => {
    const path = join(installed, 'node_modules', 'miniflare', 'dist', 'src', 'index.js')
    const module: { readonly Miniflare: new (options: object) => Miniflare } = await import(
      pathToFileURL(path).href
    )
    const options = {
      cf: false,
      host: '127.0.0.1',
      modules: true,
      script: text,
      compatibilityDate: '2026-04-01',
      bindings: { SENTRY_DSN: dsn },
    }
    const miniflare = new module.Miniflare(options)
    try {
      return await (await miniflare.dispatchFetch('http://127.0.0.1/')).text()
    } finally {
      await miniflare.dispose()
    }
  },
}

const chromium: TriedRuntime = {
  name: 'Chromium',
  contents: program.page,
  isSdk3: false,
  conditions: ['module'],
  run: async ({ dsn }, { text }) => {
    const server = createServer((request, response) => {
      const isScript = request.url === '/program.js'
      const type = isScript ? 'text/javascript' : 'text/html'
      response.setHeader('content-type', `${type}; charset=utf-8`)
      response.end(isScript ? text : '<script type="module" src="/program.js"></script>')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    // A server that listens on a port has an address with it.
    const { port } = server.address() as AddressInfo
    const sight = {
      url: `http://127.0.0.1:${port}/`,
      width: 800,
      height: 600,
      nowMillis: Date.now(),
    }
    try {
      return await Browser.look(sight, ({ page }) => page.evaluate(`run(${JSON.stringify(dsn)})`))
    } finally {
      server.closeAllConnections()
      server.close()
    }
  },
}

const NODE = { entry: 'node', conditions: ['node'] } as const

const FETCH = { entry: 'fetch', conditions: [] } as const

export const all: ReadonlyArray<TriedRuntime> = [
  command('Node 20', NODE),
  command('Node 22', { ...NODE, path: 'node_modules/node-22/bin/node' }),
  command('Node 24', { ...NODE, path: 'node_modules/node-24/bin/node' }),
  command('Node 22, SDK 3', {
    entry: 'sdk3',
    conditions: ['node'],
    path: 'node_modules/node-22/bin/node',
  }),
  command('Node 24, SDK 3', {
    entry: 'sdk3',
    conditions: ['node'],
    path: 'node_modules/node-24/bin/node',
  }),
  command('Deno', {
    ...FETCH,
    conditions: ['deno'],
    path: 'node_modules/.bin/deno',
    args: ['run', '--quiet', '--no-prompt', '--allow-net=127.0.0.1', '--allow-env', '--allow-read'],
  }),
  command('Bun', {
    ...FETCH,
    conditions: ['bun'],
    path: 'node_modules/@oven/bun-linux-x64/bin/bun',
    args: ['run'],
  }),
  workerd,
  chromium,
]
