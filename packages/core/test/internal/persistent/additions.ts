/** Spans that are added to tables and histories, and a model of the result. */
import { spanId, traceId } from '@sentry-exporter/testing/spans'
import fc from 'fast-check'
import type { SpanId } from '../../../src/model/SpanId.ts'
import type { TraceId } from '../../../src/model/TraceId.ts'

/** Few ids, some of which differ in one digit at either end. */
const id: fc.Arbitrary<SpanId> = fc.oneof(
  fc.integer({ min: 1, max: 20 }).map(spanId),
  fc.integer({ min: 1, max: 15 }).map((n) => `${n.toString(16)}${'0'.repeat(15)}` as SpanId),
  fc.integer({ min: 1, max: 15 }).map((n) => `f${'f'.repeat(14)}${n.toString(16)}` as SpanId),
  fc.constantFrom('7fffffff80000000' as SpanId, '8000000000000001' as SpanId),
)

const trace: fc.Arbitrary<TraceId> = fc.oneof(
  fc.integer({ min: 1, max: 4 }).map(traceId),
  fc.constantFrom(`8${'0'.repeat(31)}` as TraceId, `8${'0'.repeat(30)}1` as TraceId),
)

export interface Addition {
  readonly trace: TraceId
  readonly spans: ReadonlyArray<SpanId>
  /** Distinguishes the value of the last span from that of the others. */
  readonly last: number
}

export const addition: fc.Arbitrary<Addition> = fc.record({
  trace,
  spans: fc.array(id, { maxLength: 12 }),
  last: fc.nat(3),
})

export const spansOf = ({ spans }: Addition): ReadonlyArray<{ readonly spanId: SpanId }> =>
  spans.map((spanId) => ({ spanId }))

export const toValue =
  ({ spans, last }: Addition, n: number) =>
  ({ spanId }: { readonly spanId: SpanId }): string =>
    `${n}${spanId === spans.at(-1) ? ` ${last}` : ''}`

export type Model = ReadonlyMap<string, string>

export const added = (model: Model, one: Addition, n: number): Model => {
  const more = new Map(model)
  for (const span of spansOf(one)) {
    const key = `${one.trace} ${span.spanId}`
    if (!more.has(key)) more.set(key, toValue(one, n)(span))
  }
  return more
}
