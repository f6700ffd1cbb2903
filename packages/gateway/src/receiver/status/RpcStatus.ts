/**
 * The error of a request, `google.rpc.Status`, in both encodings. Source: github.com/googleapis/googleapis,
 * `google/rpc/status.proto` and `error_details.proto`.
 */
import type { Encoding } from '@sentry-exporter/otlp/OtlpBytes'
import { PbfWriter } from 'pbf'

// model

/** The numbers of `google.rpc.Code`. */
export type RpcCode = 3 | 4 | 8 | 12 | 13 | 14 | 16

export const INVALID_ARGUMENT = 3
export const DEADLINE_EXCEEDED = 4
export const RESOURCE_EXHAUSTED = 8
export const UNIMPLEMENTED = 12
export const INTERNAL = 13
export const UNAVAILABLE = 14
export const UNAUTHENTICATED = 16

export interface RpcStatus {
  readonly code: RpcCode
  readonly message: string
  /** The sender should repeat the request after this many seconds: a detail of the type `google.rpc.RetryInfo`. */
  readonly retryAfterSeconds?: number
}

const RETRY_INFO = 'type.googleapis.com/google.rpc.RetryInfo'

// encoding

export const encode = (status: RpcStatus, encoding: Encoding): Uint8Array =>
  encoding === 'json' ? encodeJson(status) : encodeProtobuf(status)

const encodeJson = ({ code, message, retryAfterSeconds }: RpcStatus): Uint8Array => {
  const details =
    retryAfterSeconds === undefined
      ? {}
      : { details: [{ '@type': RETRY_INFO, retryDelay: `${retryAfterSeconds}s` }] }
  return Buffer.from(JSON.stringify({ code, message, ...details }))
}

const encodeProtobuf = ({ code, message, retryAfterSeconds }: RpcStatus): Uint8Array => {
  const writer = new PbfWriter()
  writer.writeVarintField(1, code)
  writer.writeStringField(2, message)
  if (retryAfterSeconds !== undefined) writer.writeMessage(3, writeRetryInfo, retryAfterSeconds)
  return writer.finish()
}

/** A `google.protobuf.Any` with the message. */
const writeRetryInfo = (seconds: number, writer: PbfWriter): void => {
  const info = new PbfWriter()
  info.writeMessage(1, writeDuration, seconds)
  writer.writeStringField(1, RETRY_INFO)
  writer.writeBytesField(2, info.finish())
}

const writeDuration = (seconds: number, writer: PbfWriter): void => {
  writer.writeVarintField(1, seconds)
}
