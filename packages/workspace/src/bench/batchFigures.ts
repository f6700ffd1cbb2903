/** Figures of the same spans in requests of other sizes: whatever a request costs by itself shows in small ones. */
import * as Limits from '@sentry-exporter/core/Limits'
import { Assembly } from '@sentry-exporter/core/pipeline'
import * as Pipeline from '@sentry-exporter/exporter/Pipeline'
import * as oracle from '../otlp/oracle.ts'
import { encodedReady, optionsOf } from './encoded.ts'
import type { Figure } from './Figure.ts'
import { floorOf } from './floorOf.ts'
import type { Reference } from './Reference.ts'
import type { Round } from './Round.ts'
import { rebatched } from './rebatched.ts'
import { scaled, star } from './scaled.ts'
import { spansIn } from './spansOf.ts'

// constructors

/** Spans of a request. */
export const BATCH_SIZES: ReadonlyArray<number> = [1, 10, 100, 1_000, 10_000]

const SPANS = 10_000

const PER_TRACE = 100

/** The requests that are held together: those of a trace, or a request of many traces. */
const inputsOf = (reference: Reference, size: number): ReadonlyArray<ReadonlyArray<string>> => {
  const excerpt = { from: 0, spans: SPANS, perTrace: PER_TRACE }
  const requests = rebatched(scaled(reference, excerpt, star), size)
  const together = Math.max(1, PER_TRACE / size)
  return Array.from({ length: requests.length / together }, (_, nth) =>
    requests.slice(nth * together, (nth + 1) * together),
  )
}

const assembled = (inputs: ReadonlyArray<ReadonlyArray<string>>): Round => {
  const { initial, step } = Pipeline.machine(optionsOf(Limits.untimed(Limits.gateway)))
  const encoded = inputs.map((requests) =>
    requests.map((text) => oracle.encode(oracle.traces, JSON.parse(text))),
  )
  return {
    spans: SPANS,
    run: () => {
      for (const requests of encoded) {
        let state = initial
        for (const bytes of requests) {
          state = step(state, Assembly.arrived(spansIn('protobuf', bytes))).state
        }
        encodedReady(step(state, { _tag: 'Flush', nowMillis: 0 }).emitted)
      }
    },
  }
}

export const batchFigures: ReadonlyArray<Figure> = BATCH_SIZES.flatMap((size) => [
  {
    name: `floor-batch-${size}`,
    description: 'F of the next',
    floor: undefined,
    budget: undefined,
    prepare: (reference) => floorOf(inputsOf(reference, size), reference.transactions, SPANS),
  },
  {
    name: `batch-${size}`,
    description: `OTLP protobuf bytes -> envelope bytes: traces of ${PER_TRACE} spans in requests of ${size}`,
    floor: `floor-batch-${size}`,
    budget: undefined,
    prepare: (reference) => assembled(inputsOf(reference, size)),
  },
])
