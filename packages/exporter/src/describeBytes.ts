/**
 * Reads the bytes of a request, and describes its spans while they are read: what is already the text that it must become is
 * copied. Spans of other input are described when they arrive.
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
  /** The spans of the batch that were described already, for the machine of this describer only: one for each request. */
  readonly described?: ReadonlyArray<Described<FinishedSpan>> | undefined
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
  let described: Array<Described<FinishedSpan>> = []
  const readerAt = ExportTraceRequest.describing(scanned, (one) => described.push(one))
  return (bytes, encoding, nowMillis = 0) => {
    described = []
    const input = OtlpBytes.parseWith(readerAt(nowMillis))(bytes, encoding)
    return E.isLeft(input) ? input : E.right({ ...input.right, described })
  }
}
