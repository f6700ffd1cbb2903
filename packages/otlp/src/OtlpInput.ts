/**
 * Reads any input that is OTLP in JSON: one request, a request for each line (the files of the Collector's `file` exporter), a
 * list of requests, or a part of a request without the request around it. Requests of all signals may be mixed. Input that cannot be
 * read is an error that describes it; a line that cannot be read costs that line.
 *
 * Law: spans + rejected spans + records + rejected records + metric points + rejected points + unread = everything that the
 * input holds.
 *
 * @example
 * ```ts
 * import { DecodeError, OtlpInput } from '@sentry-exporter/otlp'
 *
 * const spans = [{ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), name: 'GET /' }]
 * const line = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] })
 * const read = OtlpInput.parse(`${line}\n{"resourceSp\n`)
 * if (read._tag === 'Right') {
 *   console.log(read.right.batch.spans.length, read.right.unread.length) // 1 1
 * }
 * const other = OtlpInput.parse('{"name":"shop","version":"1.0.0"}')
 * if (other._tag === 'Left') console.log(DecodeError.show(other.left))
 * // expected a request of OTLP, with resourceSpans, resourceLogs or resourceMetrics, got an object with the keys "name", "version"
 * ```
 */

import type { LogBatch, MetricBatch } from '@sentry-exporter/core'
import * as Batch from '@sentry-exporter/core/Batch'
import * as Losses from '@sentry-exporter/core/Losses'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as DecodeError from './DecodeError.ts'
import * as ExportLogsRequest from './ExportLogsRequest.ts'
import * as ExportMetricsRequest from './ExportMetricsRequest.ts'
import * as ExportTraceRequest from './ExportTraceRequest.ts'
import { concatAll } from './json/concatInputs.ts'
import { describeText } from './json/describeText.ts'
import { describeValue } from './json/describeValue.ts'
import { losses, problems, showUnread } from './json/inputLosses.ts'
import { parseJson } from './json/parseJson.ts'
import * as RequestShape from './json/RequestShape.ts'
import * as splitJson from './json/splitJson.ts'
import { withPlace } from './json/withPlace.ts'

export { concatAll, losses, problems, showUnread, withPlace }

// model

export interface OtlpInput {
  /** The spans of all requests, in their order. */
  readonly batch: Batch.Batch
  /** The log records of all requests, in their order. */
  readonly logs: LogBatch.LogBatch
  /** The metrics of all requests, in their order. */
  readonly metrics: MetricBatch.MetricBatch
  /** Whole inputs, lines, and elements of a list, that are not requests of OTLP. */
  readonly unread: ReadonlyArray<Unread>
}

export interface Unread {
  /** `line 3`; empty for the whole input. */
  readonly place: string
  readonly error: DecodeError.DecodeError
}

// constructors

export const empty: OtlpInput = /* @__PURE__ */ Object.freeze({
  batch: Batch.empty,
  logs: /* @__PURE__ */ Object.freeze({
    records: /* @__PURE__ */ Object.freeze([]),
    rejected: /* @__PURE__ */ Object.freeze([]),
    repairs: Losses.empty,
  }),
  metrics: /* @__PURE__ */ Object.freeze({
    metrics: /* @__PURE__ */ Object.freeze([]),
    rejected: /* @__PURE__ */ Object.freeze([]),
    repairs: Losses.empty,
  }),
  unread: /* @__PURE__ */ Object.freeze([]),
})

/** An input that could not be read at all, as one that lost everything: for callers that go on. */
export const ofError = (error: DecodeError.DecodeError): OtlpInput => ({
  ...empty,
  unread: [{ place: '', error }],
})

// decoding

/** Reads the value of a request of spans. */
export type DecodeTraces = (value: unknown) => E.Either<DecodeError.DecodeError, Batch.Batch>

/** Reads text: the body of a request, or the content of a file. `decodeTraces` is another reader of requests of spans. */
export const parse = (
  given: string,
  decodeTraces: DecodeTraces = ExportTraceRequest.decode,
): E.Either<DecodeError.DecodeError, OtlpInput> => {
  const text = given.charCodeAt(0) === BYTE_ORDER_MARK ? given.slice(1) : given
  const whole = parseJson(text)
  if (E.isRight(whole)) return decode(whole.right, decodeTraces)
  const foreign = describeText(text)
  if (foreign !== undefined) return E.left(DecodeError.notOtlp(foreign))
  const pieces = withoutMarks(text)
  const byLine = readPieces(splitJson.lines(pieces), decodeTraces)
  if (E.isRight(byLine)) return byLine
  const byValue = readPieces(splitJson.values(pieces), decodeTraces)
  if (E.isRight(byValue)) return byValue
  return byLine.left._tag === 'NotOtlp' ? byLine : whole
}

/**
 * Reads a part of a file that ends between two values. Places name the lines of the file; `firstLine` is the number of the first
 * one, from 1. Lines that cannot be read are unread.
 */
export const parseLines = (text: string, firstLine: number): OtlpInput => {
  const pieces = withoutMarks(text)
  const place = `line ${firstLine}`
  const whole = parseJson(pieces)
  if (E.isRight(whole)) {
    const read = decode(whole.right)
    return E.isRight(read)
      ? withPlace(place, read.right)
      : { ...empty, unread: [{ place, error: read.left }] }
  }
  const byLine = splitJson.lines(pieces, firstLine)
  if (byLine.some(({ value }) => E.isRight(value)))
    return inputOf(byLine, ExportTraceRequest.decode).input
  return withPlace(place, inputOf(splitJson.values(pieces), ExportTraceRequest.decode).input)
}

const withoutMarks = (text: string): string =>
  text.replaceAll(RECORD_SEPARATOR, '').replace(BYTE_ORDER_MARKS, '')

const BYTE_ORDER_MARK = 0xfeff

/** At the starts of lines, as in joined files. No text of JSON has a line break, so that these are outside of all texts. */
const BYTE_ORDER_MARKS = /^\ufeff/gm

/** Before each value of a sequence (RFC 7464). It is in no valid JSON. */
const RECORD_SEPARATOR = '\u001e'

/** Reads a value that `JSON.parse` returned, or that has the same form. */
export const decode = (
  value: unknown,
  decodeTraces: DecodeTraces = ExportTraceRequest.decode,
): E.Either<DecodeError.DecodeError, OtlpInput> => {
  if (!Array.isArray(value)) return decodeOne(value, decodeTraces)
  return pipe(
    readPieces(
      value.map((one, index) => ({ place: `[${index}]`, value: E.right(one) })),
      decodeTraces,
    ),
    E.mapLeft(() => DecodeError.notOtlp(describeValue(value))),
  )
}

const decodeOne = (
  value: unknown,
  decodeTraces: DecodeTraces,
): E.Either<DecodeError.DecodeError, OtlpInput> => {
  const shape = RequestShape.of(value)
  if (shape === undefined) return E.left(DecodeError.notOtlp(describeValue(value)))
  const traces = decodeTraces(shape.traces)
  const logs = ExportLogsRequest.decode(shape.logs)
  const metrics = ExportMetricsRequest.decode(shape.metrics)
  const input: OtlpInput = {
    batch: E.isRight(traces) ? traces.right : empty.batch,
    logs: E.isRight(logs) ? logs.right : empty.logs,
    metrics: E.isRight(metrics) ? metrics.right : empty.metrics,
    unread: [traces, logs, metrics].flatMap(unreadOf),
  }
  // One signal that cannot be read does not cost the others.
  const [first] = input.unread
  return first === undefined || hasContent(input) ? E.right(input) : E.left(first.error)
}

const unreadOf = (read: E.Either<DecodeError.DecodeError, unknown>): ReadonlyArray<Unread> =>
  E.isLeft(read) ? [{ place: '', error: read.left }] : []

const hasContent = ({ batch, logs, metrics }: OtlpInput): boolean =>
  Batch.spansIn(batch) + logs.records.length + logs.rejected.length > 0 ||
  metrics.metrics.length + metrics.rejected.length > 0

/** Several values as one input. An error if none of them is a request with a key. */
const readPieces = (
  pieces: ReadonlyArray<splitJson.Piece>,
  decodeTraces: DecodeTraces,
): E.Either<DecodeError.DecodeError, OtlpInput> => {
  const { input, isRequest, found } = inputOf(pieces, decodeTraces)
  if (isRequest) return E.right(input)
  return E.left(
    found === undefined
      ? DecodeError.notJson('no value could be parsed')
      : DecodeError.notOtlp(pieces.length === 1 ? found : `several values, the first: ${found}`),
  )
}

interface PiecesRead {
  readonly input: OtlpInput
  /** Whether one of the values is a request with a key. */
  readonly isRequest: boolean
  /** The description of the first value that is no request. */
  readonly found: string | undefined
}

const inputOf = (
  pieces: ReadonlyArray<splitJson.Piece>,
  decodeTraces: DecodeTraces,
): PiecesRead => {
  const read: Array<OtlpInput> = []
  const unread: Array<Unread> = []
  let isRequest = false
  let found: string | undefined
  for (const { place, value } of pieces) {
    if (E.isLeft(value)) {
      unread.push({ place, error: value.left })
      continue
    }
    // A line of JSON that is spread over lines may be an empty object, which is an empty request elsewhere.
    if (RequestShape.isEmpty(value.right)) continue
    const one = decodeOne(value.right, decodeTraces)
    if (E.isRight(one)) {
      isRequest = true
      read.push(withPlace(place, one.right))
    } else {
      unread.push({ place, error: one.left })
      found ??= describeValue(value.right)
    }
  }
  return { input: concatAll([...read, { ...empty, unread }]), isRequest, found }
}
