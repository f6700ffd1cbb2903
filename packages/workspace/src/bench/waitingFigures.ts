/** Figures of assembly over time: spans that wait, and spans that pass while others wait. */
import * as Limits from '@sentry-exporter/core/Limits'
import * as Micros from '@sentry-exporter/core/Micros'
import { Assembly } from '@sentry-exporter/core/pipeline'
import * as Pipeline from '@sentry-exporter/exporter/Pipeline'
import { span, spanId, traceId } from '@sentry-exporter/testing/spans'
import { encodedReady, optionsOf } from './encoded.ts'
import type { Figure } from './Figure.ts'
import { rememberedSpans, waitingSpans } from './heldSpans.ts'
import type { Round } from './Round.ts'

// constructors

const NODES = { limits: Limits.gateway, orphans: 100_000 }

type State = ReturnType<typeof Pipeline.machine>['initial']

/** A state in which 100,000 spans wait for parents that never come. */
const crowded = (): State => {
  const { initial, step } = Pipeline.machine(optionsOf(NODES.limits))
  const spans = Array.from({ length: NODES.orphans }, (_, n) =>
    span({
      traceId: traceId(n + 1_000),
      spanId: spanId(1),
      parentSpanId: spanId(2),
      flags: 0x101,
    }),
  )
  return step(initial, Assembly.arrived(spans)).state
}

/** A trace of 100 spans arrives and is released, 100 times. */
const flushed = (start: () => State): Round => {
  const { step } = Pipeline.machine(
    optionsOf({ ...Limits.inProcess, maxTraces: 1e9, maxPendingBytes: 1e12 }),
  )
  const state = start()
  const trace = Array.from({ length: 100 }, (_, n) =>
    span({
      traceId: traceId(7),
      spanId: spanId(n + 1),
      parentSpanId: n === 0 ? undefined : spanId(1),
      flags: 0x101,
    }),
  )
  return {
    spans: 10_000,
    run: () => {
      for (let i = 0; i < 100; i++) {
        encodedReady(step(state, { _tag: 'Arrived', nowMillis: 1, spans: trace }).emitted)
      }
    },
  }
}

export const waitingFigures: ReadonlyArray<Figure> = [
  {
    name: 'retained',
    isMemory: true,
    description: 'a span that waits: bytes on the heap of JavaScript',
    floor: undefined,
    budget: 300,
    prepare: (reference) => waitingSpans(reference, 'heap'),
  },
  {
    name: 'retained-beside',
    isMemory: true,
    description: 'a span that waits: bytes beside the heap, its own among them',
    floor: undefined,
    budget: undefined,
    prepare: (reference) => waitingSpans(reference, 'beside'),
  },
  {
    name: 'remembered',
    isMemory: true,
    description: 'a sent span that is remembered, in traces of ten: bytes, on the heap and beside',
    floor: undefined,
    budget: undefined,
    prepare: rememberedSpans,
  },
  {
    name: 'flush',
    description: 'a trace of 100 spans arrives and is released, nothing waits',
    floor: undefined,
    budget: undefined,
    prepare: () => flushed(() => Assembly.empty),
  },
  {
    name: 'flush-100k',
    description: 'the same while 100,000 others wait',
    floor: 'flush',
    budget: 1.2,
    prepare: () => flushed(crowded),
  },
  {
    name: 'late-child',
    description: 'a child arrives after its root was sent (microseconds)',
    floor: undefined,
    budget: 10,
    prepare: () => {
      const { initial, step } = Pipeline.machine(
        optionsOf({ ...Limits.inProcess, lateSettleMillis: 0 }),
      )
      const sent = step(initial, Assembly.arrived([span()])).state
      const child = span({
        spanId: spanId(2),
        parentSpanId: spanId(1),
        flags: 0x101,
        startMicros: Micros.of(1),
      })
      return {
        spans: 10_000,
        run: () => {
          for (let i = 0; i < 10_000; i++) {
            encodedReady(step(sent, { _tag: 'Arrived', nowMillis: 1, spans: [child] }).emitted)
          }
        },
      }
    },
  },
]
