/** `convert`: OTLP JSON files in, envelopes out. */
import * as Batch from '@sentry-exporter/core/Batch'
import * as Limits from '@sentry-exporter/core/Limits'
import * as Losses from '@sentry-exporter/core/Losses'
import type { Span } from '@sentry-exporter/core/Span'
import * as Envelope from '@sentry-exporter/envelope/Envelope'
import * as Item from '@sentry-exporter/envelope/Item'
import * as Assembly from '@sentry-exporter/exporter/Assembly'
import * as EnvelopeDraft from '@sentry-exporter/exporter/EnvelopeDraft'
import * as EnvelopePlan from '@sentry-exporter/exporter/EnvelopePlan'
import * as Pipeline from '@sentry-exporter/exporter/Pipeline'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import type * as T from '#fp-ts/Task'
import * as TE from '#fp-ts/TaskEither'
import * as Capabilities from '../Capabilities.ts'
import { drawEnvelope } from '../drawEnvelope.ts'
import type { ExitCode } from '../ExitCode.ts'
import { arrivals } from './arrivals.ts'
import * as Command from './Command.ts'
import * as ConvertArgs from './ConvertArgs.ts'
import * as ConvertSummary from './ConvertSummary.ts'
import { readFiles } from './readFiles.ts'

// running

const run =
  (args: ConvertArgs.ConvertArgs, capabilities: Capabilities.Capabilities): T.Task<ExitCode> =>
  async () => {
    const { batches, failures, rejected } = await readFiles(capabilities)(args.files)()
    if (batches.length === 0) return 2
    const batch = Batch.concatAll(batches)
    const { envelopes, losses } = assembleArrivals(
      args,
      arrivals(args)(batches.map(({ spans }) => spans)),
    )
    const written = await emit(args, capabilities, envelopes)()
    if (E.isLeft(written)) {
      capabilities.stderr(`${Capabilities.show(written.left)}\n`)
      return 2
    }
    const summary = ConvertSummary.of(
      Batch.spansIn(batch),
      batch.spans,
      envelopes,
      Losses.concat(Batch.losses(batch), losses),
    )
    capabilities.stderr(`${ConvertSummary.print(summary)}\n`)
    return failures > 0 || rejected > 0 ? 1 : 0
  }

/** Feeds the arrivals one by one, then flushes, as an exporter does. No time passes. */
const assembleArrivals = (
  args: ConvertArgs.ConvertArgs,
  batches: ReadonlyArray<ReadonlyArray<Span>>,
): ReturnType<typeof EnvelopePlan.makeAll> => {
  const limits = Limits.untimed({ ...Limits.gateway, maxSpans: args.maxSpans })
  const step = Assembly.step(Pipeline.mappingOf(optionsOf(args)), limits)
  let state: Assembly.State = Assembly.empty
  let losses = Losses.empty
  for (const spans of batches) {
    const arrived = step(state, { _tag: 'Arrived', nowMillis: 0, spans })
    state = arrived.state
    losses = Losses.concat(losses, arrived.losses)
  }
  const flushed = step(state, { _tag: 'Flush', nowMillis: 0 })
  const made = EnvelopePlan.makeAll(flushed.ready)
  return {
    envelopes: made.envelopes,
    losses: Losses.concatAll([losses, flushed.losses, made.losses]),
  }
}

const optionsOf = ({
  environment,
  mapping,
}: ConvertArgs.ConvertArgs): Parameters<typeof Pipeline.mappingOf>[0] =>
  environment === undefined ? { mapping } : { mapping, environment }

const emit = (
  { out }: ConvertArgs.ConvertArgs,
  capabilities: Capabilities.Capabilities,
  envelopes: ReadonlyArray<EnvelopeDraft.EnvelopeDraft>,
): TE.TaskEither<Capabilities.FileError, unknown> => {
  if (out === undefined) {
    return TE.fromIO(() => {
      for (const draft of envelopes) {
        const { header, items } = EnvelopeDraft.envelopeOf(draft)
        const drawn = drawEnvelope({ header, items: items.map(Item.joined) }, DRAWING)
        capabilities.stdout(`${drawn.join('\n')}\n`)
      }
    })
  }
  const write = (
    index: number,
    draft: EnvelopeDraft.EnvelopeDraft,
  ): TE.TaskEither<Capabilities.FileError, void> =>
    capabilities.writeFile(
      `${out}/${String(index + 1).padStart(5, '0')}.envelope`,
      Envelope.encode(EnvelopeDraft.envelopeOf(draft)),
    )
  return pipe(
    capabilities.prepareFolder(out, /^\d{5,}\.envelope$/),
    TE.chain(() => TE.traverseSeqArrayWithIndex(write)(envelopes)),
  )
}

const DRAWING = { columns: 100, children: 6 }

export const convert: Command.Bound = Command.bind({
  name: 'convert',
  summary: 'converts OTLP JSON files to Sentry envelopes',
  usage: ConvertArgs.USAGE,
  options: ConvertArgs.options,
  takesFiles: true,
  decode: ConvertArgs.decode,
  run,
})
