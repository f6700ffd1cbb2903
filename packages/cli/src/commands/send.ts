/** `send`: OTLP files in, envelopes to Sentry. */
import * as Losses from '@sentry-exporter/core/Losses'
import * as Outcome from '@sentry-exporter/exporter/Outcome'
import * as OtlpInput from '@sentry-exporter/otlp/OtlpInput'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import type * as T from '#fp-ts/Task'
import type { Capabilities, SendOptions } from '../Capabilities.ts'
import type { ExitCode } from '../ExitCode.ts'
import { withoutControls } from '../withoutControls.ts'
import * as Command from './Command.ts'
import { readFiles } from './readFiles.ts'

// model

interface Args extends Omit<SendOptions, 'dsn'> {
  readonly files: ReadonlyArray<string>
  /** That of the environment if it is not given. */
  readonly dsn: string | undefined
}

const DEFAULT_TIMEOUT_MILLIS = 30_000

const MAX_TIMEOUT_MILLIS = 9_999_999

const USAGE = `Usage: sentry-exporter send [--dsn DSN] [--environment E] [--keep-times] [--timeout-millis N] [--insecure-skip-verify] FILE...

Reads OTLP files as one stream (- is standard input), and sends their spans and exceptions to Sentry. All times are shifted alike,
so that the latest is now: Sentry drops older transactions without an error.

  --dsn DSN                the DSN; by default that of SENTRY_DSN, which other users of the machine cannot see
  --environment E          the environment of every event, in place of that of the resource
  --keep-times             keep the recorded times; what is too old for Sentry is moved, and counted
  --timeout-millis N       the time limit of each request (${DEFAULT_TIMEOUT_MILLIS})
  --insecure-skip-verify   trust any certificate

Exit code 0: all was sent. 1: some input was rejected or could not be sent. 2: nothing was sent.
`

// decoding

const decode = (values: Command.Values, files: ReadonlyArray<string>): E.Either<string, Args> =>
  files.length === 0
    ? E.left('no file')
    : pipe(
        Command.wholeOf(values, 'timeout-millis', [1, MAX_TIMEOUT_MILLIS]),
        E.map((timeoutMillis = DEFAULT_TIMEOUT_MILLIS) => ({
          files,
          dsn: Command.textOf(values, 'dsn'),
          environment: Command.textOf(values, 'environment'),
          keepsTimes: values['keep-times'] === true,
          insecureSkipVerify: values['insecure-skip-verify'] === true,
          timeoutMillis,
        })),
      )

// running

const run =
  ({ files, dsn: given, ...options }: Args, capabilities: Capabilities): T.Task<ExitCode> =>
  async () => {
    const dsn = given ?? capabilities.variable('SENTRY_DSN')
    if (dsn === undefined) {
      capabilities.stderr(`no DSN: give --dsn or set SENTRY_DSN\n\n${USAGE}`)
      return 2
    }
    const { inputs, isWhole } = await readFiles(capabilities)(files)()
    if (inputs.length === 0) return 2
    const sent = await capabilities.send({ dsn, ...options }, OtlpInput.concatAll(inputs))()
    if (E.isLeft(sent)) {
      capabilities.stderr(`${withoutControls(sent.left)}\n`)
      return 2
    }
    const { problems, ...books } = sent.right
    for (const problem of problems) capabilities.stderr(`${withoutControls(problem)}\n`)
    capabilities.stdout(`${Outcome.show({ ...books, problems: [] })}\n`)
    return exitCode(sent.right, isWhole)
  }

const exitCode = (outcome: Outcome.Outcome, isWhole: boolean): ExitCode => {
  const { delivered, dropped, droppedErrors } = outcome
  const isLost = [dropped, droppedErrors].some((losses) => Losses.entries(losses).length > 0)
  if (isLost && delivered.transactions + delivered.errors === 0) return 2
  return isLost || !isWhole ? 1 : 0
}

export const send: Command.Bound = Command.bind({
  name: 'send',
  summary: 'sends OTLP files to Sentry',
  usage: USAGE,
  options: {
    dsn: 'string',
    environment: 'string',
    'insecure-skip-verify': 'boolean',
    'keep-times': 'boolean',
    'timeout-millis': 'string',
  },
  takesFiles: true,
  // The parser's own message may quote a DSN.
  misuse:
    'expected --dsn DSN, --environment E, --keep-times, --timeout-millis N, --insecure-skip-verify and files that are no addresses',
  decode,
  run,
})
