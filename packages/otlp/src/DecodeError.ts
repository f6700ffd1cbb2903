/**
 * Why a whole request could not be decoded. An error inside one span or log record rejects only that item (`Batch.rejected`).
 *
 * @example
 * ```ts
 * import { DecodeError, ExportTraceRequest } from '@sentry-exporter/otlp'
 *
 * const decoded = ExportTraceRequest.decode({ resourceSpans: 'xyz' })
 * if (decoded._tag === 'Left') console.log(DecodeError.show(decoded.left)) // resourceSpans: expected an array, got "xyz"
 * ```
 */
import type { Rejected } from '@sentry-exporter/core/Rejected'
import * as RejectedItem from '@sentry-exporter/core/Rejected'

// model

export type DecodeError =
  /** The text is not JSON. `reason` is the message of the runtime's parser, which names the position. */
  | { readonly _tag: 'NotJson'; readonly reason: string }
  /** The bytes are not protobuf. `offset` is in bytes, from the start of the body. */
  | ({ readonly _tag: 'NotProtobuf'; readonly offset: number } & Rejected)
  /** The JSON is not a request of OTLP. */
  | ({ readonly _tag: 'Mismatch' } & Rejected)

// constructors

export const notJson = (reason: string): DecodeError => ({ _tag: 'NotJson', reason })

export const mismatch = (rejected: Rejected): DecodeError => ({ _tag: 'Mismatch', ...rejected })

/** `path` starts at the request, and is empty for the request itself. */
export const notProtobuf = (failure: Rejected & { readonly offset: number }): DecodeError => ({
  _tag: 'NotProtobuf',
  ...failure,
  path: failure.path === '' ? 'request' : failure.path,
})

// encoding

/** One line of text: `resourceSpans: expected an array, got "xyz"`. */
export const show = (error: DecodeError): string =>
  error._tag === 'NotJson'
    ? `not JSON: ${error.reason}`
    : `${error._tag === 'NotProtobuf' ? 'not protobuf: ' : ''}${RejectedItem.show(error)}`
