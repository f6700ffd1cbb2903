/**
 * An OTLP `ExportTraceServiceRequest` in its JSON form, decoded into spans. What is wrong inside a span rejects that
 * span alone; only what is no request at all is an error.
 *
 * Source: `opentelemetry/proto/collector/trace/v1/trace_service.proto`; opentelemetry.io/docs/specs/otlp.
 */
import type { Batch } from '@sentry-exporter/core/Batch'
import type * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import { flow, pipe } from '#fp-ts/function'
import * as DecodeError from './DecodeError.ts'
import * as Cursor from './json/Cursor.ts'
import * as Groups from './json/Groups.ts'
import { parseJson } from './json/parseJson.ts'
import * as SpanDecoder from './json/SpanDecoder.ts'

// decoding

/** From a value that was parsed already. */
export const decode: (value: unknown) => E.Either<DecodeError.DecodeError, Batch> = flow(
  Groups.decode({
    resources: 'resourceSpans',
    scopes: 'scopeSpans',
    items: 'spans',
    decode: SpanDecoder.decode,
  }),
  E.map(({ items, rejected, cursor }) => ({
    spans: items,
    rejected,
    repairs: Cursor.repairs(cursor),
  })),
)

/** From the text of a request's body. */
export const parse = (text: string): E.Either<DecodeError.DecodeError, Batch> =>
  pipe(parseJson(text), E.chain(decode))

/** The same as an io-ts decoder, to be part of larger ones. */
export const decoder: t.Decoder<unknown, Batch> = {
  name: 'ExportTraceServiceRequest',
  validate: (value, context) =>
    pipe(
      decode(value),
      E.mapLeft((error) => [{ value, context, message: DecodeError.show(error) }]),
    ),
  decode: (value) => decoder.validate(value, []),
}
