/** The capabilities of a real process. */
import { randomBytes } from 'node:crypto'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as Check from '@sentry-exporter/exporter/Check'
import { systemClock } from '@sentry-exporter/transport/Clock'
import type { Http } from '@sentry-exporter/transport/Http'
import { nodeHttp } from '@sentry-exporter/transport-node'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { Capabilities, CheckOptions, FileError } from './Capabilities.ts'
import { errorReason } from './errorReason.ts'
import { keepInput, openInput } from './input/liveInput.ts'
import * as Sink from './Sink.ts'
import { openExporter } from './send/openExporter.ts'

const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/** Of a terminal that does not know its size. */
const DEFAULT_COLUMNS = 80

export const live: Capabilities = {
  openInput,
  keepInput,
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
      (error) => `127.0.0.1:${options.port}: ${errorReason(error)}`,
    ),
  check: (options) => async () => {
    const http = httpOf(options)
    const { dsn, timeoutMillis } = options
    const checked = await Check.check({ http, clock: systemClock, timeoutMillis })(dsn)()
    await http.close?.()
    return checked
  },
  openExporter: (options) => openExporter({ http: httpOf(options), clock: systemClock })(options),
  clock: systemClock,
  salt: () => randomBytes(8).toString('hex'),
  terminalColumns: () =>
    process.stderr.isTTY === true && process.env['TERM'] !== 'dumb'
      ? process.stderr.columns || DEFAULT_COLUMNS
      : undefined,
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
  TE.tryCatch(run, (error) => ({ path, reason: errorReason(error) }))
