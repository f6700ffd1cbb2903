/**
 * Decodes an OTLP `ExportTraceServiceRequest` in JSON into spans. A part of a span that cannot be read is left out, a span
 * without ids is rejected, and input that is not a request is a `DecodeError`. `OtlpInput` reads further forms.
 *
 * Source: `opentelemetry/proto/collector/trace/v1/trace_service.proto`; opentelemetry.io/docs/specs/otlp.
 *
 * @example
 * ```ts
 * import { Rejected } from '@sentry-exporter/core'
 * import { ExportTraceRequest } from '@sentry-exporter/otlp'
 *
 * const spans = [
 *   { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), name: 'GET /' },
 *   { traceId: 'a'.repeat(32), spanId: 'no id', name: 'SELECT' },
 * ]
 * const decoded = ExportTraceRequest.decode({ resourceSpans: [{ scopeSpans: [{ spans }] }] })
 * if (decoded._tag === 'Right') {
 *   console.log(decoded.right.spans.map(({ name }) => name).join()) // GET /
 *   console.log(decoded.right.rejected.map(Rejected.show).join())
 *   // resourceSpans[0].scopeSpans[0].spans[1].spanId: expected 16 hex characters, not all zero, got "no id"
 * }
 * ```
 */
import type { Batch } from '@sentry-exporter/core/Batch'
import type { Described, ScannedDescriber } from '@sentry-exporter/core/pipeline'
import type * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import { flow, pipe } from '#fp-ts/function'
import * as DecodeError from './DecodeError.ts'
import * as Cursor from './json/Cursor.ts'
import * as Groups from './json/Groups.ts'
import { parseJson } from './json/parseJson.ts'
import * as RequestShape from './json/RequestShape.ts'
import * as SpanDecoder from './json/SpanDecoder.ts'
import * as ProtobufGroups from './protobuf/Groups.ts'
import * as SpanReader from './protobuf/SpanReader.ts'
import * as SpanScanner from './protobuf/SpanScanner.ts'
import * as Wire from './protobuf/Wire.ts'

// decoding

/** Decodes a value that `JSON.parse` returned. */
export const decode: (value: unknown) => E.Either<DecodeError.DecodeError, Batch> = flow(
  Groups.decode({ ...RequestShape.TRACES, decode: SpanDecoder.decode }),
  E.map(({ items, rejected, cursor }) => ({
    spans: items,
    rejected,
    repairs: Cursor.repairs(cursor),
    ...(cursor.places.length === 0 ? {} : { invalidParts: cursor.places }),
  })),
)

/** Decodes the text of a request body. */
export const parse = (text: string): E.Either<DecodeError.DecodeError, Batch> =>
  pipe(parseJson(text), E.chain(decode))

const NAMES = {
  resources: 'resourceSpans',
  scopes: 'scopeSpans',
  oldScopes: 'instrumentationLibrarySpans',
  items: 'spans',
} as const

/** Decodes the bytes of a request body in protobuf. */
export const parseProtobuf: (bytes: Uint8Array) => E.Either<DecodeError.DecodeError, Batch> = flow(
  ProtobufGroups.read({ ...NAMES, read: SpanReader.read }),
  E.map(({ items, rejected, wire }) => ({ spans: items, ...withoutSpans(rejected, wire) })),
)

const withoutSpans = (
  rejected: Batch['rejected'],
  wire: Wire.Wire,
): Pick<Batch, 'rejected' | 'repairs' | 'invalidParts'> => ({
  rejected,
  repairs: Wire.repairs(wire),
  ...(wire.places.length === 0 ? {} : { invalidParts: wire.places }),
})

/** A request whose spans were described while they were read. */
export interface DescribedBatch<A> {
  /** Without its spans. */
  readonly batch: Batch
  readonly spans: number
  readonly described: Described<A>
}

/**
 * Describes the spans of a request body in protobuf while it reads them: the same nodes, rejected spans and repairs as those of
 * `parseProtobuf` and `describe`. `nowMillis` is zero where there is no clock.
 */
export const describeProtobuf = <A>(
  describer: ScannedDescriber<A>,
): ((bytes: Uint8Array, nowMillis?: number) => E.Either<DecodeError.DecodeError, DescribedBatch<A>>) => {
  const scanner = SpanScanner.make(describer.plans, describer.scanned)
  return (bytes, nowMillis) => {
    describer.plans.trim()
    const step = describer.start(nowMillis)
    const read = ProtobufGroups.read({ ...NAMES, read: SpanScanner.reading(scanner, step) })(bytes)
    // Also if the request is refused: the failures of a step are taken.
    const described = step.finish()
    return pipe(
      read,
      E.map(({ items, rejected, wire }) => ({
        batch: { spans: [], ...withoutSpans(rejected, wire) },
        spans: items.length,
        described,
      })),
    )
  }
}

/** `decode` as an io-ts decoder, for use inside other codecs. */
export const decoder: t.Decoder<unknown, Batch> = /* @__PURE__ */ Object.freeze<
  t.Decoder<unknown, Batch>
>({
  name: 'ExportTraceServiceRequest',
  validate: (value, context) =>
    pipe(
      decode(value),
      E.mapLeft((error) => [{ value, context, message: DecodeError.show(error) }]),
    ),
  decode: (value) => decoder.validate(value, []),
})
