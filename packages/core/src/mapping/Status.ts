/**
 * The status of a span in Sentry. Everything but `ok`, `cancelled` and `unknown` counts as a failure.
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
  /** For what nobody knows: Sentry does not count it as a failure. `unknown_error` would become `internal_error`. */
  | 'unknown'
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

/** By the numbers of gRPC's codes. Code 2, `UNKNOWN`, is a failure of the server, which Sentry would not count as one. */
export const grpc: ReadonlyArray<Status> = /* @__PURE__ */ frozen([
  'ok',
  'cancelled',
  'internal_error',
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
export const all: ReadonlyArray<Status> = /* @__PURE__ */ frozen([...grpc, 'unknown'])

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
  message === '' ? undefined : grpc.find((status) => status === message)

/** By gRPC's own names without their underscores, in lower case: `NOT_FOUND`, and `NotFound` as Go writes it. */
const GRPC_NAMES: ReadonlyMap<string, number> = new Map(
  [
    'ok',
    'cancelled',
    'unknown',
    'invalidargument',
    'deadlineexceeded',
    'notfound',
    'alreadyexists',
    'permissiondenied',
    'resourceexhausted',
    'failedprecondition',
    'aborted',
    'outofrange',
    'unimplemented',
    'internal',
    'unavailable',
    'dataloss',
    'unauthenticated',
  ].map((name, code) => [name, code]),
)

/** `Canceled` is Go's name of CANCELLED, `INTERNAL_ERROR` Sentry's of INTERNAL. */
const GRPC_ALIASES: ReadonlyMap<string, number> = new Map([
  ['canceled', 1],
  ['unknownerror', 2],
  ['internalerror', 13],
])

const GRPC_CANCELLED = 1

/**
 * The codes that the client is the reason for. The others are errors of the server: OpenTelemetry semantic conventions for
 * gRPC, "gRPC status".
 */
const CLIENT_CODES: ReadonlySet<number> = new Set([GRPC_CANCELLED, 3, 5, 6, 7, 8, 9, 10, 11, 16])

/** The number of the code of gRPC, of 0 to 16. */
const grpcCode: SpanFunction<number | undefined> = reading(
  [Conventions.rpcStatus],
  (span, letters) => {
    const found = Conventions.rpcStatus(span, letters)
    if (typeof found === 'number') return grpc[found] === undefined ? undefined : found
    if (found === undefined) return undefined
    const name = found.toLowerCase().replace(/[^a-z]/g, '')
    return GRPC_NAMES.get(name) ?? GRPC_ALIASES.get(name)
  },
)

const CODES = [Conventions.httpStatus, grpcCode]

/** The code that decides. All of gRPC has the HTTP status 200, so that the code of gRPC comes first, unless it is 0 and HTTP failed. */
const deciding = (
  span: Span,
  letters: FirstLetters | undefined,
): { readonly grpc: number } | { readonly http: number } | undefined => {
  const code = grpcCode(span, letters)
  if (code !== undefined && code !== 0) return { grpc: code }
  const http = Conventions.httpStatus(span, letters)
  if (http !== undefined && (code === undefined || http >= 400)) return { http }
  return code === undefined ? undefined : { grpc: code }
}

const fromCodes = (span: Span, letters: FirstLetters | undefined): Status | undefined => {
  const code = deciding(span, letters)
  if (code === undefined) return undefined
  return 'http' in code ? fromHttp(code.http) : grpc[code.grpc]
}

/**
 * The status of the span takes precedence: OK stays ok, and ERROR never becomes ok. Codes of gRPC and HTTP determine the
 * kind of an error, and the status of a span whose status is unset.
 */
export const of: SpanFunction<Status> = reading(
  [...CODES, Conventions.isMarkedAsError],
  (span, letters) => {
    const { code, message } = span.status
    if (code === 'OK') return 'ok'
    const coded = fromCodes(span, letters)
    if (code === 'UNSET') {
      return coded ?? (Conventions.isMarkedAsError(span, letters) ? 'internal_error' : 'ok')
    }
    if (code !== 'ERROR') return coded ?? 'unknown'
    const status = fromMessage(message) ?? coded
    return status === undefined || status === 'ok' ? 'internal_error' : status
  },
)

/**
 * The same, but responses that the client is the reason for are ok, unless the span has the status ERROR: HTTP's 400 to 499, and
 * the codes of gRPC alike. By the conventions they are not failures of the server.
 */
export const with4xxOk: SpanFunction<Status> = reading(
  [...CODES, Conventions.isMarkedAsError],
  (span, letters) => {
    if (span.status.code === 'ERROR') return of(span, letters)
    const code = deciding(span, letters)
    const isOfClient =
      code !== undefined &&
      ('http' in code ? code.http >= 400 && code.http < 500 : CLIENT_CODES.has(code.grpc))
    return isOfClient ? 'ok' : of(span, letters)
  },
)
