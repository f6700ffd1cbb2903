/**
 * Keeps a part of the traces, whole: every service that asks for at least the same rate decides alike, since the random
 * number is that of the trace. What was sampled before with a smaller rate is kept: the smaller of both rates holds.
 */
import type { Span } from '../model/Span.ts'
import * as TraceState from '../model/TraceState.ts'

// guards

/** Whether a span's trace is kept at this rate, from 0 to 1. */
export const isKept =
  (rate: number) =>
  (span: Pick<Span, 'traceId' | 'traceState'>): boolean =>
    rate >= 1 || (rate > 0 && TraceState.randomness(span.traceId, span.traceState) >= 1 - rate)

// destructors

/**
 * The rate that holds for a trace: the smaller of the own one and the one it came with. `undefined` where nobody sampled,
 * as far as is known.
 */
export const rateOf = (own: number, upstream: number | undefined): number | undefined =>
  upstream === undefined && own >= 1 ? undefined : Math.min(own, upstream ?? 1)
