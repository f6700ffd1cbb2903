/** `explain`: why do my traces look like this? */
import { parseArgs } from 'node:util'
import * as Batch from '@sentry-exporter/core/Batch'
import { describe } from '@sentry-exporter/core/describe'
import * as Finish from '@sentry-exporter/core/finish'
import * as Limits from '@sentry-exporter/core/Limits'
import * as Losses from '@sentry-exporter/core/Losses'
import * as Mapping from '@sentry-exporter/core/Mapping'
import * as Payload from '@sentry-exporter/core/Payload'
import * as Pending from '@sentry-exporter/core/Pending'
import { split } from '@sentry-exporter/core/split'
import * as E from '#fp-ts/Either'
import * as T from '#fp-ts/Task'
import type { Capabilities } from '../Capabilities.ts'
import type { ExitCode } from '../ExitCode.ts'
import * as DrawTrace from '../explain/drawTrace.ts'
import * as Explanation from '../explain/Explanation.ts'
import { readFiles } from './readFiles.ts'

// running

export const explain =
  (words: ReadonlyArray<string>) =>
  (capabilities: Capabilities): T.Task<ExitCode> => {
    const args = parse(words)
    if (E.isLeft(args)) {
      capabilities.stderr(`${args.left}\n\n${USAGE}`)
      return T.of<ExitCode>(2)
    }
    if (args.right.help) {
      capabilities.stdout(USAGE)
      return T.of<ExitCode>(0)
    }
    return run(args.right, capabilities)
  }

interface Args {
  readonly files: ReadonlyArray<string>
  readonly maxSpans: number
  readonly json: boolean
  readonly help: boolean
}

const parse = (words: ReadonlyArray<string>): E.Either<string, Args> => {
  const parsed = E.tryCatch(
    () =>
      parseArgs({
        args: [...words],
        allowPositionals: true,
        options: {
          json: { type: 'boolean', default: false },
          'max-spans': { type: 'string', default: String(Limits.gateway.maxSpans) },
          help: { type: 'boolean', short: 'h', default: false },
        },
      }),
    (error) => (error instanceof Error ? error.message : String(error)),
  )
  if (E.isLeft(parsed)) return parsed
  const { values, positionals } = parsed.right
  const maxSpans = values['max-spans']
  if (!/^[1-9]\d{0,8}$/.test(maxSpans)) {
    return E.left(`--max-spans: expected a whole number from 1, got ${JSON.stringify(maxSpans)}`)
  }
  if (positionals.length === 0 && !values.help) return E.left('no file')
  return E.right({
    files: positionals,
    maxSpans: Number(maxSpans),
    json: values.json,
    help: values.help,
  })
}

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
    const finished = Finish.finish(limits, Payload.json)(Finish.nothingTold, flushed)
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
      const style = capabilities.isTerminal ? DrawTrace.coloured : DrawTrace.plain
      for (const trace of traces) {
        capabilities.stdout(`${DrawTrace.drawTrace(style)(trace).join('\n')}\n\n`)
      }
      capabilities.stdout(`${Losses.show(lost)}\n`)
    }
    return failures > 0 || rejected > 0 ? 1 : 0
  }

const USAGE = `Usage: sentry-exporter explain [--max-spans N] [--json] FILE...

Reads OTLP JSON files as one stream, and tells for each trace which transactions it becomes and why.

  --max-spans N   most spans below the root of one transaction (${Limits.gateway.maxSpans})
  --json          for machines: { traces, losses }

Ends with 0; with 1 when some input was rejected; with 2 when nothing could be read.
`
