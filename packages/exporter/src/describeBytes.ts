/**
 * Reads the bytes of a request, and describes its spans while they are read: what is already the text that it must become is
 * copied. Only requests of spans in protobuf; other input is read as spans, which are described when they arrive.
 *
 * Law: the same envelopes, rejected items and losses as of `OtlpBytes.parse` and the spans that it gives.
 */
import type { Described, Describer } from '@sentry-exporter/core/pipeline'
import type { DecodeError } from '@sentry-exporter/otlp/DecodeError'
import * as ExportTraceRequest from '@sentry-exporter/otlp/ExportTraceRequest'
import * as OtlpBytes from '@sentry-exporter/otlp/OtlpBytes'
import type { OtlpInput } from '@sentry-exporter/otlp/OtlpInput'
import * as E from '#fp-ts/Either'
import type { FinishedSpan } from './FinishedSpan.ts'

// model

/** Input that was read. */
export interface ReadInput extends OtlpInput {
  /** Spans that were described already, and are not in the batch: for the machine of this describer only. */
  readonly described?: DescribedSpans | undefined
}

export interface DescribedSpans {
  /** The number of spans that were read. */
  readonly spans: number
  /** One for each request in the bytes. */
  readonly all: ReadonlyArray<Described<FinishedSpan>>
}

/** `nowMillis` is the date of arrival; zero where there is no clock. */
export type ReadBytes = (
  bytes: Uint8Array,
  encoding?: OtlpBytes.Encoding,
  nowMillis?: number,
) => E.Either<DecodeError, ReadInput>

// constructors

export const describeBytes = ({ scanned }: Describer<FinishedSpan>): ReadBytes => {
  if (scanned === undefined) return OtlpBytes.parse
  const describeRequest = ExportTraceRequest.describeProtobuf(scanned)
  return (bytes, encoding, nowMillis = 0) => {
    const all: Array<Described<FinishedSpan>> = []
    let spans = 0
    const input = OtlpBytes.parseWith((request) => {
      const read = describeRequest(request, nowMillis)
      if (E.isLeft(read)) return read
      all.push(read.right.described)
      spans += read.right.spans
      return E.right(read.right.batch)
    })(bytes, encoding)
    return E.isLeft(input) || all.length === 0
      ? input
      : E.right({ ...input.right, described: { spans, all } })
  }
}
