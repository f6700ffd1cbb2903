/**
 * Replays the recorded traces of a small shop: sends their requests over OTLP/HTTP to a gateway with the configuration of a Collector,
 * which sends envelopes to a sink of its own or to the project that SENTRY_DSN names. Then it checks that everything arrived.
 *
 *     demo [--once] [--verbatim] [--environment E]
 */
import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { Sink } from '@sentry-exporter/cli'
import { ConfigProblem, Gateway, GatewayConfig, Listener } from '@sentry-exporter/gateway'
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

// The gateway.
const yaml = fileURLToPath(new URL('../gateway.yaml', import.meta.url))
const { liveCapabilities } = GatewayConfig
const { config } = give(
  await GatewayConfig.load(
    {
      configs: [yaml],
      sets:
        flags.environment === undefined
          ? []
          : [`exporters.sentry.environment=${flags.environment}`],
      dsn: undefined,
    },
    {
      ...liveCapabilities,
      env: (name) => (name === 'SENTRY_DSN' ? (dsnOfUser ?? sink.dsn) : liveCapabilities.env(name)),
    },
  ),
  (problems) => problems.map(ConfigProblem.show).join('\n'),
)
const gateway = give(await Gateway.start(config, Gateway.liveCapabilities), (errors) =>
  errors.map(Gateway.showStartError).join('\n'),
)
const [listening] = gateway.listening
const address = listening === undefined ? '' : Listener.showAddress(listening.address)

// The way of a request: OTLP over HTTP, the gateway, envelopes over HTTP.
const salt = randomBytes(4).toString('hex')
// Sentry takes nothing of last month: the gateway would move the times of each trace, and count that.
const sent = flags.verbatim ? requests : Replay.renew({ salt, nowMillis: Date.now() })(requests)
const start = performance.now()
for (const body of sent) {
  const { status } = await fetch(`http://${address}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  })
  if (status !== 200) throw new Error(`the gateway answered ${status}`)
}
const { outcomes } = await gateway.stop()
const seconds = (performance.now() - start) / 1000
const [exporter] = outcomes
if (exporter === undefined) throw new Error('the configuration has no exporter')

const replayed = { requests: sent, outcome: exporter.outcome, seconds }
print(`to     http://${address}/v1/traces, the gateway with examples/demo/gateway.yaml`)
for (const line of report(replayed)) print(line)
if (dsnOfUser !== undefined) {
  print(
    `sent   to the project of SENTRY_DSN${flags.verbatim ? '' : `, times shifted to now, ids from salt ${salt}`}`,
  )
}
const problem = verdict(replayed, dsnOfUser === undefined ? received : undefined, sink)
for (const line of problem.lines) print(line)
process.exitCode = problem.reason === undefined ? 0 : 1
if (problem.reason !== undefined) console.error(`\nFAILED: ${problem.reason}`)

const staysUp = process.stdout.isTTY === true && !flags.once && dsnOfUser === undefined
if (staysUp) {
  // Before the line is printed, since its reader may press Ctrl-C at once.
  const end = ended(process.stdin)
  const look = sink.hasViewer ? 'Look at the traces and errors at' : 'The sink stays up at'
  print(`\n${look} ${sink.url} until Ctrl-C.`)
  await end
}
await sink.close()
