/** `check`: does this DSN work? */
import * as Check from '@sentry-exporter/exporter/Check'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import type * as T from '#fp-ts/Task'
import type { Capabilities } from '../Capabilities.ts'
import type { ExitCode } from '../ExitCode.ts'
import { withoutControls } from '../withoutControls.ts'
import * as Command from './Command.ts'

// model

interface Args {
  /** That of the environment if it is not given. */
  readonly dsn: string | undefined
  readonly insecureSkipVerify: boolean
  readonly timeoutMillis: number
}

const DEFAULT_TIMEOUT_MILLIS = 10_000

const MAX_TIMEOUT_MILLIS = 9_999_999

const USAGE = `Usage: sentry-exporter check [--dsn DSN] [--timeout-millis N] [--insecure-skip-verify]

Sends an empty envelope to Sentry and prints whether the DSN works: OK, bad DSN, unreachable, TLS, wrong key, wrong project, or
refused. Uses the proxy that the environment names.

  --dsn DSN                the DSN; by default that of SENTRY_DSN, which other users of the machine cannot see
  --timeout-millis N       the time limit of each of two requests (${DEFAULT_TIMEOUT_MILLIS})
  --insecure-skip-verify   trust any certificate

Exit code 0: it works. 1: it works, but Sentry takes nothing now. 2: it does not work.
`

// decoding

const decode = (values: Command.Values): E.Either<string, Args> =>
  pipe(
    Command.wholeOf(values, 'timeout-millis', [1, MAX_TIMEOUT_MILLIS]),
    E.map((timeoutMillis = DEFAULT_TIMEOUT_MILLIS) => ({
      dsn: Command.textOf(values, 'dsn'),
      insecureSkipVerify: values['insecure-skip-verify'] === true,
      timeoutMillis,
    })),
  )

// running

const run =
  ({ dsn: given, ...options }: Args, capabilities: Capabilities): T.Task<ExitCode> =>
  async () => {
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

export const check: Command.Bound = Command.bind({
  name: 'check',
  summary: 'checks whether a DSN works',
  usage: USAGE,
  options: { dsn: 'string', 'insecure-skip-verify': 'boolean', 'timeout-millis': 'string' },
  takesFiles: false,
  // The parser's own message may quote a DSN.
  misuse: 'expected --dsn DSN, --timeout-millis N, --insecure-skip-verify and nothing else',
  decode,
  run,
})
