/** How much memory spans take while they wait for the rest of their trace. */
import * as Limits from '@sentry-exporter/core/Limits'
import * as Mapping from '@sentry-exporter/core/Mapping'
import * as Assembly from '@sentry-exporter/exporter/Assembly'
import * as ExportTraceRequest from '@sentry-exporter/otlp/ExportTraceRequest'
import * as E from '#fp-ts/Either'
import type { Held } from './Held.ts'
import type { Reference } from './Reference.ts'
import { scaled, star } from './scaled.ts'

/** The spans of the reference data, in traces of a hundred. */
export const waitingSpans = (reference: Reference, where: 'heap' | 'beside'): Held => ({
  weigh: () => {
    const limits = { ...Limits.gateway, maxTraces: 1e9, maxPendingBytes: 1e12 }
    const step = Assembly.step(Mapping.sentry, limits)
    const requests = scaled(reference, SPANS, 100, star)
    const before = memory()
    let state: Assembly.State = Assembly.empty
    // Each request is read anew, as it would come: what is left of it is garbage.
    for (const text of requests) {
      const batch = ExportTraceRequest.parse(text)
      if (E.isLeft(batch)) throw new Error('reference data that cannot be read')
      const { spans } = batch.right
      state = step(state, { _tag: 'Arrived', nowMillis: 0, spans }).state
    }
    const after = memory()
    if (state.pending.nodes !== SPANS) throw new Error('spans did not wait')
    return (after[where] - before[where]) / SPANS
  },
})

const SPANS = 100_000

const memory = (): { readonly heap: number; readonly beside: number } => {
  for (let i = 0; i < 4; i++) globalThis.gc?.()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return { heap: heapUsed, beside: arrayBuffers }
}
