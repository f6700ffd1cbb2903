/**
 * Replays the recorded traces of a small shop: decodes, assembles, seals, and sends the envelopes over HTTP, to a
 * sink of its own or to the project that SENTRY_DSN names. Then it checks that everything arrived.
 *
 *     demo [--once] [--verbatim] [--environment E]
 */
import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { Sink } from '@sentry-exporter/cli'
import * as Batch from '@sentry-exporter/core/Batch'
import * as Dsn from '@sentry-exporter/envelope/Dsn'
import * as Config from '@sentry-exporter/exporter/Config'
import * as ConfigError from '@sentry-exporter/exporter/ConfigError'
import * as DeliveryByDsn from '@sentry-exporter/exporter/DeliveryByDsn'
import * as Pipeline from '@sentry-exporter/exporter/Pipeline'
import * as DecodeError from '@sentry-exporter/otlp/DecodeError'
import * as ExportTraceRequest from '@sentry-exporter/otlp/ExportTraceRequest'
import { systemClock } from '@sentry-exporter/transport/Clock'
import { nodeHttp } from '@sentry-exporter/transport-node'
import * as E from 'fp-ts/lib/Either.js'
import * as Received from './Received.ts'
import * as Replay from './Replay.ts'
import { report, verdict } from './report.ts'

const { values: flags } = parseArgs({
  options: {
    once: { type: 'boolean', default: false },
    verbatim: { type: 'boolean', default: false },
    environment: { type: 'string' },
  },
})

const CTRL_C = 3

/**
 * Resolves at Ctrl-C or a signal to end. The terminal gives Ctrl-C as a byte here: as a signal it would also reach the shell that
 * runs the script, which reports a failure.
 */
const ended = async (stdin: typeof process.stdin): Promise<void> => {
  const isTerminal = stdin.isTTY === true
  if (isTerminal) stdin.setRawMode(true)
  await new Promise<void>((resolve) => {
    process.once('SIGINT', () => resolve())
    process.once('SIGTERM', () => resolve())
    if (isTerminal) {
      stdin.on('data', (typed: Buffer) => {
        if (typed.includes(CTRL_C)) resolve()
      })
    }
  })
  if (isTerminal) {
    stdin.setRawMode(false)
    stdin.pause()
  }
}

const print = (line: string): void => console.log(line)

const give = <L, A>(either: E.Either<L, A>, show: (error: L) => string): A => {
  if (E.isRight(either)) return either.right
  throw new Error(show(either.left))
}

// The recorded traces.
const folder = fileURLToPath(new URL('../otlp/', import.meta.url))
const requests = readdirSync(folder)
  .filter((name) => name.endsWith('-traces.json'))
  .sort()
  .map((name) => readFileSync(join(folder, name), 'utf8'))

// The destination.
const dsnOfUser = process.env['SENTRY_DSN']
let received = Received.empty
const sink = await Sink.open({
  port: 8969,
  onEnvelope: (envelope) => {
    received = Received.add(received, envelope)
  },
  page: () => `${received.transactions} transactions and ${received.errors} errors came.\n`,
  viewer: Sink.installedViewer(),
})
const config = give(
  Config.decode({ dsn: dsnOfUser ?? sink.dsn, environment: flags.environment }),
  ConfigError.show,
)

// One pipe: text, spans, envelopes, bytes on the wire.
const start = performance.now()
const batch = Batch.concatAll(
  requests.map((text) => give(ExportTraceRequest.parse(text), DecodeError.show)),
)
const salt = randomBytes(4).toString('hex')
const isRenewed = dsnOfUser !== undefined && !flags.verbatim
const spans = isRenewed ? Replay.renew({ salt, nowMillis: Date.now() })(batch) : batch
const { assembled } = Pipeline.ofBatch(config)(spans)
const http = nodeHttp()
const deliveries = DeliveryByDsn.make({
  http,
  clock: systemClock,
  client: 'sentry-exporter-demo/0.1.0',
  dsns: [config.dsn],
  options: config.delivery,
})
const outcome = await deliveries.send(assembled.envelopes, (sealed) => sealed)
const seconds = (performance.now() - start) / 1000

const replayed = { requests, batch: spans, assembled, outcome, seconds }
for (const line of report(replayed)) print(line)
if (dsnOfUser !== undefined) {
  print(
    `sent   to ${Dsn.show(config.dsn)}${isRenewed ? `, times shifted to now, ids from salt ${salt}` : ''}`,
  )
}
const problem = verdict(replayed, dsnOfUser === undefined ? received : undefined, sink)
for (const line of problem.lines) print(line)
process.exitCode = problem.reason === undefined ? 0 : 1
if (problem.reason !== undefined) console.error(`\nFAILED: ${problem.reason}`)

const staysUp = process.stdout.isTTY === true && !flags.once && dsnOfUser === undefined
if (staysUp) {
  const look = sink.hasViewer ? 'Look at the traces and errors at' : 'The sink stays up at'
  print(`\n${look} ${sink.url} until Ctrl-C.`)
  await ended(process.stdin)
}
await http.close?.()
await sink.close()
