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
import {
  type Described,
  type ScannedDescriber,
  ScannedSpan,
  type ScannedStep,
} from '@sentry-exporter/core/pipeline'
import type * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import { flow, pipe } from '#fp-ts/function'
import * as DecodeError from './DecodeError.ts'
import * as Cursor from './json/Cursor.ts'
import * as Groups from './json/Groups.ts'
import { parseJson } from './json/parseJson.ts'
import * as RequestShape from './json/RequestShape.ts'
import * as SpanDecoder from './json/SpanDecoder.ts'
import * as JsonSpanScanner from './json/SpanScanner.ts'
import * as ProtobufGroups from './protobuf/Groups.ts'
import * as SpanReader from './protobuf/SpanReader.ts'
import * as SpanScanner from './protobuf/SpanScanner.ts'
import * as Wire from './protobuf/Wire.ts'

// decoding

/** Decodes a value that `JSON.parse` returned. */
export const decode: (value: unknown) => E.Either<DecodeError.DecodeError, Batch> = flow(
  (value: unknown) =>
    Groups.decode({ ...RequestShape.TRACES, decode: SpanDecoder.decoding() })(value),
  E.map(({ items, rejected, cursor }) => ({ spans: items, ...withoutJsonSpans(rejected, cursor) })),
)

const withoutJsonSpans = (
  rejected: Batch['rejected'],
  cursor: Cursor.Cursor,
): Pick<Batch, 'rejected' | 'repairs' | 'invalidParts'> => ({
  rejected,
  repairs: Cursor.repairs(cursor),
  ...(cursor.places.length === 0 ? {} : { invalidParts: cursor.places }),
})

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

/** Requests of spans in both encodings, whose spans are described while they are read. */
export interface TraceReader {
  /** The batch has no spans, but their number. */
  readonly decode: (value: unknown) => E.Either<DecodeError.DecodeError, Batch>
  readonly parseProtobuf: (bytes: Uint8Array) => E.Either<DecodeError.DecodeError, Batch>
}

/**
 * Describes the spans of requests while they are read: the same nodes, rejected spans and repairs as those of `decode` or
 * `parseProtobuf`, and `describe`. `onDescribed` gets those of each request that was read. `nowMillis` is the date of their
 * arrival, or zero where there is no clock.
 */
export const describing = <A>(
  describer: ScannedDescriber<A>,
  onDescribed: (described: Described<A>) => void,
): ((nowMillis?: number) => TraceReader) => {
  const { plans, scanned, start } = describer
  const scanner = SpanScanner.make(plans, scanned)
  const taken = (step: ScannedStep<A>, read: E.Either<DecodeError.DecodeError, Batch>) => {
    // Also if the request is refused: the failures of a step are taken.
    const described = step.finish()
    ScannedSpan.release(scanned)
    if (E.isRight(read)) onDescribed(described)
    return read
  }
  return (nowMillis) => ({
    decode: (value) => {
      const step = start(nowMillis)
      const decodeSpan = JsonSpanScanner.reading({ plans, scanned }, step)
      const read = pipe(
        Groups.decode({ ...RequestShape.TRACES, decode: decodeSpan })(value),
        E.map(({ items, rejected, cursor }) => counted(items, withoutJsonSpans(rejected, cursor))),
      )
      return taken(step, read)
    },
    parseProtobuf: (bytes) => {
      const step = start(nowMillis)
      const read = pipe(
        ProtobufGroups.read({ ...NAMES, read: SpanScanner.reading(scanner, step) })(bytes),
        E.map(({ items, rejected, wire }) => counted(items, withoutSpans(rejected, wire))),
      )
      return taken(step, read)
    },
  })
}

/** A batch with the number of its spans in their place. */
const counted = (spans: ReadonlyArray<true>, batch: Omit<Batch, 'spans'>): Batch => ({
  ...batch,
  spans: [],
  describedSpans: spans.length,
})

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
