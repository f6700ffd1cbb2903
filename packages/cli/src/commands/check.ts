/** `check`: does this DSN work? */
import { parseArgs } from 'node:util'
import * as Check from '@sentry-exporter/exporter/Check'
import * as E from '#fp-ts/Either'
import * as T from '#fp-ts/Task'
import type { Capabilities } from '../Capabilities.ts'
import type { ExitCode } from '../ExitCode.ts'
import { withoutControls } from '../withoutControls.ts'

// running

export const check =
  (words: ReadonlyArray<string>) =>
  (capabilities: Capabilities): T.Task<ExitCode> => {
    const args = parse(words)
    if (E.isLeft(args)) return fail(capabilities, args.left)
    if (args.right.help) {
      capabilities.stdout(USAGE)
      return T.of<ExitCode>(0)
    }
    const dsn = args.right.dsn ?? capabilities.variable('SENTRY_DSN')
    return dsn === undefined
      ? fail(capabilities, 'no DSN: give --dsn or set SENTRY_DSN')
      : run(dsn, args.right, capabilities)
  }

interface Args {
  readonly dsn: string | undefined
  readonly insecureSkipVerify: boolean
  readonly timeoutMillis: number
  readonly help: boolean
}

const parse = (words: ReadonlyArray<string>): E.Either<string, Args> => {
  const parsed = E.tryCatch(
    () =>
      parseArgs({
        args: [...words],
        options: {
          dsn: { type: 'string' },
          'insecure-skip-verify': { type: 'boolean', default: false },
          'timeout-millis': { type: 'string', default: '10000' },
          help: { type: 'boolean', short: 'h', default: false },
        },
      }),
    // The message may quote what was given, and that may be a DSN.
    () => 'expected --dsn DSN, --timeout-millis N, --insecure-skip-verify and nothing else',
  )
  if (E.isLeft(parsed)) return parsed
  const { dsn, help, 'insecure-skip-verify': insecureSkipVerify } = parsed.right.values
  const millis = parsed.right.values['timeout-millis']
  return /^[1-9]\d{0,6}$/.test(millis)
    ? E.right({ dsn, insecureSkipVerify, timeoutMillis: Number(millis), help })
    : E.left('--timeout-millis: expected a whole number from 1 to 9999999')
}

const fail = (capabilities: Capabilities, problem: string): T.Task<ExitCode> => {
  capabilities.stderr(`${problem}\n\n${USAGE}`)
  return T.of<ExitCode>(2)
}

const run =
  (
    dsn: string,
    { insecureSkipVerify, timeoutMillis }: Args,
    capabilities: Capabilities,
  ): T.Task<ExitCode> =>
  async () => {
    const checked = await capabilities.check({ dsn, insecureSkipVerify, timeoutMillis })()
    const line = `${withoutControls(Check.show(checked))}\n`
    if (checked._tag === 'Ok') capabilities.stdout(line)
    else capabilities.stderr(line)
    return checked._tag === 'Ok' ? 0 : Check.isKnown(checked) ? 1 : 2
  }

const USAGE = `Usage: sentry-exporter check [--dsn DSN] [--timeout-millis N] [--insecure-skip-verify]

Asks Sentry to take an envelope that holds nothing, and tells whether the DSN works: OK, bad DSN, unreachable, TLS, wrong key,
wrong project, or refused. Proxies are used as the environment says.

  --dsn DSN                the DSN; without it that of SENTRY_DSN, which other users of the machine cannot see
  --timeout-millis N       for each of two requests (10000)
  --insecure-skip-verify   trust any certificate

Ends with 0 if it works; with 1 if it works but Sentry takes nothing for now; with 2 if it does not.
`
