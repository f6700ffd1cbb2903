/** The memory of spans that wait for the rest of their trace, and of sent spans that are remembered. */
import * as Limits from '@sentry-exporter/core/Limits'
import * as Pipeline from '@sentry-exporter/exporter/Pipeline'
import * as ExportTraceRequest from '@sentry-exporter/otlp/ExportTraceRequest'
import * as E from '#fp-ts/Either'
import { optionsOf } from './encoded.ts'
import type { Held } from './Held.ts'
import type { Reference } from './Reference.ts'
import { scaled, star } from './scaled.ts'

// constructors

/** The spans of the reference data, waiting in traces of a hundred. */
export const waitingSpans = (reference: Reference, where: keyof Memory): Held =>
  heldSpans(reference, {
    where,
    perTrace: 100,
    as: 'nodes',
    limits: { ...Limits.gateway, maxTraces: 1e9, maxPendingBytes: 1e12 },
  })

/** The spans of the reference data, in traces of ten that are sent on arrival. */
export const rememberedSpans = (reference: Reference): Held =>
  heldSpans(reference, {
    where: 'all',
    perTrace: 10,
    as: 'remembered',
    limits: { ...Limits.inProcess, maxRememberedSpans: 100_000 },
  })

interface HeldSpans {
  readonly where: keyof Memory
  readonly perTrace: number
  readonly as: 'nodes' | 'remembered'
  readonly limits: Limits.Limits
}

const heldSpans = (reference: Reference, { where, perTrace, as, limits }: HeldSpans): Held => ({
  weigh: () => {
    const machine = Pipeline.machine(optionsOf(limits))
    const requests = scaled(reference, { from: 0, spans: SPANS, perTrace }, star)
    // The warm-up leaves out what a runtime holds of any running program, above all compiled code.
    arrived(machine, requests.slice(0, WARM_UP_REQUESTS))
    const before = memory()
    const { pending } = arrived(machine, requests)
    const after = memory()
    if (pending[as] !== SPANS) throw new Error(`${pending[as]} spans are held in place of ${SPANS}`)
    return (after[where] - before[where]) / SPANS
  },
})

/** Each request is parsed again, as if it had arrived, so that its own objects become garbage. */
const arrived = (
  { initial, step }: Machine,
  requests: ReadonlyArray<string>,
): Machine['initial'] => {
  let state = initial
  for (const text of requests) {
    const batch = ExportTraceRequest.parse(text)
    if (E.isLeft(batch)) throw new Error('reference data that cannot be read')
    const { spans } = batch.right
    state = step(state, { _tag: 'Arrived', nowMillis: NOW_MILLIS, spans }).state
  }
  return state
}

type Machine = ReturnType<typeof Pipeline.machine>

const SPANS = 100_000

const WARM_UP_REQUESTS = 60

/** As large as real ones: a small number takes less memory. */
const NOW_MILLIS = 1_763_800_000_000

/** Bytes after garbage collection: on the heap of JavaScript, and in buffers beside it. */
interface Memory {
  readonly heap: number
  readonly beside: number
  readonly all: number
}

const memory = (): Memory => {
  for (let i = 0; i < 4; i++) globalThis.gc?.()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return { heap: heapUsed, beside: arrayBuffers, all: heapUsed + arrayBuffers }
}
