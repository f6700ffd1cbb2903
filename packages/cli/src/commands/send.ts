/** `send`: recordings of OTLP in, envelopes to Sentry. */
import * as Losses from '@sentry-exporter/core/Losses'
import type { Outcome } from '@sentry-exporter/exporter/Outcome'
import * as Apply from '#fp-ts/Apply'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import type * as T from '#fp-ts/Task'
import type { Capabilities, SendOptions } from '../Capabilities.ts'
import type { ExitCode } from '../ExitCode.ts'
import { openInputs } from '../input/openInputs.ts'
import * as Progress from '../progress/Progress.ts'
import { drawFigures } from '../send/drawFigures.ts'
import * as Interrupt from '../send/Interrupt.ts'
import { keepStreams } from '../send/keepStreams.ts'
import { sendFiles } from '../send/sendFiles.ts'
import { withoutControls } from '../withoutControls.ts'
import * as Command from './Command.ts'

// model

interface Args extends Omit<SendOptions, 'dsn' | 'onOutcome'> {
  readonly files: ReadonlyArray<string>
  /** That of the environment if it is not given. */
  readonly dsn: string | undefined
  readonly keepsTimes: boolean
  readonly keepsIds: boolean
  readonly isQuiet: boolean
}

const DEFAULT_TIMEOUT_MILLIS = 30_000

const MAX_TIMEOUT_MILLIS = 9_999_999

const MAX_RATE = 100_000

const USAGE = `Usage: sentry-exporter send [--dsn DSN] [--environment E] [--verbatim] [--keep-times] [--rate N] [--quiet]
                            [--timeout-millis N] [--insecure-skip-verify] FILE...

Replays recordings: sends the spans, logs and metrics of OTLP files to Sentry as if they happened now. All files are one recording (- is standard
input): all times are shifted alike, so that the latest is now, and all ids are derived again, so that a second replay is
no copy of the first one. Files are read in parts, and twice: first for the latest time. Standard input is kept in a temporary file for that.

  --dsn DSN                the DSN; by default that of SENTRY_DSN, which other users of the machine cannot see
  --environment E          the environment of every event, in place of that of the resource
  --verbatim               keep the recorded times and ids; what is too old for Sentry is moved, and counted
  --keep-times             keep the recorded times alone
  --rate N                 send at most N envelopes a second, for a project with a small quota
  --quiet                  show no progress
  --timeout-millis N       the time limit of each request (${DEFAULT_TIMEOUT_MILLIS})
  --insecure-skip-verify   trust any certificate

Ctrl-C sends what was read, for at most 10 seconds, and prints the figures; a second one ends at once.

Exit code 0: all was sent. 1: some input was rejected, was not read or could not be sent. 2: nothing was sent.
`

// decoding

const decode = (values: Command.Values, files: ReadonlyArray<string>): E.Either<string, Args> => {
  const isVerbatim = values['verbatim'] === true
  if (files.length === 0) return E.left('no file')
  if (files.filter((path) => path === '-').length > 1) return E.left('- can be given once')
  return pipe(
    Apply.sequenceS(E.Apply)({
      timeoutMillis: Command.wholeOf(values, 'timeout-millis', [1, MAX_TIMEOUT_MILLIS]),
      perSecond: Command.wholeOf(values, 'rate', [1, MAX_RATE]),
    }),
    E.map(({ timeoutMillis = DEFAULT_TIMEOUT_MILLIS, perSecond }) => ({
      files,
      dsn: Command.textOf(values, 'dsn'),
      environment: Command.textOf(values, 'environment'),
      keepsTimes: isVerbatim || values['keep-times'] === true,
      keepsIds: isVerbatim,
      isQuiet: values['quiet'] === true,
      insecureSkipVerify: values['insecure-skip-verify'] === true,
      timeoutMillis,
      perSecond,
    })),
  )
}

// running

const run =
  (args: Args, capabilities: Capabilities): T.Task<ExitCode> =>
  async () => {
    const { clock, stderr } = capabilities
    const dsn = args.dsn ?? capabilities.variable('SENTRY_DSN')
    if (dsn === undefined) {
      stderr(`no DSN: give --dsn or set SENTRY_DSN\n\n${USAGE}`)
      return 2
    }
    const interrupt = Interrupt.make(capabilities.interrupted)
    const opened = capabilities.openExporter({ ...args, dsn, onOutcome: interrupt.notify })
    if (E.isLeft(opened)) {
      stderr(`${withoutControls(opened.left)}\n`)
      return 2
    }
    const exporter = opened.right
    const progress = args.isQuiet ? Progress.quiet(capabilities) : Progress.make(capabilities)
    const inputs = await openInputs(capabilities, args.files)
    const kept = args.keepsTimes
      ? { ...inputs, remove: async () => undefined }
      : await keepStreams({ capabilities, progress, interrupt }, inputs)
    const plan = {
      files: kept.files,
      keepsTimes: args.keepsTimes,
      salt: args.keepsIds ? undefined : capabilities.salt(),
    }
    const sent = await sendFiles({ exporter, clock, progress, interrupt }, plan)
    progress.clear()
    await kept.remove()
    const { outcome } = sent
    for (const problem of outcome.problems) stderr(`${withoutControls(problem)}\n`)
    if (kept.files.length === 0) return 2
    if (interrupt.isDone()) stderr('interrupted before all of the input was sent\n')
    capabilities.stdout(`${drawFigures(outcome, sent.seconds).join('\n')}\n`)
    return exitCode(outcome, sent.isWhole && kept.isWhole)
  }

const exitCode = (outcome: Outcome, isWhole: boolean): ExitCode => {
  const { delivered, dropped, droppedErrors, droppedLogs, droppedMetrics } = outcome
  const isLost = [dropped, droppedErrors, droppedLogs, droppedMetrics].some(
    (losses) => Losses.entries(losses).length > 0,
  )
  const { transactions, errors, logs, metrics } = delivered
  const isNothingSent = transactions + errors + logs + metrics === 0
  if (!isLost && isWhole) return 0
  return isNothingSent ? 2 : 1
}

export const send: Command.Bound = Command.bind({
  name: 'send',
  summary: 'replays recordings: sends OTLP files to Sentry',
  usage: USAGE,
  options: {
    dsn: 'string',
    environment: 'string',
    'insecure-skip-verify': 'boolean',
    'keep-times': 'boolean',
    quiet: 'boolean',
    rate: 'string',
    'timeout-millis': 'string',
    verbatim: 'boolean',
  },
  takesFiles: true,
  // The parser's own message may quote a DSN.
  misuse:
    'expected --dsn DSN, --environment E, --verbatim, --keep-times, --rate N, --quiet, --timeout-millis N, --insecure-skip-verify and files that are no addresses',
  decode,
  run,
})
