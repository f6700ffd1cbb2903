/**
 * The status that the Collector's exporter gave a span: it read codes only if the span had the status ERROR, from the text
 * of the span's tags. Source: `statusFromSpanStatus` in `exporter/sentryexporter` of
 * open-telemetry/opentelemetry-collector-contrib, before version 0.145.
 */

import { reading, type SpanFunction } from '../SpanFunction.ts'
import type * as Status from '../Status.ts'
import { grpc as GRPC } from '../Status.ts'
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

/** gRPC's code for an unknown error, which the default mapping counts as a failure. */
const UNKNOWN = '2'

/** `unknown` is what the Go exporter sent. Sentry does not count it as a failure (`relay-base-schema/src/spans.rs` of getsentry/relay). */
export const statusOf: SpanFunction<Status.Status> = reading(
  ['http.status_code', 'rpc.grpc.status_code'],
  (span) => {
    const { code } = span.status
    if (code === 'UNSET' || code === 'OK') return 'ok'
    if (code !== 'ERROR') return 'unknown'
    const http = tagOf(span, 'http.status_code')
    if (http !== undefined) return HTTP.get(http) ?? 'unknown'
    const grpc = tagOf(span, 'rpc.grpc.status_code')
    if (grpc === undefined || !/^[1-9]\d?$/.test(grpc)) return 'unknown'
    return grpc === UNKNOWN ? 'unknown' : (GRPC[Number(grpc)] ?? 'unknown')
  },
)
