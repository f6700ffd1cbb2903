/** `convert`: OTLP JSON files in, envelopes out. Pure but for reading, writing and printing. */
import * as Batch from '@sentry-exporter/core/Batch'
import * as Limits from '@sentry-exporter/core/Limits'
import * as Losses from '@sentry-exporter/core/Losses'
import * as Rejected from '@sentry-exporter/core/Rejected'
import * as Envelope from '@sentry-exporter/envelope/Envelope'
import * as Utf8 from '@sentry-exporter/envelope/Utf8'
import * as Pipeline from '@sentry-exporter/exporter/Pipeline'
import type { Unsealed } from '@sentry-exporter/exporter/Unsealed'
import * as DecodeError from '@sentry-exporter/otlp/DecodeError'
import * as ExportTraceRequest from '@sentry-exporter/otlp/ExportTraceRequest'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as T from '#fp-ts/Task'
import * as TE from '#fp-ts/TaskEither'
import * as Capabilities from '../Capabilities.ts'
import { drawEnvelope } from '../drawEnvelope.ts'
import type { ExitCode } from '../ExitCode.ts'
import * as ConvertArgs from './ConvertArgs.ts'
import * as ConvertSummary from './ConvertSummary.ts'

// running

export const convert =
  (words: ReadonlyArray<string>) =>
  (capabilities: Capabilities.Capabilities): T.Task<ExitCode> =>
    pipe(
      ConvertArgs.parse(words),
      E.match(
        (problem) => () => {
          capabilities.stderr(`${problem}\n\n${ConvertArgs.USAGE}`)
          return Promise.resolve<ExitCode>(2)
        },
        (args) => (args.help ? help(capabilities) : run(args, capabilities)),
      ),
    )

const help =
  (capabilities: Capabilities.Capabilities): T.Task<ExitCode> =>
  () => {
    capabilities.stdout(ConvertArgs.USAGE)
    return Promise.resolve(0)
  }

const run =
  (args: ConvertArgs.ConvertArgs, capabilities: Capabilities.Capabilities): T.Task<ExitCode> =>
  async () => {
    const read = await pipe(args.files, T.traverseArray(readBatch(capabilities)))()
    const failures = read.flatMap((one) => (E.isLeft(one) ? [one.left] : []))
    for (const failure of failures) capabilities.stderr(`${failure}\n`)
    if (failures.length === read.length) return 2
    const batch = Batch.concatAll(read.flatMap((one) => (E.isRight(one) ? [one.right] : [])))
    for (const rejected of batch.rejected.slice(0, MOST_PLACES)) {
      capabilities.stderr(`rejected: ${Rejected.show(rejected)}\n`)
    }
    const { envelopes, losses } = Pipeline.assemble(Pipeline.mappingOf(environmentOf(args)), {
      ...Limits.gateway,
      maxSpans: args.maxSpans,
    })(batch.spans)
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
    return failures.length > 0 || batch.rejected.length > 0 ? 1 : 0
  }

/** Places of bad spans that are told; the rest is counted. */
const MOST_PLACES = 20

const environmentOf = (args: ConvertArgs.ConvertArgs): Parameters<typeof Pipeline.mappingOf>[0] =>
  args.environment === undefined ? {} : { environment: args.environment }

/** A file's spans; their rejected places start with the file's name. */
const readBatch =
  (capabilities: Capabilities.Capabilities) =>
  (path: string): TE.TaskEither<string, Batch.Batch> =>
    pipe(
      capabilities.readFile(path),
      TE.mapLeft(Capabilities.show),
      TE.chainEitherK((bytes) =>
        pipe(
          ExportTraceRequest.parse(Utf8.decode(bytes)),
          E.mapLeft((error) => `${path}: ${DecodeError.show(error)}`),
        ),
      ),
      TE.map((batch) => ({
        ...batch,
        rejected: batch.rejected.map((one) => ({ ...one, path: `${path}: ${one.path}` })),
      })),
    )

const emit = (
  { out }: ConvertArgs.ConvertArgs,
  capabilities: Capabilities.Capabilities,
  envelopes: ReadonlyArray<Unsealed>,
): TE.TaskEither<Capabilities.FileError, unknown> => {
  if (out === undefined) {
    return TE.fromIO(() => {
      for (const { envelope } of envelopes) {
        capabilities.stdout(`${drawEnvelope(envelope, READING).join('\n')}\n`)
      }
    })
  }
  const write = (
    index: number,
    { envelope }: Unsealed,
  ): TE.TaskEither<Capabilities.FileError, void> =>
    capabilities.writeFile(
      `${out}/${String(index + 1).padStart(5, '0')}.envelope`,
      Envelope.encode(envelope),
    )
  return pipe(
    capabilities.prepareFolder(out, /^\d{5,}\.envelope$/),
    TE.chain(() => TE.traverseSeqArrayWithIndex(write)(envelopes)),
  )
}

const READING = { columns: 100, children: 6 }
