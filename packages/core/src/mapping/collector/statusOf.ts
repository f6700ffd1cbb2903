/**
 * The status of a span as the Collector's exporter told it: by codes only where the span says ERROR, and by the text of
 * its tags. Source: `statusFromSpanStatus` in `exporter/sentryexporter` of
 * open-telemetry/opentelemetry-collector-contrib, before version 0.145.
 */
import type { Span } from '../../model/Span.ts'
import * as Status from '../Status.ts'
import { tagOf } from './tagsOf.ts'

/** Its `unknown` is `unknown_error` here: two names of one status (`relay-base-schema/src/spans.rs` of getsentry/relay). */
export const statusOf = (span: Span): Status.Status => {
  const { code } = span.status
  if (code === 'UNSET' || code === 'OK') return 'ok'
  if (code !== 'ERROR') return 'unknown_error'
  const http = tagOf(span, 'http.status_code')
  if (http !== undefined) return HTTP.get(http) ?? 'unknown_error'
  const grpc = tagOf(span, 'rpc.grpc.status_code')
  if (grpc === undefined || !/^[1-9]\d?$/.test(grpc)) return 'unknown_error'
  return Status.grpc[Number(grpc)] ?? 'unknown_error'
}

/** Codes that differ from `Status.fromHttp`, or that it knows and this did not, are why there is a table of its own. */
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
