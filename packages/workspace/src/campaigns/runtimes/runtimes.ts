/** The runtimes, and the cases that run in each. Those of npm are in a folder of their own, with its own lockfile. */
import { join } from 'node:path'
import * as chromium from './chromium.ts'
import { commandRuntime } from './commandRuntime.ts'
import { FETCH, NODE, type TriedHttp } from './contract.ts'
import type { Entry } from './delivery.ts'
import type { Runtime } from './Runtime.ts'
import * as workerd from './workerd.ts'

// model

export interface TriedRuntime {
  readonly runtime: Runtime
  readonly entry: Entry
  readonly https: ReadonlyArray<TriedHttp>
}

// constructors

const NO_TLS_ERRORS = 'it reports a failed connection without the reason'

const HIDES_REDIRECTS =
  'it hides the status of a redirect that is not followed (fetch.spec.whatwg.org, "opaque-redirect filtered response"): fetchHttp gives 302'

const IN_CHROMIUM: ReadonlyArray<TriedHttp> = [
  {
    ...FETCH,
    unable: {
      headers: 'fetchHttp sets no header in browsers, so that no preflight request is needed',
      'redirect-status': HIDES_REDIRECTS,
      'tls-errors': NO_TLS_ERRORS,
      abort: 'Chromium continues an aborted request with keepalive for 30 seconds',
    },
  },
  {
    ...FETCH,
    name: "transport-fetch with auth: 'header' and keepalive: false",
    make: "(options) => fetchHttp({ ...options, auth: 'header', keepalive: false })",
    unable: {
      'no-preflight': 'a header of its own needs the permission of the server',
      'redirect-status': HIDES_REDIRECTS,
      'tls-errors': NO_TLS_ERRORS,
    },
  },
]

const DENO_ARGS = [
  'run',
  '--quiet',
  '--no-prompt',
  '--allow-net=127.0.0.1',
  '--allow-env',
  '--allow-read',
]

/** `installed` is the folder of the installed runtimes. */
export const all = (installed: string): ReadonlyArray<TriedRuntime> => {
  const node = (version: string, executable: string): ReadonlyArray<TriedRuntime> => {
    const runtime = commandRuntime({ name: `Node ${version}`, conditions: ['node'], executable })
    return [{ runtime, entry: 'node', https: [NODE, FETCH] }]
  }
  const inModules = (...path: ReadonlyArray<string>): string =>
    join(installed, 'node_modules', ...path)
  const sdk3 = (version: string): TriedRuntime => ({
    runtime: commandRuntime({
      name: `Node ${version}, SDK 3`,
      conditions: ['node'],
      executable: inModules(`node-${version}`, 'bin', 'node'),
    }),
    entry: 'sdk3',
    https: [],
  })
  return [
    ...node('20', process.execPath),
    ...node('22', inModules('node-22', 'bin', 'node')),
    ...node('24', inModules('node-24', 'bin', 'node')),
    sdk3('22'),
    sdk3('24'),
    {
      runtime: commandRuntime({
        name: 'Deno',
        conditions: ['deno'],
        executable: inModules('.bin', 'deno'),
        args: DENO_ARGS,
      }),
      entry: 'fetch',
      https: [FETCH],
    },
    {
      runtime: commandRuntime({
        name: 'Bun',
        conditions: ['bun'],
        executable: inModules('@oven', 'bun-linux-x64', 'bin', 'bun'),
        args: ['run'],
      }),
      entry: 'fetch',
      https: [FETCH],
    },
    {
      runtime: workerd.runtime(installed),
      entry: 'fetch',
      https: [{ ...FETCH, unable: { 'tls-errors': NO_TLS_ERRORS } }],
    },
    { runtime: chromium.runtime, entry: 'fetch', https: IN_CHROMIUM },
  ]
}
