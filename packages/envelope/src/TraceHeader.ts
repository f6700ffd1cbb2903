/**
 * The trace header of an envelope, Sentry's "dynamic sampling context": the same on every envelope of a trace.
 * Source: `develop-docs/sdk/telemetry/traces/dynamic-sampling-context.mdx` of getsentry/sentry-docs. All values are
 * texts. It never names a transaction or a release: those differ within a trace.
 */
import * as Dsn from './Dsn.ts'

// model

export interface TraceHeader {
  readonly trace_id: string
  readonly public_key: string
  readonly org_id?: string
  readonly environment?: string
}

// constructors

/** `environment` only where it is the same for all services of the trace. */
export const of = (dsn: Dsn.Dsn, traceId: string, environment: string | undefined): TraceHeader => {
  const organizationId = Dsn.organizationId(dsn)
  return {
    trace_id: traceId,
    public_key: dsn.publicKey,
    ...(organizationId === undefined ? {} : { org_id: organizationId }),
    ...(environment === undefined ? {} : { environment }),
  }
}
