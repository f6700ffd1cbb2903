/** `check`: does this DSN work? */
import * as Check from '@sentry-exporter/exporter/Check'
import type { GatewayConfig } from '@sentry-exporter/gateway'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import type * as T from '#fp-ts/Task'
import type { Capabilities } from '../Capabilities.ts'
import type { ExitCode } from '../ExitCode.ts'
import { describeConfig } from '../serve/describeConfig.ts'
import { withoutControls } from '../withoutControls.ts'
import * as Command from './Command.ts'

// model

interface Args {
  /** That of the environment if it is not given. */
  readonly dsn: string | undefined
  readonly insecureSkipVerify: boolean
  readonly timeoutMillis: number
  /** The configuration of the gateway to check, in place of a DSN. */
  readonly configs: ReadonlyArray<string>
  readonly sets: ReadonlyArray<string>
}

const DEFAULT_TIMEOUT_MILLIS = 10_000

const MAX_TIMEOUT_MILLIS = 9_999_999

const USAGE = `Usage: sentry-exporter check [--dsn DSN] [--timeout-millis N] [--insecure-skip-verify]
       sentry-exporter check --config SOURCE... [--set KEY=VALUE]...

Sends an empty envelope to Sentry and prints whether the DSN works: OK, bad DSN, unreachable, TLS, wrong key, wrong project, or
refused. Uses the proxy that the environment names. With --config it checks the configuration of serve, and sends nothing.

  --dsn DSN                the DSN; by default that of SENTRY_DSN, which other users of the machine cannot see
  --timeout-millis N       the time limit of each of two requests (${DEFAULT_TIMEOUT_MILLIS})
  --insecure-skip-verify   trust any certificate
  --config SOURCE          a configuration of the gateway; as for serve
  --set KEY=VALUE          a value of it; as for serve

Exit code 0: it works, or the configuration is valid. 1: it works, but Sentry takes nothing now. 2: it does not work.
`

// decoding

const decode = (values: Command.Values): E.Either<string, Args> =>
  pipe(
    Command.wholeOf(values, 'timeout-millis', [1, MAX_TIMEOUT_MILLIS]),
    E.map((timeoutMillis = DEFAULT_TIMEOUT_MILLIS) => ({
      dsn: Command.textOf(values, 'dsn'),
      insecureSkipVerify: values['insecure-skip-verify'] === true,
      timeoutMillis,
      configs: Command.textsOf(values, 'config'),
      sets: Command.textsOf(values, 'set'),
    })),
  )

// running

const run =
  ({ dsn: given, configs, sets, ...options }: Args, capabilities: Capabilities): T.Task<ExitCode> =>
  async () => {
    if (configs.length > 0) return checkConfig({ configs, sets, dsn: given }, capabilities)
    const dsn = given ?? capabilities.variable('SENTRY_DSN')
    if (dsn === undefined) {
      capabilities.stderr(`no DSN: give --dsn or set SENTRY_DSN\n\n${USAGE}`)
      return 2
    }
    const checked = await capabilities.check({ dsn, ...options })()
    const line = `${withoutControls(Check.show(checked))}\n`
    if (checked._tag === 'Ok') capabilities.stdout(line)
    else capabilities.stderr(line)
    return checked._tag === 'Ok' ? 0 : Check.isKnown(checked) ? 1 : 2
  }

const checkConfig = async (
  sources: GatewayConfig.ConfigSources,
  { loadConfig, stdout, stderr }: Capabilities,
): Promise<ExitCode> => {
  const loaded = await loadConfig(sources)()
  const lines = E.isLeft(loaded) ? loaded.left : loaded.right.notes
  for (const line of lines) stderr(`${withoutControls(line)}\n`)
  if (E.isLeft(loaded)) return 2
  stdout(`${describeConfig(loaded.right.config)}\n`)
  return 0
}

export const check: Command.Bound = Command.bind({
  name: 'check',
  summary: 'checks whether a DSN works, or a configuration of serve is valid',
  usage: USAGE,
  options: {
    config: 'strings',
    dsn: 'string',
    'insecure-skip-verify': 'boolean',
    set: 'strings',
    'timeout-millis': 'string',
  },
  takesFiles: false,
  // The parser's own message may quote a DSN.
  misuse:
    'expected --dsn DSN, --timeout-millis N, --insecure-skip-verify, --config SOURCE, --set KEY=VALUE and nothing else',
  decode,
  run,
})
