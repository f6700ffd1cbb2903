/** `convert`: OTLP files in, envelopes out. */
import * as Batch from '@sentry-exporter/core/Batch'
import * as Limits from '@sentry-exporter/core/Limits'
import * as Losses from '@sentry-exporter/core/Losses'
import { defaultErrorRules } from '@sentry-exporter/core/pipeline'
import * as Envelope from '@sentry-exporter/envelope/Envelope'
import * as Item from '@sentry-exporter/envelope/Item'
import type { EnvelopeMeta } from '@sentry-exporter/envelope/Sealed'
import { ItemEnvelope } from '@sentry-exporter/exporter'
import * as EventEnvelope from '@sentry-exporter/exporter/EventEnvelope'
import * as Pipeline from '@sentry-exporter/exporter/Pipeline'
import * as OtlpInput from '@sentry-exporter/otlp/OtlpInput'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import type * as T from '#fp-ts/Task'
import * as TE from '#fp-ts/TaskEither'
import * as Capabilities from '../Capabilities.ts'
import { drawEnvelope } from '../drawEnvelope.ts'
import type { ExitCode } from '../ExitCode.ts'
import { counted } from '../progress/drawProgress.ts'
import * as Progress from '../progress/Progress.ts'
import { arrivals } from './arrivals.ts'
import * as Command from './Command.ts'
import * as ConvertArgs from './ConvertArgs.ts'
import * as ConvertSummary from './ConvertSummary.ts'
import * as MetricTable from './MetricTable.ts'
import { readFiles } from './readFiles.ts'

// running

const run =
  (args: ConvertArgs.ConvertArgs, capabilities: Capabilities.Capabilities): T.Task<ExitCode> =>
  async () => {
    const progress = args.isQuiet ? Progress.quiet(capabilities) : Progress.make(capabilities)
    const { inputs, isWhole } = await readFiles(capabilities, progress)(args.files)()
    if (inputs.length === 0) return 2
    const input = OtlpInput.concatAll(inputs)
    const { batch } = input
    progress.show(Progress.assembling(batch.spans.length))
    const { envelopes, losses } = Pipeline.assemble(optionsOf(args))(
      arrivals(args)(inputs.map((one) => one.batch.spans)),
      { records: input.logs.records, metrics: input.metrics.metrics },
    )
    const written = await emit(args, { ...capabilities, progress }, envelopes)()
    progress.clear()
    if (E.isLeft(written)) {
      capabilities.stderr(`${Capabilities.show(written.left)}\n`)
      return 2
    }
    const table = MetricTable.of(
      input.metrics.metrics,
      envelopes.map(({ envelope }) => envelope),
    )
    for (const line of MetricTable.draw(table)) capabilities.stderr(`${line}\n`)
    const summary = ConvertSummary.of(
      Batch.spansIn(batch),
      batch.spans,
      envelopes,
      Losses.concat(OtlpInput.losses(input), losses),
    )
    capabilities.stderr(`${ConvertSummary.print(summary)}\n`)
    return isWhole ? 0 : 1
  }

/** An envelope that belongs to no project, and what the summary counts of it. */
interface Converted extends Pick<EnvelopeMeta, 'category' | 'logs' | 'metrics' | 'spans'> {
  readonly envelope: Envelope.Envelope<Item.Content>
}

const optionsOf = ({
  environment,
  mapping,
  maxSpans,
}: ConvertArgs.ConvertArgs): Pipeline.Options<Converted> => ({
  mapping: Pipeline.mappingOf(environment === undefined ? { mapping } : { mapping, environment }),
  limits: { ...Limits.gateway, maxSpans },
  errors: defaultErrorRules,
  encode: (event, item, dsn) => ({
    category: EventEnvelope.categoryOf(event),
    spans: EventEnvelope.spansIn(event),
    envelope: EventEnvelope.unaddressed(event, item, dsn),
  }),
  encodeItems: (group, to) => ({
    ...ItemEnvelope.contentsOf(group),
    envelope: ItemEnvelope.unaddressed(group, to),
  }),
})

const emit = (
  { out }: ConvertArgs.ConvertArgs,
  {
    progress,
    ...capabilities
  }: Capabilities.Capabilities & { readonly progress: Progress.Progress },
  envelopes: ReadonlyArray<Converted>,
): TE.TaskEither<Capabilities.FileError, unknown> => {
  if (out === undefined) {
    return TE.fromIO(() => {
      progress.clear()
      for (const { envelope } of envelopes) {
        const { header, items } = envelope
        const drawn = drawEnvelope({ header, items: items.map(Item.joined) }, DRAWING)
        capabilities.stdout(`${drawn.join('\n')}\n`)
      }
    })
  }
  const write = (
    index: number,
    { envelope }: Converted,
  ): TE.TaskEither<Capabilities.FileError, void> => {
    const name = `${String(index + 1).padStart(5, '0')}.envelope`
    progress.show({
      phase: 'write',
      share: index / envelopes.length,
      amount: `${counted(index)} of ${counted(envelopes.length)} envelopes`,
      spans: undefined,
    })
    return capabilities.writeFile(`${out}/${name}`, Envelope.encode(envelope))
  }
  return pipe(
    capabilities.prepareFolder(out, /^\d{5,}\.envelope$/),
    TE.chain(() => TE.traverseSeqArrayWithIndex(write)(envelopes)),
  )
}

const DRAWING = { columns: 100, children: 6 }

export const convert: Command.Bound = Command.bind({
  name: 'convert',
  summary: 'converts OTLP files to Sentry envelopes',
  usage: ConvertArgs.USAGE,
  options: ConvertArgs.options,
  takesFiles: true,
  decode: ConvertArgs.decode,
  run,
})
