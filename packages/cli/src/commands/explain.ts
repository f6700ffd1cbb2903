/** `explain`: why did these traces become these transactions? */
import * as Batch from '@sentry-exporter/core/Batch'
import { defaultErrorRules } from '@sentry-exporter/core/defaultErrorRules'
import { describe } from '@sentry-exporter/core/describe'
import * as Finish from '@sentry-exporter/core/finish'
import * as Limits from '@sentry-exporter/core/Limits'
import * as Losses from '@sentry-exporter/core/Losses'
import * as Mapping from '@sentry-exporter/core/Mapping'
import * as Payload from '@sentry-exporter/core/Payload'
import * as Pending from '@sentry-exporter/core/Pending'
import { split } from '@sentry-exporter/core/split'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import type * as T from '#fp-ts/Task'
import type { Capabilities } from '../Capabilities.ts'
import type { ExitCode } from '../ExitCode.ts'
import * as DrawTrace from '../explain/drawTrace.ts'
import * as Explanation from '../explain/Explanation.ts'
import * as Command from './Command.ts'
import { readFiles } from './readFiles.ts'

// model

interface Args {
  readonly files: ReadonlyArray<string>
  readonly maxSpans: number
  readonly json: boolean
}

const USAGE = `Usage: sentry-exporter explain [--max-spans N] [--json] FILE...

Reads OTLP JSON files as one stream, and prints for each trace its transactions and the rule that made each of them.

  --max-spans N   the most spans below the root of one transaction (${Limits.gateway.maxSpans})
  --json          print JSON: { traces, losses }

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
        })),
      )

// running

const run =
  ({ files, maxSpans, json }: Args, capabilities: Capabilities): T.Task<ExitCode> =>
  async () => {
    const { batches, failures, rejected } = await readFiles(capabilities)(files)()
    if (batches.length === 0) return 2
    const batch = Batch.concatAll(batches)
    const limits = Limits.untimed({ ...Limits.gateway, maxSpans })
    const { nodes, losses } = describe(Mapping.sentry, limits, Payload.json)(batch.spans)
    const step = Pending.step(limits, Payload.json.compare)
    const arrived = step(Pending.empty, { _tag: 'Arrived', nowMillis: 0, nodes })
    const flushed = step(arrived.state, { _tag: 'Flush', nowMillis: 0 })
    const finished = Finish.finish(limits, Payload.json, { errors: defaultErrorRules })(
      Finish.nothingTold,
      flushed,
    )
    const traces = Explanation.explain(flushed.ready.flatMap(split(limits)), finished.errors)
    const lost = Losses.concatAll([
      Batch.losses(batch),
      losses,
      arrived.losses,
      flushed.losses,
      finished.losses,
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
    return failures > 0 || rejected > 0 ? 1 : 0
  }

export const explain: Command.Bound = Command.bind({
  name: 'explain',
  summary: 'explains which transactions the traces in OTLP JSON files become, and why',
  usage: USAGE,
  options: { json: 'boolean', 'max-spans': 'string' },
  takesFiles: true,
  decode,
  run,
})
