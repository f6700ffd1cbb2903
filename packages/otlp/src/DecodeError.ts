/**
 * Why a whole input could not be decoded. An error inside one span, log record or metric point costs only that item (`Batch.rejected`), and
 * an error inside a part of an item only that part (`Batch.invalidParts`).
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
  /** The input is a request of OTLP, or was given as one, and its structure is wrong. */
  | ({ readonly _tag: 'Mismatch' } & Rejected)
  /** The input is something else. `found` describes it: `an object with the keys "name", "version"`. */
  | { readonly _tag: 'NotOtlp'; readonly found: string }

// constructors

export const notJson = (reason: string): DecodeError => ({ _tag: 'NotJson', reason })

export const mismatch = (rejected: Rejected): DecodeError => ({ _tag: 'Mismatch', ...rejected })

export const notOtlp = (found: string): DecodeError => ({ _tag: 'NotOtlp', found })

/** `path` starts at the request, and is empty for the request itself. */
export const notProtobuf = (failure: Rejected & { readonly offset: number }): DecodeError => ({
  _tag: 'NotProtobuf',
  ...failure,
  path: failure.path === '' ? 'request' : failure.path,
})

// encoding

const EXPECTED = 'a request of OTLP, with resourceSpans, resourceLogs or resourceMetrics'

/** One line of text: `resourceSpans: expected an array, got "xyz"`. */
export const show = (error: DecodeError): string => {
  switch (error._tag) {
    case 'NotJson':
      return `not JSON: ${error.reason}`
    case 'NotProtobuf':
      return `not protobuf: ${RejectedItem.show(error)}`
    case 'Mismatch':
      return RejectedItem.show(error)
    case 'NotOtlp':
      return `expected ${EXPECTED}, got ${error.found}`
  }
}
