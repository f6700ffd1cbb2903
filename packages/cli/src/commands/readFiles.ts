/** Reads OTLP JSON files, and prints on standard error where a file or a span could not be read. */
import type * as Batch from '@sentry-exporter/core/Batch'
import * as Rejected from '@sentry-exporter/core/Rejected'
import * as Utf8 from '@sentry-exporter/envelope/Utf8'
import * as DecodeError from '@sentry-exporter/otlp/DecodeError'
import * as ExportTraceRequest from '@sentry-exporter/otlp/ExportTraceRequest'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as T from '#fp-ts/Task'
import * as TE from '#fp-ts/TaskEither'
import * as Capabilities from '../Capabilities.ts'

// model

export interface FilesRead {
  /** One batch for each readable file, in the given order. */
  readonly batches: ReadonlyArray<Batch.Batch>
  /** Files that could not be read. */
  readonly failures: number
  /** Spans that could not be read. */
  readonly rejected: number
}

/** Rejected spans that are printed. The rest are only counted. */
const MAX_PLACES = 20

// running

export const readFiles =
  (capabilities: Capabilities.Capabilities) =>
  (paths: ReadonlyArray<string>): T.Task<FilesRead> =>
    pipe(
      paths,
      T.traverseArray(readBatch(capabilities)),
      T.map((read) => {
        const failures = read.flatMap((one) => (E.isLeft(one) ? [one.left] : []))
        const batches = read.flatMap((one) => (E.isRight(one) ? [one.right] : []))
        const rejected = batches.flatMap((batch) => batch.rejected)
        for (const failure of failures) capabilities.stderr(`${failure}\n`)
        for (const one of rejected.slice(0, MAX_PLACES)) {
          capabilities.stderr(`rejected: ${Rejected.show(one)}\n`)
        }
        return { batches, failures: failures.length, rejected: rejected.length }
      }),
    )

/** The spans of a file. The paths of rejected spans start with the name of the file.*/
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
