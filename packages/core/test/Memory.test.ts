import { spanId } from '@sentry-exporter/testkit/arbitrarySpans'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../src/Memory.ts'
import type { SpanId } from '../src/SpanId.ts'
import * as SpanMap from '../src/SpanMap.ts'

/** Ids that look like pieces of one another, where they stand side by side. */
const id: fc.Arbitrary<SpanId> = fc.oneof(
  fc.integer({ min: 1, max: 60 }).map(spanId),
  fc.integer({ min: 0, max: 15 }).map((n) => n.toString(16).repeat(16) as SpanId),
  fc.integer({ min: 1, max: 0xffff }).map((n) => `${spanId(n)}${spanId(n)}`.slice(8, 24) as SpanId),
)

/** Some values are shared, as they are where several spans were sent together. */
const VALUES = Array.from({ length: 50 }, (_unused, n) => ({ n }))

const addition: fc.Arbitrary<ReadonlyMap<SpanId, (typeof VALUES)[number]>> = fc
  .tuple(
    fc.constantFrom(1, 2, VALUES.length),
    fc.array(fc.tuple(id, fc.nat(49)), { maxLength: 50 }),
  )
  .map(
    ([different, spans]) =>
      new Map(spans.map(([one, n]) => [one, VALUES[n % different] as (typeof VALUES)[number]])),
  )

const map = suite('SpanMap')

map('does what a table does, however many spans it has', () => {
  fc.assert(
    fc.property(addition, addition, fc.array(id), (first, second, others) => {
      const expected = new Map([...first, ...second])
      const made = SpanMap.concat(SpanMap.of(first), SpanMap.of(second))
      assert.is(SpanMap.size(made), expected.size)
      for (const one of [...expected.keys(), ...others]) {
        assert.is(SpanMap.get(made, one), expected.get(one))
      }
    }),
    { numRuns: 500 },
  )
})

map.run()

const memory = suite('Memory')

memory('does what a table does, and old versions stay as they were', () => {
  fc.assert(
    fc.property(fc.array(addition, { maxLength: 12 }), (additions) => {
      const seen = new Set<SpanId>()
      const versions: Array<readonly [_.Memory<unknown> | undefined, typeof model]> = []
      let made: _.Memory<unknown> | undefined
      let model: ReadonlyMap<SpanId, unknown> = new Map()
      for (const all of additions) {
        // A span is sent once.
        const fresh = new Map([...all].filter(([one]) => !seen.has(one)))
        for (const one of fresh.keys()) seen.add(one)
        made = _.add(made, new Map(fresh))
        model = new Map([...model, ...fresh])
        versions.push([made, model])
      }
      for (const [version, expected] of versions) {
        assert.is(version?.count ?? 0, expected.size)
        for (const one of [...seen, spanId(99)]) assert.is(_.get(version, one), expected.get(one))
      }
    }),
    { numRuns: 200 },
  )
})

memory('takes single spans by the thousand', () => {
  let made: _.Memory<number> | undefined
  for (let n = 1; n <= 20_000; n++) made = _.add(made, new Map([[spanId(n), n]]))
  let additions = 0
  for (let at = made; at !== undefined; at = at.earlier) additions++
  assert.ok(additions < 15, `${additions} tables to look into`)
  for (let n = 1; n <= 20_000; n += 7) assert.is(_.get(made, spanId(n)), n)
  assert.is(_.get(made, spanId(20_001)), undefined)
})

memory.run()
