/** `serve`: the gateway, from OTLP to Sentry, until the user ends it. */
import * as Outcome from '@sentry-exporter/exporter/Outcome'
import type { Gateway, GatewayConfig } from '@sentry-exporter/gateway'
import * as E from '#fp-ts/Either'
import type * as T from '#fp-ts/Task'
import type { Capabilities } from '../Capabilities.ts'
import type { ExitCode } from '../ExitCode.ts'
import { describeConfig } from '../serve/describeConfig.ts'
import { withoutControls } from '../withoutControls.ts'
import * as Command from './Command.ts'

// model

type Args = GatewayConfig.ConfigSources

const USAGE = `Usage: sentry-exporter serve [--config SOURCE]... [--set KEY=VALUE]... [--dsn DSN]

Receives OTLP over HTTP (127.0.0.1:4318) and gRPC (127.0.0.1:4317), and sends transactions and errors to Sentry. The configuration is YAML in the
shape of the OpenTelemetry Collector; without --config a DSN is enough. Runs until SIGINT or SIGTERM, sends what waits, and
ends; a second signal ends it at once. SIGHUP loads the configuration again.

  --config SOURCE   a path, file:PATH, env:NAME or yaml:TEXT; of several ones the later ones win
  --set KEY=VALUE   one value of the configuration: exporters.sentry.environment=production
  --dsn DSN         the DSN of exporters without one; by default that of SENTRY_DSN, which other users of the machine cannot see

sentry-exporter check --config SOURCE checks a configuration and starts nothing.

Exit code 0: it was ended by a signal. 2: it could not start.
`

// decoding

const decode = (values: Command.Values): E.Either<string, Args> =>
  E.right({
    configs: Command.textsOf(values, 'config'),
    sets: Command.textsOf(values, 'set'),
    dsn: Command.textOf(values, 'dsn'),
  })

// running

const run =
  (sources: Args, capabilities: Capabilities): T.Task<ExitCode> =>
  async () => {
    const { stdout, stderr } = capabilities
    const print = (lines: ReadonlyArray<string>): void => {
      for (const line of lines) stderr(`${withoutControls(line)}\n`)
    }
    const reloads = reloading(capabilities, sources)
    const loaded = await capabilities.loadConfig(sources)()
    if (E.isLeft(loaded)) {
      print(loaded.left)
      return 2
    }
    const { config, notes } = loaded.right
    print(notes)
    const started = await capabilities.startGateway(config)()
    if (E.isLeft(started)) {
      print(started.left)
      return 2
    }
    stdout(`${describeConfig(config)}\n`)
    reloads.start(started.right)
    await capabilities.interrupted()
    for (const { id, outcome } of (await started.right.stop()).outcomes) {
      stdout(`${id}: ${withoutControls(Outcome.show(outcome))}\n`)
    }
    return 0
  }

/** A signal that comes before the gateway has started must not end the process. It reloads then, since the file may have changed. */
const reloading = (
  { loadConfig, onHangup }: Pick<Capabilities, 'loadConfig' | 'onHangup'>,
  sources: Args,
): { readonly start: (gateway: Gateway.Gateway) => void } => {
  let running: Gateway.Gateway | undefined
  let isWanted = false
  const reload = (): void => {
    if (running === undefined) isWanted = true
    else void running.reload(loadConfig(sources))
  }
  onHangup(reload)
  return {
    start: (gateway) => {
      running = gateway
      if (isWanted) reload()
    },
  }
}

export const serve: Command.Bound = Command.bind({
  name: 'serve',
  summary: 'receives OTLP over HTTP and gRPC, with the configuration of the Collector',
  usage: USAGE,
  options: { config: 'strings', set: 'strings', dsn: 'string' },
  takesFiles: false,
  // The parser's own message may quote a DSN.
  misuse: 'expected --config SOURCE, --set KEY=VALUE, --dsn DSN and nothing else',
  decode,
  run,
})
