/** Reports what a receiver does, for metrics and logs. Values contain no secrets and no content of requests. */
import type { OtlpSignal } from './Accept.ts'
import type { ListenError } from './Listener.ts'

// model

export type ReceiverProtocol = 'http' | 'grpc'

/** Why no part of a request was taken. */
export type RefusedReason =
  /** No signal has this path or method. */
  | 'path'
  | 'method'
  | 'unauthenticated'
  | 'content_type'
  /** The compression is unknown, or the configuration excludes it. */
  | 'encoding'
  | 'too_large'
  /** It cannot be decompressed. */
  | 'corrupt'
  /** Its content is no OTLP. */
  | 'unreadable'
  | 'busy'
  /** It did not arrive in time. */
  | 'timeout'
  /** The sender ended the connection. */
  | 'aborted'
  /** It is no valid HTTP. */
  | 'malformed'
  | 'internal'

/** A request and its end. */
export interface SeenRequest {
  readonly protocol: ReceiverProtocol
  /** `undefined` if its path names none. */
  readonly signal: OtlpSignal | undefined
  /** Of the body as it arrived, compressed. */
  readonly bytes: number
  /** `undefined` if it was taken. */
  readonly refused: RefusedReason | undefined
  /** The status of HTTP, or of gRPC. 0 for HTTP without an answer. */
  readonly status: number
  readonly durationMillis: number
}

export interface Observe {
  readonly request: (seen: SeenRequest) => void
  /** There were as many connections as the configuration permits. */
  readonly connectionRefused: (protocol: ReceiverProtocol) => void
  /** The files of the TLS settings changed. With an error, the former certificates stay in use. */
  readonly certificatesChanged: (protocol: ReceiverProtocol, error: ListenError | undefined) => void
}

// constructors

export const none: Observe = {
  request: () => undefined,
  connectionRefused: () => undefined,
  certificatesChanged: () => undefined,
}
