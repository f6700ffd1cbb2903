import { spanId, traceId } from '@sentry-exporter/testing/spans'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as CritBitTree from '../../src/internal/persistent/CritBitTree.ts'
import type { SpanId } from '../../src/model/SpanId.ts'
import type { TraceId } from '../../src/model/TraceId.ts'
import * as _ from '../../src/pending/RecentSpans.ts'

/** Few different ones, some alike but for a digit at either end. */
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

interface Addition {
  readonly trace: TraceId
  readonly spans: ReadonlyArray<SpanId>
  /** What the last span has; the others have the one of the addition. */
  readonly last: number
}

const addition: fc.Arbitrary<Addition> = fc.record({
  trace,
  spans: fc.array(id, { maxLength: 12 }),
  last: fc.nat(3),
})

const spansOf = ({ spans }: Addition): ReadonlyArray<{ readonly spanId: SpanId }> =>
  spans.map((spanId) => ({ spanId }))

const toValue =
  ({ spans, last }: Addition, n: number) =>
  ({ spanId }: { readonly spanId: SpanId }): string =>
    `${n}${spanId === spans.at(-1) ? ` ${last}` : ''}`

type Model = ReadonlyMap<string, string>

const added = (model: Model, one: Addition, n: number): Model => {
  const more = new Map(model)
  for (const span of spansOf(one)) {
    const key = `${one.trace} ${span.spanId}`
    if (!more.has(key)) more.set(key, toValue(one, n)(span))
  }
  return more
}

/** Asks for every span of every trace that anybody has. */
const judge = (
  all: ReadonlyArray<Addition>,
  model: Model,
  ofTrace: (trace: TraceId) => CritBitTree.Lookup<string> | undefined,
): void => {
  for (const { trace } of all) {
    const find = ofTrace(trace)
    for (const { spans } of all) {
      for (const span of [...spans, spanId(99)]) {
        assert.is(find?.(span), model.get(`${trace} ${span}`))
      }
    }
  }
}

const tree = suite('SpanTree')

tree(
  'does what a table does, and old versions stay as they were, however they are added to',
  () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(addition, fc.option(fc.nat(20), { freq: 4 })), { maxLength: 20 }),
        (steps) => {
          const versions: Array<readonly [CritBitTree.CritBitTree<string>, Model]> = [
            [CritBitTree.empty<string>(0), new Map()],
          ]
          for (const [n, [one, back]] of steps.entries()) {
            const from = versions.at(back === null ? -1 : -1 - (back % versions.length))
            if (from === undefined) continue
            const [made, model] = from
            const grown = CritBitTree.add(made, one.trace, spansOf(one), toValue(one, n))
            versions.push([grown, added(model, one, n)])
          }
          const all = steps.map(([one]) => one)
          for (const [made, model] of versions) {
            assert.is(made.size, model.size)
            judge(all, model, (of) => CritBitTree.ofTrace(made, of))
          }
        },
      ),
      { numRuns: 500 },
    )
  },
)

tree('a way is found while more is added beside it', () => {
  let made = CritBitTree.add(
    CritBitTree.empty<number>(0),
    traceId(8),
    [{ spanId: spanId(1) }],
    () => 1,
  )
  const find = CritBitTree.ofTrace(made, traceId(8))
  for (let n = 1; n < 3_000; n++) {
    made = CritBitTree.add(made, traceId(n), [{ spanId: spanId(n + 1) }], () => n)
    assert.is(find?.(spanId(1)), 1)
  }
  // What came later is not of this version.
  assert.is(find?.(spanId(9)), undefined)
  assert.is(CritBitTree.ofTrace(made, traceId(8))?.(spanId(9)), 8)
})

tree.run()

const LONG: _.Extent = { lateWindowMillis: 1_000, maxRememberedSpans: 1e6 }

const memory = suite('Memory')

memory('remembers for as long as it says, and old versions stay as they were', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(addition, fc.nat(400)), { maxLength: 30 }),
      fc.constantFrom(3, 10, 1e6),
      (steps, spans) => {
        const extent = { lateWindowMillis: 1_000, maxRememberedSpans: spans }
        /** What was ever said of a span, and when last. */
        let said: ReadonlyMap<
          string,
          { readonly values: ReadonlySet<string>; readonly atMillis: number }
        > = new Map()
        const versions: Array<readonly [_.RecentSpans<string>, typeof said, number]> = []
        let made: _.RecentSpans<string> = _.empty
        let nowMillis = 0
        for (const [n, [one, after]] of steps.entries()) {
          nowMillis += after
          made = _.forget(made, extent, nowMillis)
          assert.ok(_.expiryMillis(made, extent) > nowMillis)
          made = _.add(made, extent, one.trace, spansOf(one), toValue(one, n), nowMillis)
          const more = new Map(said)
          for (const span of spansOf(one)) {
            const key = `${one.trace} ${span.spanId}`
            const values = new Set([...(said.get(key)?.values ?? []), toValue(one, n)(span)])
            more.set(key, { values, atMillis: nowMillis })
          }
          said = more
          versions.push([made, said, nowMillis])
        }
        const all = steps.map(([one]) => one)
        for (const [version, known, atMillis] of versions) {
          for (const { trace } of all) {
            const find = _.ofTrace(version, trace)
            for (const span of all.flatMap((one) => one.spans)) {
              const found = find?.(span)
              const last = known.get(`${trace} ${span}`)
              if (found !== undefined) assert.ok(last?.values.has(found))
              const isDue = last !== undefined && atMillis - last.atMillis < extent.lateWindowMillis
              if (isDue && spans === 1e6) assert.ok(found !== undefined)
            }
          }
        }
      },
    ),
    { numRuns: 300 },
  )
})

memory('takes single spans by the thousand, of one trace and of many', () => {
  for (const trace of [(): TraceId => traceId(1), traceId]) {
    let made: _.RecentSpans<number> = _.empty
    for (let n = 1; n <= 20_000; n++) {
      made = _.add(made, LONG, trace(n), [{ spanId: spanId(n) }], () => n, 0)
    }
    assert.is(made.generations.length, 1)
    for (let n = 1; n <= 20_000; n += 7) {
      assert.is(_.ofTrace(made, trace(n))?.(spanId(n)), n)
      assert.is(_.ofTrace(made, trace(n))?.(spanId(n + 20_000)), undefined)
    }
  }
})

memory.run()
