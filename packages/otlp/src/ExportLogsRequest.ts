/**
 * Decodes an OTLP `ExportLogsServiceRequest` in JSON or protobuf into log records. A part of a record that cannot be read is left
 * out, and input that is not a request is a `DecodeError`. `OtlpInput` reads further forms.
 *
 * Source: `opentelemetry/proto/collector/logs/v1/logs_service.proto`; opentelemetry.io/docs/specs/otlp.
 *
 * @example
 * ```ts
 * import { ExportLogsRequest } from '@sentry-exporter/otlp'
 *
 * const logRecords = [{ timeUnixNano: '1700000000000000000', body: { stringValue: 'payment failed' } }]
 * const decoded = ExportLogsRequest.decode({ resourceLogs: [{ scopeLogs: [{ logRecords }] }] })
 * if (decoded._tag === 'Right') console.log(decoded.right.records[0]?.body) // payment failed
 * ```
 */
import type { LogBatch } from '@sentry-exporter/core'
import * as E from '#fp-ts/Either'
import { flow, pipe } from '#fp-ts/function'
import type * as DecodeError from './DecodeError.ts'
import * as Cursor from './json/Cursor.ts'
import * as Groups from './json/Groups.ts'
import * as LogDecoder from './json/LogDecoder.ts'
import { parseJson } from './json/parseJson.ts'
import * as RequestShape from './json/RequestShape.ts'
import * as ProtobufGroups from './protobuf/Groups.ts'
import * as LogReader from './protobuf/LogReader.ts'
import * as Wire from './protobuf/Wire.ts'

// decoding

/** Decodes a value that `JSON.parse` returned. */
export const decode: (value: unknown) => E.Either<DecodeError.DecodeError, LogBatch.LogBatch> =
  flow(
    Groups.decode({ ...RequestShape.LOGS, decode: LogDecoder.decode }),
    E.map(({ items, rejected, cursor }) => ({
      records: items,
      rejected,
      repairs: Cursor.repairs(cursor),
      ...(cursor.places.length === 0 ? {} : { invalidParts: cursor.places }),
    })),
  )

/** Decodes the text of a request body. */
export const parse = (text: string): E.Either<DecodeError.DecodeError, LogBatch.LogBatch> =>
  pipe(parseJson(text), E.chain(decode))

/** Decodes the bytes of a request body in protobuf. */
export const parseProtobuf: (
  bytes: Uint8Array,
) => E.Either<DecodeError.DecodeError, LogBatch.LogBatch> = flow(
  ProtobufGroups.read({
    resources: 'resourceLogs',
    scopes: 'scopeLogs',
    oldScopes: 'instrumentationLibraryLogs',
    items: 'logRecords',
    read: LogReader.read,
  }),
  E.map(({ items, rejected, wire }) => ({
    records: items,
    rejected,
    repairs: Wire.repairs(wire),
    ...(wire.places.length === 0 ? {} : { invalidParts: wire.places }),
  })),
)
