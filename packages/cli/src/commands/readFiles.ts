/** Reads OTLP files, and prints on standard error where a file, a line, an item or a part of one could not be read. */
import type { Rejected } from '@sentry-exporter/core/Rejected'
import * as RejectedItem from '@sentry-exporter/core/Rejected'
import * as InputBody from '@sentry-exporter/exporter/InputBody'
import * as OtlpInput from '@sentry-exporter/otlp/OtlpInput'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as T from '#fp-ts/Task'
import * as TE from '#fp-ts/TaskEither'
import * as Capabilities from '../Capabilities.ts'
import { withoutControls } from '../withoutControls.ts'

// model

export interface FilesRead {
  /** One input for each file that could be read, in the given order. */
  readonly inputs: ReadonlyArray<OtlpInput.OtlpInput>
  /** Whether everything was read but for parts of spans and records. */
  readonly isWhole: boolean
}

/** Places of each kind that are printed. The rest are only counted. */
const MAX_PLACES = 20

// running

/** The path `-` is standard input. */
export const readFiles =
  (capabilities: Capabilities.Capabilities) =>
  (paths: ReadonlyArray<string>): T.Task<FilesRead> =>
    pipe(
      paths,
      T.traverseSeqArray((path) =>
        pipe(
          capabilities.readFile(path),
          TE.mapLeft(Capabilities.show),
          TE.chain((bytes) => TE.fromTask(async () => InputBody.read(bytes))),
          TE.map((input) => ({ path, input })),
        ),
      ),
      T.map((read) => {
        const failures = read.flatMap((one) => (E.isLeft(one) ? [one.left] : []))
        const files = read.flatMap((one) => (E.isRight(one) ? [one.right] : []))
        for (const line of [...failures, ...files.flatMap(problems)]) {
          capabilities.stderr(`${withoutControls(line)}\n`)
        }
        const inputs = files.flatMap(({ input }) => (isNoJson(input) ? [] : [input]))
        const isWhole = failures.length === 0 && files.every(({ input }) => isComplete(input))
        return { inputs, isWhole }
      }),
    )

interface FileRead {
  readonly path: string
  readonly input: OtlpInput.OtlpInput
}

/** A file of text that is not JSON gives nothing to go on with. */
const isNoJson = ({ unread: [first] }: OtlpInput.OtlpInput): boolean =>
  first?.place === '' && first.error._tag === 'NotJson'

const isComplete = ({ batch, logs, unread }: OtlpInput.OtlpInput): boolean =>
  unread.length + batch.rejected.length + logs.rejected.length === 0

const problems = ({ path: given, input }: FileRead): ReadonlyArray<string> => {
  const path = Capabilities.shownPath(given)
  const { batch, logs, metrics, unread } = input
  const at = (kind: string, places: ReadonlyArray<Rejected> = []): ReadonlyArray<string> =>
    places.slice(0, MAX_PLACES).map((one) => `${kind}: ${path}: ${RejectedItem.show(one)}`)
  return [
    ...unread.slice(0, MAX_PLACES).map((one) => `${path}: ${OtlpInput.showUnread(one)}`),
    ...at('rejected', [...batch.rejected, ...logs.rejected]),
    ...at('left out', [...(batch.invalidParts ?? []), ...(logs.invalidParts ?? [])]),
    ...(metrics > 0
      ? [`${path}: ${metrics} metrics were skipped: they are not sent to Sentry`]
      : []),
  ]
}
