/**
 * The status of a span in Sentry. Everything but `ok`, `cancelled` and `unknown_error` counts as a failure.
 *
 * Source: `relay-base-schema/src/spans.rs` of getsentry/relay; the codes of HTTP and gRPC as
 * `packages/core/src/tracing/spanstatus.ts` of getsentry/sentry-javascript has them.
 */

import type { Span } from '../model/Span.ts'
import * as Conventions from './Conventions.ts'

// model

export type Status =
  | 'ok'
  | 'cancelled'
  | 'unknown_error'
  | 'invalid_argument'
  | 'deadline_exceeded'
  | 'not_found'
  | 'already_exists'
  | 'permission_denied'
  | 'resource_exhausted'
  | 'failed_precondition'
  | 'aborted'
  | 'out_of_range'
  | 'unimplemented'
  | 'internal_error'
  | 'unavailable'
  | 'data_loss'
  | 'unauthenticated'

// constructors

/** By the numbers of gRPC's codes. */
export const grpc: ReadonlyArray<Status> = [
  'ok',
  'cancelled',
  'unknown_error',
  'invalid_argument',
  'deadline_exceeded',
  'not_found',
  'already_exists',
  'permission_denied',
  'resource_exhausted',
  'failed_precondition',
  'aborted',
  'out_of_range',
  'unimplemented',
  'internal_error',
  'unavailable',
  'data_loss',
  'unauthenticated',
]

/** The status of an HTTP answer. */
export const fromHttp = (code: number): Status => {
  if (code >= 100 && code < 400) return 'ok'
  return HTTP.get(code) ?? (code >= 400 && code < 500 ? 'invalid_argument' : 'internal_error')
}

/** Text that is one of the statuses, as some instrumentations put it into the status message. */
export const fromMessage = (message: string): Status | undefined =>
  grpc.find((status) => status === message)

// destructors

/**
 * What a span says of itself comes first: OK stays ok, and ERROR never becomes ok. Codes of HTTP and gRPC tell
 * which error it was, and decide where the span says nothing.
 */
export const of = (span: Span): Status => {
  const { code, message } = span.status
  if (code === 'OK') return 'ok'
  const coded = fromCodes(span)
  if (code === 'UNSET') return coded ?? 'ok'
  if (code !== 'ERROR') return coded ?? 'unknown_error'
  const said = fromMessage(message) ?? coded
  return said === undefined || said === 'ok' ? 'internal_error' : said
}

/**
 * The same, but a request that was answered with 400 to 499 is ok unless its span says ERROR: by the conventions it is
 * no failure of the server.
 */
export const ofServer = (span: Span): Status => {
  if (span.status.code === 'ERROR') return of(span)
  const http = Conventions.httpStatus(span)
  return http !== undefined && http >= 400 && http < 500 ? 'ok' : of(span)
}

const fromCodes = (span: Span): Status | undefined => {
  const http = Conventions.httpStatus(span)
  if (http !== undefined) return fromHttp(http)
  const code = Conventions.rpcStatus(span)
  return typeof code === 'string' ? fromName(code) : code === undefined ? undefined : grpc[code]
}

/** gRPC's own names: `NOT_FOUND`. Two of them are called otherwise in Sentry. */
const fromName = (name: string): Status | undefined => {
  const lower = name.toLowerCase()
  if (lower === 'unknown') return 'unknown_error'
  return lower === 'internal' ? 'internal_error' : fromMessage(lower)
}

const HTTP: ReadonlyMap<number, Status> = new Map([
  [400, 'invalid_argument'],
  [401, 'unauthenticated'],
  [403, 'permission_denied'],
  [404, 'not_found'],
  [409, 'already_exists'],
  [413, 'failed_precondition'],
  [429, 'resource_exhausted'],
  [499, 'cancelled'],
  [500, 'internal_error'],
  [501, 'unimplemented'],
  [503, 'unavailable'],
  [504, 'deadline_exceeded'],
])
