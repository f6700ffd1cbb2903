/**
 * The status of a span in Sentry. Everything but `ok`, `cancelled` and `unknown_error` counts as a failure.
 *
 * Source: `relay-base-schema/src/spans.rs` of getsentry/relay; the codes of HTTP and gRPC as
 * `packages/core/src/tracing/spanstatus.ts` of getsentry/sentry-javascript has them.
 *
 * @example
 * ```ts
 * import { Status } from '@sentry-exporter/core'
 * import { span } from '@sentry-exporter/testing/spans'
 *
 * console.log(Status.of(span({ attributes: { 'http.status_code': 404 } }))) // not_found
 * console.log(Status.of(span({ status: { code: 'ERROR', message: '' } }))) // internal_error
 * console.log(Status.fromHttp(503), Status.grpc[5]) // unavailable not_found
 * ```
 */

import { frozen } from '../internal/frozen.ts'
import type { Span } from '../model/Span.ts'
import * as Conventions from './Conventions.ts'
import type { FirstLetters } from './FirstLetters.ts'
import { reading, type SpanFunction } from './SpanFunction.ts'

// model

export type Status =
  | 'ok'
  | 'cancelled'
  | 'unknown'
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
export const grpc: ReadonlyArray<Status> = frozen([
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
])

/** Every status: `unknown` is that of `Mapping.collector`. */
export const all: ReadonlyArray<Status> = [...grpc, 'unknown']

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

/** The status of an HTTP response. */
export const fromHttp = (code: number): Status => {
  if (code >= 100 && code < 400) return 'ok'
  return HTTP.get(code) ?? (code >= 400 && code < 500 ? 'invalid_argument' : 'internal_error')
}

/** A text that is one of the statuses: some instrumentations put it into the status message. */
export const fromMessage = (message: string): Status | undefined =>
  grpc.find((status) => status === message)

/** gRPC's own names: `NOT_FOUND`. Two of them have another name in Sentry. */
const fromName = (name: string): Status | undefined => {
  const lower = name.toLowerCase()
  if (lower === 'unknown') return 'unknown_error'
  return lower === 'internal' ? 'internal_error' : fromMessage(lower)
}

const CODES = [Conventions.httpStatus, Conventions.rpcStatus]

const fromCodes = (span: Span, letters: FirstLetters | undefined): Status | undefined => {
  const http = Conventions.httpStatus(span, letters)
  if (http !== undefined) return fromHttp(http)
  const code = Conventions.rpcStatus(span, letters)
  return typeof code === 'string' ? fromName(code) : code === undefined ? undefined : grpc[code]
}

/**
 * The status of the span takes precedence: OK stays ok, and ERROR never becomes ok. Codes of HTTP and gRPC determine the
 * kind of an error, and the status of a span whose status is unset.
 */
export const of: SpanFunction<Status> = reading(CODES, (span, letters) => {
  const { code, message } = span.status
  if (code === 'OK') return 'ok'
  const coded = fromCodes(span, letters)
  if (code === 'UNSET') return coded ?? 'ok'
  if (code !== 'ERROR') return coded ?? 'unknown_error'
  const status = fromMessage(message) ?? coded
  return status === undefined || status === 'ok' ? 'internal_error' : status
})

/**
 * The same, but HTTP responses of 400 to 499 are ok unless the span has the status ERROR: by the conventions they are not
 * failures of the server.
 */
export const with4xxOk: SpanFunction<Status> = reading(CODES, (span, letters) => {
  if (span.status.code === 'ERROR') return of(span, letters)
  const http = Conventions.httpStatus(span, letters)
  return http !== undefined && http >= 400 && http < 500 ? 'ok' : of(span, letters)
})
