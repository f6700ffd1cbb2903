/**
 * Reads the bytes of OTLP in either encoding: the body of a request, or the content of a file. Where the encoding is not
 * given, the bytes show it. A file may contain several requests, as the Collector's file exporter writes them: one for each
 * line in JSON, or each behind its length in protobuf.
 *
 * @example
 * ```ts
 * import { OtlpBytes } from '@sentry-exporter/otlp'
 *
 * const json = OtlpBytes.parse(new TextEncoder().encode('{"resourceSpans":[]}'))
 * const empty = OtlpBytes.parse(new Uint8Array(), 'protobuf')
 * console.log(json._tag, empty._tag) // Right Right
 * console.log(OtlpBytes.encodingOf('application/x-protobuf')) // protobuf
 * ```
 */
import * as Losses from '@sentry-exporter/core/Losses'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as DecodeError from './DecodeError.ts'
import * as ExportLogsRequest from './ExportLogsRequest.ts'
import * as ExportMetricsRequest from './ExportMetricsRequest.ts'
import * as ExportTraceRequest from './ExportTraceRequest.ts'
import { describeBytes } from './json/describeText.ts'
import { parseJson } from './json/parseJson.ts'
import * as OtlpInput from './OtlpInput.ts'
import * as Framing from './protobuf/Framing.ts'
import * as Utf8Text from './text/Utf8Text.ts'

// model

export type Encoding = 'json' | 'protobuf'

type Parsed = E.Either<DecodeError.DecodeError, OtlpInput.OtlpInput>

const OPEN_BRACE = 0x7b
const OPEN_BRACKET = 0x5b

// decoding

/**
 * The encoding that a content type names; `undefined` for others. Source: opentelemetry.io/docs/specs/otlp, "OTLP/HTTP
 * Request".
 */
export const encodingOf = (contentType: string | undefined): Encoding | undefined => {
  const type = contentType?.split(';')[0]?.trim().toLowerCase()
  if (type === 'application/json') return 'json'
  return type === 'application/x-protobuf' || type === 'application/protobuf'
    ? 'protobuf'
    : undefined
}

/** The same as `parse`, with another reader of requests of spans. */
export const parseWith =
  (readTraces: ExportTraceRequest.TraceReader) =>
  (bytes: Uint8Array, encoding?: Encoding): Parsed => {
    if (encoding === 'protobuf') return parseProtobuf(bytes, readTraces)
    const utf16 = Utf8Text.decodeUtf16(bytes)
    if (utf16 !== undefined) return OtlpInput.parse(utf16, readTraces.decode)
    if (encoding === 'json' || startsAsJson(bytes)) return parseText(bytes, readTraces)
    if (Framing.isRequest(bytes)) return parseProtobuf(bytes, readTraces)
    const records = Framing.records(bytes)
    if (records !== undefined) return E.right(parseRecords(records, readTraces))
    const foreign = describeBytes(bytes)
    return foreign === undefined
      ? parseText(bytes, readTraces)
      : E.left(DecodeError.notOtlp(foreign))
  }

/** Reads bytes that are not compressed. */
export const parse: (bytes: Uint8Array, encoding?: Encoding) => Parsed =
  /* @__PURE__ */ parseWith(ExportTraceRequest)

/**
 * Whether the bytes are certainly not protobuf. 0A 7B, a line feed and a brace, is the start of both: such bytes are JSON if
 * they can be parsed as that.
 */
const startsAsJson = (bytes: Uint8Array): boolean => {
  const at = bytes.findIndex((byte) => byte > 0x20)
  const isOpen = bytes[at] === OPEN_BRACE || bytes[at] === OPEN_BRACKET
  return isOpen && (at === 0 || E.isRight(parseJson(Utf8Text.decode(bytes).text)))
}

const parseText = (bytes: Uint8Array, { decode }: ExportTraceRequest.TraceReader): Parsed => {
  const { text, replaced } = Utf8Text.decode(bytes)
  return pipe(
    OtlpInput.parse(text, decode),
    E.map((input) => withReplaced(input, replaced)),
  )
}

/** The same for a part of a file of JSON that ends between two values (`OtlpInput.parseLines`). */
export const parseLines = (bytes: Uint8Array, firstLine: number): OtlpInput.OtlpInput => {
  const { text, replaced } = Utf8Text.decode(bytes)
  return withReplaced(OtlpInput.parseLines(text, firstLine), replaced)
}

const withReplaced = (input: OtlpInput.OtlpInput, replaced: number): OtlpInput.OtlpInput =>
  replaced === 0
    ? input
    : {
        ...input,
        batch: {
          ...input.batch,
          repairs: Losses.concat(input.batch.repairs, Losses.of('utf8', replaced)),
        },
      }

const parseProtobuf = (bytes: Uint8Array, readTraces: ExportTraceRequest.TraceReader): Parsed => {
  switch (Framing.signalOf(bytes)) {
    case 'traces':
      return pipe(
        readTraces.parseProtobuf(bytes),
        E.map((batch) => ({ ...OtlpInput.empty, batch })),
      )
    case 'logs':
      return pipe(
        ExportLogsRequest.parseProtobuf(bytes),
        E.map((logs) => ({ ...OtlpInput.empty, logs })),
      )
    case 'metrics':
      return pipe(
        ExportMetricsRequest.parseProtobuf(bytes),
        E.map((metrics) => ({ ...OtlpInput.empty, metrics })),
      )
  }
}

const parseRecords = (
  records: ReadonlyArray<Uint8Array>,
  readTraces: ExportTraceRequest.TraceReader,
): OtlpInput.OtlpInput =>
  OtlpInput.concatAll(
    records.map((record, index) => {
      const place = `message ${index + 1}`
      const parsed = parseProtobuf(record, readTraces)
      return E.isRight(parsed)
        ? OtlpInput.withPlace(place, parsed.right)
        : { ...OtlpInput.empty, unread: [{ place, error: parsed.left }] }
    }),
  )
