/**
 * Keeps a part of the traces, each as a whole. All services with the same rate or a higher one make the same decision,
 * because the random number comes from the trace. If the trace was sampled before with another rate, the smaller one
 * applies.
 *
 * @example
 * ```ts
 * import { Sampling } from '@sentry-exporter/core'
 *
 * console.log(Sampling.rateOf(0.5, 0.1), Sampling.rateOf(0.5, undefined)) // 0.1 0.5
 * console.log(Sampling.rateOf(1, undefined)) // undefined
 * ```
 */
import type { Span } from '../model/Span.ts'
import * as TraceState from '../model/TraceState.ts'

// guards

/** Whether a span's trace is kept at this rate, from 0 to 1. */
export const isKept =
  (rate: number) =>
  (span: Pick<Span, 'traceId' | 'traceState'>): boolean =>
    rate >= 1 || (rate > 0 && TraceState.randomness(span.traceId, span.traceState) >= 1 - rate)

// transformations

/** The rate of a trace: the smaller of this exporter's rate and the earlier one. `undefined` if neither sampled. */
export const rateOf = (own: number, upstream: number | undefined): number | undefined =>
  upstream === undefined && own >= 1 ? undefined : Math.min(own, upstream ?? 1)
