/**
 * The trace header of an envelope, Sentry's "dynamic sampling context": equal on all envelopes of a trace.
 * Source: `develop-docs/sdk/telemetry/traces/dynamic-sampling-context.mdx` of getsentry/sentry-docs. All values are
 * strings. It contains no transaction and no release, since those differ within a trace.
 *
 * @example
 * ```ts
 * import * as Dsn from '@sentry-exporter/envelope/Dsn'
 * import * as TraceHeader from '@sentry-exporter/envelope/TraceHeader'
 *
 * const dsn = Dsn.parse('https://key@o17.ingest.sentry.io/42')
 * if (dsn._tag === 'Right') {
 *   const header = TraceHeader.of(dsn.right, '0af7651916cd43dd8448eb211c80319c', undefined, 0.25)
 *   console.log(header.org_id, header.sample_rate) // 17 0.25
 * }
 * ```
 */
import * as Dsn from './Dsn.ts'

// model

export interface TraceHeader {
  readonly trace_id: string
  readonly public_key: string
  /** Only sampled traces are sent. */
  readonly sampled: 'true'
  /** The probability with which the trace was kept, as a decimal number: Sentry extrapolates with it. */
  readonly sample_rate?: string
  readonly org_id?: string
  readonly environment?: string
}

// constructors

/** `environment`: only if it is equal for all services of the trace. `sampleRate`: above 0 and at most 1, if it is known. */
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

// guards

/** Whether it was made for `Dsn.unknown`: its key has to be filled in. */
export const isUnkeyed = ({ public_key }: TraceHeader): boolean =>
  public_key === Dsn.unknown.publicKey

// transformations

/** The header with the key of another DSN. */
export const withKeyOf =
  (dsn: Dsn.Dsn) =>
  ({ trace_id, sample_rate, environment }: TraceHeader): TraceHeader =>
    of(dsn, trace_id, environment, sample_rate === undefined ? undefined : Number(sample_rate))

/** Without an exponent, also for small numbers. */
const decimal = (rate: number): string =>
  rate < 1e-6 ? rate.toFixed(20).replace(/0+$/, '') : String(rate)
