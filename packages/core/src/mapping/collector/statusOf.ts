/**
 * The status that the Collector's exporter gave a span: it read codes only if the span had the status ERROR, from the text
 * of the span's tags. Source: `statusFromSpanStatus` in `exporter/sentryexporter` of
 * open-telemetry/opentelemetry-collector-contrib, before version 0.145.
 */

import { reading, type SpanFunction } from '../SpanFunction.ts'
import type * as Status from '../Status.ts'
import { tagOf } from './tagsOf.ts'

/** `canonicalCodesHTTPMap` of the Go exporter, which differs from `Status.fromHttp` and knows fewer codes. */
const HTTP: ReadonlyMap<string, Status.Status> = new Map<string, Status.Status>([
  ['400', 'failed_precondition'],
  ['401', 'unauthenticated'],
  ['403', 'permission_denied'],
  ['404', 'not_found'],
  ['409', 'aborted'],
  ['429', 'resource_exhausted'],
  ['499', 'cancelled'],
  ['500', 'internal_error'],
  ['501', 'unimplemented'],
  ['503', 'unavailable'],
  ['504', 'deadline_exceeded'],
])

/** `canonicalCodesGrpcMap` of the Go exporter. */
const GRPC: ReadonlyMap<string, Status.Status> = new Map<string, Status.Status>([
  ['1', 'cancelled'],
  ['2', 'unknown'],
  ['3', 'invalid_argument'],
  ['4', 'deadline_exceeded'],
  ['5', 'not_found'],
  ['6', 'already_exists'],
  ['7', 'permission_denied'],
  ['8', 'resource_exhausted'],
  ['9', 'failed_precondition'],
  ['10', 'aborted'],
  ['11', 'out_of_range'],
  ['12', 'unimplemented'],
  ['13', 'internal_error'],
  ['14', 'unavailable'],
  ['15', 'data_loss'],
  ['16', 'unauthenticated'],
])

/**
 * `unknown` is no failure in Sentry. Relay changes its other name, `unknown_error`, to `internal_error`, which is one
 * (`relay-base-schema/src/spans.rs` of getsentry/relay).
 */
export const statusOf: SpanFunction<Status.Status> = reading(
  ['http.status_code', 'rpc.grpc.status_code'],
  (span) => {
    const { code } = span.status
    if (code === 'UNSET' || code === 'OK') return 'ok'
    if (code !== 'ERROR') return 'unknown'
    const http = tagOf(span, 'http.status_code')
    if (http !== undefined) return HTTP.get(http) ?? 'unknown'
    const grpc = tagOf(span, 'rpc.grpc.status_code')
    return grpc === undefined ? 'unknown' : (GRPC.get(grpc) ?? 'unknown')
  },
)
