/** `explain`: why did these traces become these transactions? */
import type { ErrorEvent } from '@sentry-exporter/core/ErrorEvent'
import * as Limits from '@sentry-exporter/core/Limits'
import * as Losses from '@sentry-exporter/core/Losses'
import * as Mapping from '@sentry-exporter/core/Mapping'
import {
  Assembly,
  defaultErrorRules,
  type Emit,
  Payload,
  runToEnd,
  type TransactionPlan,
} from '@sentry-exporter/core/pipeline'
import type { SentrySpan } from '@sentry-exporter/core/SentrySpan'
import * as OtlpInput from '@sentry-exporter/otlp/OtlpInput'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as RA from '#fp-ts/ReadonlyArray'
import type * as T from '#fp-ts/Task'
import type { Capabilities } from '../Capabilities.ts'
import type { ExitCode } from '../ExitCode.ts'
import * as DrawTrace from '../explain/drawTrace.ts'
import * as Explanation from '../explain/Explanation.ts'
import * as Progress from '../progress/Progress.ts'
import * as Command from './Command.ts'
import { readFiles } from './readFiles.ts'

// model

interface Args {
  readonly files: ReadonlyArray<string>
  readonly maxSpans: number
  readonly json: boolean
  readonly isQuiet: boolean
}

const USAGE = `Usage: sentry-exporter explain [--max-spans N] [--json] [--quiet] FILE...

Reads OTLP files as one stream (- is standard input), and prints for each trace its transactions and the rule that made each of
them. A file is one request in JSON or protobuf, or several; it may be compressed with gzip.

  --max-spans N   the most spans below the root of one transaction (${Limits.gateway.maxSpans})
  --json          print JSON: { traces, losses }
  --quiet         show no progress

Exit code 0: done. 1: some input was rejected. 2: nothing could be read.
`

// decoding

const decode = (values: Command.Values, files: ReadonlyArray<string>): E.Either<string, Args> =>
  files.length === 0
    ? E.left('no file')
    : pipe(
        Command.wholeOf(values, 'max-spans', [1, 999_999_999]),
        E.map((maxSpans = Limits.gateway.maxSpans) => ({
          files,
          maxSpans,
          json: values['json'] === true,
          isQuiet: values['quiet'] === true,
        })),
      )

// running

const run =
  ({ files, maxSpans, json, isQuiet }: Args, capabilities: Capabilities): T.Task<ExitCode> =>
  async () => {
    const progress = isQuiet ? Progress.quiet(capabilities) : Progress.make(capabilities)
    const { inputs, isWhole } = await readFiles(capabilities, progress)(files)()
    if (inputs.length === 0) return 2
    const input = OtlpInput.concatAll(inputs)
    progress.show(Progress.assembling(input.batch.spans.length))
    const limits = Limits.untimed({ ...Limits.gateway, maxSpans })
    const { emitted, losses } = runToEnd(
      Assembly.machine({
        mapping: Mapping.sentry,
        limits,
        payload: Payload.json,
        errors: defaultErrorRules,
        // Logs are not explained, but records without an error are sent as logs.
        sendsLogs: true,
        emit,
      }),
    )([{ ...Assembly.arrived(input.batch.spans), records: input.logs.records }])
    progress.clear()
    const planned = RA.rights(emitted)
    const traces = Explanation.explain(
      planned.map(({ plan }) => plan.part),
      RA.lefts(emitted),
    )
    const lost = Losses.concatAll([
      OtlpInput.losses(input),
      losses,
      ...planned.map(({ made }) => made.losses),
    ])
    if (json) {
      capabilities.stdout(
        `${JSON.stringify({ traces, losses: Object.fromEntries(Losses.entries(lost)) })}\n`,
      )
    } else {
      const style = capabilities.isTerminal ? DrawTrace.ansi : DrawTrace.plain
      for (const trace of traces) {
        capabilities.stdout(`${DrawTrace.drawTrace(style)(trace).join('\n')}\n\n`)
      }
      capabilities.stdout(`${Losses.show(lost)}\n`)
    }
    return isWhole ? 0 : 1
  }

interface Planned {
  readonly plan: TransactionPlan.TransactionPlan<SentrySpan>
  readonly made: TransactionPlan.MadeTransaction<SentrySpan>
}

const emit: Emit<SentrySpan, E.Either<ErrorEvent, Planned>> = {
  error: (error) => E.left(error),
  transaction: (plan, make) => E.right({ plan, made: make(plan) }),
}

export const explain: Command.Bound = Command.bind({
  name: 'explain',
  summary: 'explains which transactions the traces in OTLP files become, and why',
  usage: USAGE,
  options: { json: 'boolean', 'max-spans': 'string', quiet: 'boolean' },
  takesFiles: true,
  decode,
  run,
})
