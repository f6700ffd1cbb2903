/** Why a whole request could not be read. What is wrong inside one span rejects that span alone. */
import type { Rejected } from '@sentry-exporter/core/Rejected'
import * as RejectedPart from '@sentry-exporter/core/Rejected'

// model

export type DecodeError =
  /** The text is not JSON. `reason` is the runtime's own, which names the place. */
  | { readonly _tag: 'NotJson'; readonly reason: string }
  /** The JSON is not a request. */
  | ({ readonly _tag: 'Mismatch' } & Rejected)

// constructors

export const notJson = (reason: string): DecodeError => ({ _tag: 'NotJson', reason })

export const mismatch = (rejected: Rejected): DecodeError => ({ _tag: 'Mismatch', ...rejected })

// destructors

/** `resourceSpans: expected an array, got "xyz"`. */
export const show = (error: DecodeError): string =>
  error._tag === 'NotJson' ? `not JSON: ${error.reason}` : RejectedPart.show(error)
