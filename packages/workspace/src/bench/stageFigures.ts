/**
 * The whole way in parts: each figure runs all stages and counts the time of one. The parts are those of `otlp-protobuf`, each
 * request for itself, and the compression of the bodies.
 */
import { constants, gzipSync } from 'node:zlib'
import * as Limits from '@sentry-exporter/core/Limits'
import { Assembly } from '@sentry-exporter/core/pipeline'
import * as Envelope from '@sentry-exporter/envelope/Envelope'
import * as Pipeline from '@sentry-exporter/exporter/Pipeline'
import { optionsOf } from './encoded.ts'
import type { Figure } from './Figure.ts'
import * as inputs from './inputs.ts'
import type { Reference } from './Reference.ts'
import type { Round } from './Round.ts'
import { spansIn } from './spansOf.ts'

// model

interface Stage {
  readonly name: string
  readonly description: string
}

// constructors

/** In their order. */
export const STAGES: ReadonlyArray<Stage> = [
  { name: 'decode', description: 'protobuf bytes -> spans' },
  { name: 'describe', description: 'spans -> redacted, mapped, printed as children; they wait' },
  { name: 'assemble', description: 'traces -> segments, their plans, and their errors' },
  { name: 'print', description: 'plans -> transactions, printed' },
  { name: 'seal', description: 'printed events -> bytes of envelopes' },
  { name: 'gzip', description: 'bodies -> compressed bodies' },
]

/** As `transport-node` does by default. */
const GZIP_FROM_BYTES = 4_096

const stage =
  (nth: number) =>
  (reference: Reference): Round => {
    const { protobuf, items: spans } = inputs.reference(reference)
    const { initial, step } = Pipeline.machine(optionsOf(Limits.untimed(Limits.gateway)))
    const times = STAGES.map(() => 0)
    const timed = <A>(at: number, work: () => A): A => {
      const before = performance.now()
      const made = work()
      times[at] = (times[at] ?? 0) + performance.now() - before
      return made
    }
    return {
      spans,
      counted: () => times[nth] ?? 0,
      run: () => {
        times.fill(0)
        for (const bytes of protobuf) {
          const decoded = timed(0, () => spansIn('protobuf', bytes))
          const { state } = timed(1, () => step(initial, Assembly.arrived(decoded)))
          const { emitted } = timed(2, () => step(state, { _tag: 'Flush', nowMillis: 0 }))
          const envelopes = timed(3, () => emitted.flatMap(({ make }) => make().envelope ?? []))
          const bodies = timed(4, () => envelopes.map(Envelope.encode))
          timed(5, () => bodies.map(compressed))
        }
      },
    }
  }

const compressed = (body: Uint8Array): Uint8Array =>
  body.length < GZIP_FROM_BYTES ? body : gzipSync(body, { level: constants.Z_BEST_SPEED })

export const stageFigures: ReadonlyArray<Figure> = STAGES.map(({ name, description }, nth) => ({
  name: `stage-${name}`,
  description,
  floor: undefined,
  budget: undefined,
  prepare: stage(nth),
}))
