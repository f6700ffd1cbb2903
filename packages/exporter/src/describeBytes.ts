/**
 * Reads the bytes of a request, and describes its spans while they are read: what is already the text that it must become is
 * copied. Spans of other input are described when they arrive.
 *
 * Law: the same envelopes, rejected items and losses as of `OtlpBytes.parse` and the spans that it gives.
 */
import type { MetricBatch } from '@sentry-exporter/core'
import type { Batch } from '@sentry-exporter/core/Batch'
import type { Described, Describer } from '@sentry-exporter/core/pipeline'
import type { DecodeError } from '@sentry-exporter/otlp/DecodeError'
import * as ExportTraceRequest from '@sentry-exporter/otlp/ExportTraceRequest'
import * as OtlpBytes from '@sentry-exporter/otlp/OtlpBytes'
import * as OtlpInput from '@sentry-exporter/otlp/OtlpInput'
import * as E from '#fp-ts/Either'
import type { FinishedSpan } from './FinishedSpan.ts'

// model

/** Input that was read. */
export interface ReadInput extends OtlpInput.OtlpInput {
  /** The spans of the batch that were described already, for the machine of this describer only: one for each request. */
  readonly described?: ReadonlyArray<Described<FinishedSpan>> | undefined
  /** The metrics of all requests, in their order. */
  readonly metricBatch?: MetricBatch.MetricBatch | undefined
}

/** `nowMillis` is the date of arrival; zero where there is no clock. */
export type ReadBytes = (
  bytes: Uint8Array,
  encoding?: OtlpBytes.Encoding,
  nowMillis?: number,
) => E.Either<DecodeError, ReadInput>

export interface BytesReader {
  /** Any input that `OtlpBytes.parse` reads. */
  readonly read: ReadBytes
  /** A request of spans in protobuf, and nothing else. */
  readonly readTraces: (bytes: Uint8Array, nowMillis?: number) => E.Either<DecodeError, ReadInput>
}

// constructors

export const describeBytes = ({ scanned }: Describer<FinishedSpan>): BytesReader => {
  if (scanned === undefined) return withoutDescriber
  let described: Array<Described<FinishedSpan>> = []
  const readerAt = ExportTraceRequest.describing(scanned, (one) => described.push(one))
  const collected = (
    read: () => E.Either<DecodeError, OtlpInput.OtlpInput>,
  ): E.Either<DecodeError, ReadInput> => {
    const all: typeof described = []
    described = all
    const input = read()
    // Not kept: they hold the spans of a request.
    described = []
    return E.isLeft(input) ? input : E.right({ ...input.right, described: all })
  }
  return {
    read: (bytes, encoding, nowMillis = 0) =>
      collected(() => OtlpBytes.parseWith(readerAt(nowMillis))(bytes, encoding)),
    readTraces: (bytes, nowMillis = 0) =>
      collected(() => inputOf(readerAt(nowMillis).parseProtobuf(bytes))),
  }
}

const inputOf = (read: E.Either<DecodeError, Batch>): E.Either<DecodeError, OtlpInput.OtlpInput> =>
  E.isLeft(read) ? read : E.right({ ...OtlpInput.empty, batch: read.right })

const withoutDescriber: BytesReader = /* @__PURE__ */ Object.freeze<BytesReader>({
  read: OtlpBytes.parse,
  readTraces: (bytes) => inputOf(ExportTraceRequest.parseProtobuf(bytes)),
})
