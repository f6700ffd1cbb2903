/**
 * The response to a request that was taken: `ExportTraceServiceResponse`, `ExportLogsServiceResponse` or
 * `ExportMetricsServiceResponse`. Their fields have the same numbers, and other names in JSON. Source:
 * github.com/open-telemetry/opentelemetry-proto, `collector/trace/v1/trace_service.proto`.
 */
import type { Encoding } from '@sentry-exporter/otlp/OtlpBytes'
import { PbfWriter } from 'pbf'
import type { OtlpSignal } from '../Accept.ts'

// model

export interface ExportResponse {
  readonly signal: OtlpSignal
  /** Items that could not be read. */
  readonly rejected: number
  /** The reason, or a warning. `partial_success` is only written with items or a message. */
  readonly message: string
}

const REJECTED_FIELD: Readonly<Record<OtlpSignal, string>> = {
  traces: 'rejectedSpans',
  logs: 'rejectedLogRecords',
  metrics: 'rejectedDataPoints',
}

// encoding

export const encode = (response: ExportResponse, encoding: Encoding): Uint8Array =>
  encoding === 'json' ? encodeJson(response) : encodeProtobuf(response)

const isWhole = ({ rejected, message }: ExportResponse): boolean => rejected === 0 && message === ''

const encodeJson = (response: ExportResponse): Uint8Array => {
  const { signal, rejected, message } = response
  if (isWhole(response)) return Buffer.from('{}')
  // The JSON form of an int64 is a string: protobuf.dev/programming-guides/json.
  const count = rejected === 0 ? {} : { [REJECTED_FIELD[signal]]: String(rejected) }
  const reason = message === '' ? {} : { errorMessage: message }
  return Buffer.from(JSON.stringify({ partialSuccess: { ...count, ...reason } }))
}

const encodeProtobuf = (response: ExportResponse): Uint8Array => {
  const writer = new PbfWriter()
  if (!isWhole(response)) writer.writeMessage(1, writePartialSuccess, response)
  return writer.finish()
}

const writePartialSuccess = ({ rejected, message }: ExportResponse, writer: PbfWriter): void => {
  if (rejected !== 0) writer.writeVarintField(1, rejected)
  if (message !== '') writer.writeStringField(2, message)
}
