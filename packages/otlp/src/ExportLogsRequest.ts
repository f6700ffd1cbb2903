/**
 * An OTLP `ExportLogsServiceRequest` in its JSON form, decoded into log records. What is wrong inside a record rejects
 * that record alone; only what is no request at all is an error.
 *
 * Source: `opentelemetry/proto/collector/logs/v1/logs_service.proto`; opentelemetry.io/docs/specs/otlp.
 */
import type { LogBatch } from '@sentry-exporter/core/LogBatch'
import * as E from '#fp-ts/Either'
import { flow, pipe } from '#fp-ts/function'
import type * as DecodeError from './DecodeError.ts'
import * as Cursor from './json/Cursor.ts'
import * as Groups from './json/Groups.ts'
import * as LogDecoder from './json/LogDecoder.ts'
import { parseJson } from './json/parseJson.ts'

// decoding

/** From a value that was parsed already. */
export const decode: (value: unknown) => E.Either<DecodeError.DecodeError, LogBatch> = flow(
  Groups.decode({
    resources: 'resourceLogs',
    scopes: 'scopeLogs',
    items: 'logRecords',
    decode: LogDecoder.decode,
  }),
  E.map(({ items, rejected, cursor }) => ({
    records: items,
    rejected,
    repairs: Cursor.repairs(cursor),
  })),
)

/** From the text of a request's body. */
export const parse = (text: string): E.Either<DecodeError.DecodeError, LogBatch> =>
  pipe(parseJson(text), E.chain(decode))
