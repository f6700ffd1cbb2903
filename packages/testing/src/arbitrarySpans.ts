/**
 * Arbitrary spans, in the shapes that break assemblies: chains, stars, caterpillars, bushes, several traces with the
 * same span ids, missing parents, cycles, duplicates, two services, with flags or without, calls whose halves share a span id.
 *
 * @example
 * ```ts
 * import { arbitrarySpans } from '@sentry-exporter/testing'
 * import fc from 'fast-check'
 *
 * fc.assert(
 *   fc.property(arbitrarySpans.forest, (spans) => new Set(spans.map(({ traceId }) => traceId)).size <= 3),
 * )
 * console.log('three traces at most') // three traces at most
 * ```
 */
import * as Micros from '@sentry-exporter/core/Micros'
import type { Span } from '@sentry-exporter/core/Span'
import type { SpanEvent } from '@sentry-exporter/core/SpanEvent'
import * as SpanKind from '@sentry-exporter/core/SpanKind'
import * as SpanStatus from '@sentry-exporter/core/SpanStatus'
import fc from 'fast-check'
import { resource, span, spanId, traceId } from './spans.ts'

// constructors

const RESOURCES = [resource('shop'), resource('orders')] as const

/** The number of the parent of the nth span by the shape of the tree; 0 without a parent. `chance` is a random number. */
const SHAPES: ReadonlyArray<(n: number, chance: number) => number> = [
  (n) => n - 1,
  (n) => (n === 1 ? 0 : 1),
  (n) => (n === 1 ? 0 : n % 2 === 0 ? n - 1 : n - 2),
  (n, chance) => chance % n,
]

interface Draw {
  readonly chance: number
  readonly kind: SpanKind.SpanKind
  readonly flags: number | undefined
  readonly service: 0 | 1
  readonly fate: 'normal' | 'missing-parent' | 'cycle' | 'duplicate'
  readonly start: number
  /** The number of exceptions that it recorded. */
  readonly exceptions: number
  readonly isFailed: boolean
}

const draw: fc.Arbitrary<Draw> = fc.record({
  chance: fc.nat(1_000),
  kind: fc.constantFrom(...SpanKind.all),
  flags: fc.constantFrom(undefined, undefined, 0x101, 0x101, 0x301, 0x001),
  service: fc.constantFrom(0 as const, 0 as const, 1 as const),
  fate: fc.oneof(
    { weight: 20, arbitrary: fc.constant('normal' as const) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('missing-parent' as const, 'cycle' as const, 'duplicate' as const),
    },
  ),
  start: fc.nat(1_000_000),
  exceptions: fc.oneof(
    { weight: 6, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 3 }) },
  ),
  isFailed: fc.boolean(),
})

/** The nth exception of a span: one of two, so that there are copies. */
const exception = (start: Micros.Micros, n: number): SpanEvent => ({
  name: 'exception',
  timeMicros: Micros.of(start + n),
  attributes: {
    'exception.type': 'Error',
    'exception.message': 'no',
    'exception.stacktrace': `Error: no\n    at load (/srv/shop.js:${(n % 2) + 1}:1)`,
  },
  droppedAttributes: 0,
})

/** One trace with this number, of a random shape. */
export const tree = (trace: number): fc.Arbitrary<ReadonlyArray<Span>> =>
  fc
    .tuple(fc.nat(SHAPES.length - 1), fc.array(draw, { minLength: 1, maxLength: 40 }))
    .map(([shape, draws]) => {
      const parentOf = SHAPES[shape] ?? (() => 0)
      return draws.flatMap((drawn, index) => {
        const n = index + 1
        const parentInShape = parentOf(n, drawn.chance)
        // A cycle: the parent is a span that comes later, or the span itself.
        const parent =
          drawn.fate === 'missing-parent'
            ? 999 + (drawn.chance % 3)
            : drawn.fate === 'cycle'
              ? n + (drawn.chance % 3)
              : parentInShape
        const start = Micros.of(1_700_000_000_000_000 + drawn.start)
        const one = span({
          traceId: traceId(trace),
          spanId: spanId(n),
          parentSpanId: parent === 0 ? undefined : spanId(parent),
          name: `span ${n}`,
          kind: drawn.kind,
          flags: drawn.flags,
          resource: RESOURCES[drawn.service],
          startMicros: start,
          endMicros: Micros.of(start + drawn.chance * 1_000),
          attributes: { n },
          status: drawn.isFailed ? { code: 'ERROR', message: '' } : SpanStatus.unset,
          events: Array.from({ length: drawn.exceptions }, (_, i) => exception(start, n + i)),
        })
        return drawn.fate === 'duplicate'
          ? [one, { ...one, endMicros: Micros.of(one.endMicros + 1) }]
          : [one]
      })
    })

/** One to three traces that use the same span ids, in any order. */
export const forest: fc.Arbitrary<ReadonlyArray<Span>> = fc
  .integer({ min: 1, max: 3 })
  .chain((traces) => fc.tuple(...Array.from({ length: traces }, (_, i) => tree(i + 1))))
  .chain((trees) => {
    const spans = trees.flat()
    return fc.shuffledSubarray(spans, { minLength: spans.length, maxLength: spans.length })
  })

/** The kind of the other half of a call. */
const OTHER_HALF = { CLIENT: 'SERVER', PRODUCER: 'CONSUMER' } as const

/**
 * Spans of several traces in which calls have two halves with one span id, as Zipkin's B3 propagation makes them: of two
 * services or of one, with flags or without, with copies of either half. Spans of both services name the shared ids.
 */
export const calls: fc.Arbitrary<ReadonlyArray<Span>> = fc
  .tuple(
    forest,
    fc.array(
      fc.record({
        service: fc.constantFrom(0 as const, 1 as const),
        flags: fc.constantFrom(undefined, 0x101, 0x301),
        parent: fc.constantFrom('same' as const, 'none' as const),
        copies: fc.constantFrom(1, 1, 1, 2),
      }),
      { minLength: 1, maxLength: 8 },
    ),
  )
  .chain(([spans, draws]) => {
    const halves = spans.flatMap((one, index) => {
      const drawn = draws[index % draws.length]
      if (drawn === undefined || (one.kind !== 'CLIENT' && one.kind !== 'PRODUCER')) return []
      const half: Span = {
        ...one,
        kind: OTHER_HALF[one.kind],
        name: `${one.name} received`,
        resource: RESOURCES[drawn.service],
        flags: drawn.flags,
        parentSpanId: drawn.parent === 'none' ? undefined : one.parentSpanId,
        startMicros: Micros.of(one.startMicros + 1),
      }
      return Array.from({ length: drawn.copies }, () => half)
    })
    const all = [...spans, ...halves]
    return fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length })
  })
