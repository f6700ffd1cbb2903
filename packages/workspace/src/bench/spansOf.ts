/** The spans and log records of the bench's inputs, which can all be read. */
import type { LogRecord } from '@sentry-exporter/core/LogRecord'
import type { Span } from '@sentry-exporter/core/Span'
import * as Utf8 from '@sentry-exporter/envelope/Utf8'
import * as ExportLogsRequest from '@sentry-exporter/otlp/ExportLogsRequest'
import * as ExportTraceRequest from '@sentry-exporter/otlp/ExportTraceRequest'
import type { Encoding } from '@sentry-exporter/otlp/OtlpBytes'
import * as E from '#fp-ts/Either'

// decoding

export const spansIn = (encoding: Encoding, bytes: Uint8Array): ReadonlyArray<Span> =>
  spansOf(
    encoding === 'json'
      ? ExportTraceRequest.parse(Utf8.decode(bytes))
      : ExportTraceRequest.parseProtobuf(bytes),
  )

export const recordsIn = (encoding: Encoding, bytes: Uint8Array): ReadonlyArray<LogRecord> =>
  valid(
    encoding === 'json'
      ? ExportLogsRequest.parse(Utf8.decode(bytes))
      : ExportLogsRequest.parseProtobuf(bytes),
  ).records

/** The spans of a request that was parsed. */
export const spansOf = (
  parsed: E.Either<unknown, { readonly spans: ReadonlyArray<Span> }>,
): ReadonlyArray<Span> => valid(parsed).spans

const valid = <A>(parsed: E.Either<unknown, A>): A => {
  if (E.isLeft(parsed)) throw new Error('reference data that cannot be read')
  return parsed.right
}
