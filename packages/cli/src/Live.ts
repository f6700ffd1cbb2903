/** The capabilities of a real process. */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import * as Check from '@sentry-exporter/exporter/Check'
import { systemClock } from '@sentry-exporter/transport/Clock'
import type { Http } from '@sentry-exporter/transport/Http'
import { nodeHttp } from '@sentry-exporter/transport-node'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { Capabilities, CheckOptions, FileError } from './Capabilities.ts'
import * as Sink from './Sink.ts'
import { sendInput } from './send/sendInput.ts'

const SIGNALS = ['SIGINT', 'SIGTERM'] as const

const REASONS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'no such file or folder'],
  ['EACCES', 'no permission'],
  ['EISDIR', 'is a folder'],
  ['ENOTDIR', 'is not a folder'],
  ['EEXIST', 'is a file'],
  ['EADDRINUSE', 'is in use by another program'],
])

export const live: Capabilities = {
  readFile: (path) => attempt(path, () => (path === '-' ? buffer(process.stdin) : readFile(path))),
  writeFile: (path, bytes) => attempt(path, () => writeFile(path, bytes)),
  prepareFolder: (path, stale) =>
    attempt(path, async () => {
      await mkdir(path, { recursive: true })
      const names = await readdir(path)
      await Promise.all(
        names.filter((name) => stale.test(name)).map((name) => rm(join(path, name))),
      )
    }),
  isTerminal: process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined,
  stdout: (text) => {
    process.stdout.write(text)
  },
  stderr: (text) => {
    process.stderr.write(text)
  },
  openSink: (options) =>
    TE.tryCatch(
      () => Sink.open({ ...options, viewer: Sink.installedViewer() }),
      (error) => `127.0.0.1:${options.port}: ${reasonOf(error)}`,
    ),
  check: (options) => async () => {
    const http = httpOf(options)
    const { dsn, timeoutMillis } = options
    const checked = await Check.check({ http, clock: systemClock, timeoutMillis })(dsn)()
    await http.close?.()
    return checked
  },
  send: (options, input) =>
    sendInput({ http: httpOf(options), clock: systemClock })(options, input),
  loadConfig: (sources) => async () => {
    const { ConfigProblem, GatewayConfig } = await gateway()
    return pipe(
      await GatewayConfig.load(sources, GatewayConfig.liveCapabilities),
      E.bimap(
        (problems) => problems.map(ConfigProblem.show),
        ({ config, notes }) => ({ config, notes: notes.map(ConfigProblem.show) }),
      ),
    )
  },
  startGateway: (config) => async () => {
    const { Gateway } = await gateway()
    return pipe(
      await Gateway.start(config, Gateway.liveCapabilities),
      E.mapLeft((errors) => errors.map(Gateway.showStartError)),
    )
  },
  variable: (name) => process.env[name] || undefined,
  interrupted: () =>
    new Promise((resolve) => {
      const end = (): void => {
        // The second signal ends the process at once.
        for (const signal of SIGNALS) process.removeListener(signal, end)
        resolve()
      }
      for (const signal of SIGNALS) process.on(signal, end)
    }),
  onHangup: (react) => {
    // Windows sends it when a console is closed, and then ends the process.
    if (process.platform !== 'win32') process.on('SIGHUP', react)
  },
}

/** The options of the command itself are none of an `Http`. */
const httpOf = ({ insecureSkipVerify, timeoutMillis }: CheckOptions): Http =>
  nodeHttp({ insecureSkipVerify, timeoutMillis, warn: (message) => live.stderr(`${message}\n`) })

/** Its libraries are large, and the other commands need none of them. */
const gateway = () => import('@sentry-exporter/gateway')

const attempt = <A>(path: string, run: () => Promise<A>): TE.TaskEither<FileError, A> =>
  TE.tryCatch(run, (error) => ({ path, reason: reasonOf(error) }))

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error ? error.code : undefined
  return (typeof code === 'string' ? REASONS.get(code) : undefined) ?? error.message
}
