/** The end of a request, before HTTP or gRPC give it a form. */

import type { RefusedReason } from './Observe.ts'
import * as RpcStatus from './status/RpcStatus.ts'

// model

export type RequestOutcome =
  | { readonly _tag: 'Taken'; readonly rejected: number; readonly message: string }
  | Refused

export interface Refused {
  readonly _tag: 'Refused'
  readonly reason: RefusedReason
  readonly message: string
  /** In whole seconds, for the reason `busy`. */
  readonly retryAfterSeconds?: number
}

/** For a refusal by the receiver itself, whose memory is free again after a moment. */
const RETRY_AFTER_SECONDS = 1

/** Status and code by reason. `aborted` has no answer. */
const codes: Readonly<Record<RefusedReason, { http: number; rpc: RpcStatus.RpcCode }>> = {
  path: { http: 404, rpc: RpcStatus.UNIMPLEMENTED },
  method: { http: 405, rpc: RpcStatus.UNIMPLEMENTED },
  unauthenticated: { http: 401, rpc: RpcStatus.UNAUTHENTICATED },
  content_type: { http: 415, rpc: RpcStatus.INVALID_ARGUMENT },
  encoding: { http: 415, rpc: RpcStatus.UNIMPLEMENTED },
  too_large: { http: 413, rpc: RpcStatus.RESOURCE_EXHAUSTED },
  corrupt: { http: 400, rpc: RpcStatus.INVALID_ARGUMENT },
  unreadable: { http: 400, rpc: RpcStatus.INVALID_ARGUMENT },
  busy: { http: 503, rpc: RpcStatus.UNAVAILABLE },
  timeout: { http: 408, rpc: RpcStatus.DEADLINE_EXCEEDED },
  aborted: { http: 400, rpc: RpcStatus.INVALID_ARGUMENT },
  malformed: { http: 400, rpc: RpcStatus.INVALID_ARGUMENT },
  internal: { http: 500, rpc: RpcStatus.INTERNAL },
}

/** All reasons. The keys of a record with this type are the reasons. */
export const reasons: ReadonlyArray<RefusedReason> = Object.keys(
  codes,
) as ReadonlyArray<RefusedReason>

// constructors

export const refused = (reason: RefusedReason, message: string): Refused => ({
  _tag: 'Refused',
  reason,
  message,
})

export const tooLarge = (maxBytes: number, form: string): Refused =>
  refused('too_large', `the ${form} body has more than the permitted ${maxBytes} bytes`)

/** Other requests hold the memory. */
export const noMemory: Refused = {
  ...refused('busy', 'the requests under way hold all memory that the receiver may use'),
  retryAfterSeconds: RETRY_AFTER_SECONDS,
}

// destructors

export const httpStatus = (reason: RefusedReason): number => codes[reason].http

export const rpcStatus = ({
  reason,
  message,
  retryAfterSeconds,
}: Refused): RpcStatus.RpcStatus => ({
  code: codes[reason].rpc,
  message,
  ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
})
