/** The status of a refused call: its code, its message, and how long the sender should wait. */
import { Metadata, type StatusObject } from '@grpc/grpc-js'
import { decompressors } from '../compression/decompressors.ts'
import * as Outcome from '../Outcome.ts'
import * as RpcStatus from '../status/RpcStatus.ts'

// model

const DETAILS_HEADER = 'grpc-status-details-bin'

const ACCEPT_ENCODING_HEADER = 'grpc-accept-encoding'

/** A status is a header, of which clients accept 8 KiB in all. */
const MAX_MESSAGE_LENGTH = 1_000

/** For the header `grpc-accept-encoding`. */
export const acceptedEncodings: string = ['identity', ...decompressors.keys()].join(',')

// constructors

/** Of every answer with a message. */
export const acceptMetadata = (): Metadata => {
  const metadata = new Metadata()
  metadata.set(ACCEPT_ENCODING_HEADER, acceptedEncodings)
  return metadata
}

/** Without a time to wait, clients do not repeat the call: opentelemetry.io/docs/specs/otlp, "OTLP/gRPC Throttling". */
export const statusOf = (refused: Outcome.Refused): StatusObject => {
  const status = Outcome.rpcStatus(refused)
  const metadata = acceptMetadata()
  if (status.retryAfterSeconds !== undefined) {
    metadata.set(DETAILS_HEADER, Buffer.from(RpcStatus.encode(status, 'protobuf')))
  }
  return { code: status.code, details: textOf(status.message), metadata }
}

/** The library passes it to `encodeURI`, which throws for half a surrogate pair. */
const textOf = (message: string): string => message.slice(0, MAX_MESSAGE_LENGTH).toWellFormed()
