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
  /** What is sent was kept. */
  readonly sampled: 'true'
  /** With which probability, as a decimal number: Sentry counts with it how many there were. */
  readonly sample_rate?: string
  readonly org_id?: string
  readonly environment?: string
}

// constructors

/** `environment` only where it is the same for all services of the trace; `sampleRate`, above 0 and at most 1, where it is known. */
export const of = (
  dsn: Dsn.Dsn,
  traceId: string,
  environment: string | undefined,
  sampleRate?: number,
): TraceHeader => {
  const organizationId = Dsn.organizationId(dsn)
  return {
    trace_id: traceId,
    public_key: dsn.publicKey,
    sampled: 'true',
    ...(sampleRate === undefined || sampleRate <= 0 ? {} : { sample_rate: decimal(sampleRate) }),
    ...(organizationId === undefined ? {} : { org_id: organizationId }),
    ...(environment === undefined ? {} : { environment }),
  }
}

/** Without an exponent, however small. */
const decimal = (rate: number): string =>
  rate < 1e-6 ? rate.toFixed(20).replace(/0+$/, '') : String(rate)
