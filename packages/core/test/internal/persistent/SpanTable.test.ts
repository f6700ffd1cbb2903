import { spanId, traceId } from '@sentry-exporter/testing/spans'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { mix, traceKeyOf } from '../../../src/internal/persistent/idWords.ts'
import * as _ from '../../../src/internal/persistent/SpanTable.ts'
import { hexWord } from '../../../src/internal/text/hexDigit.ts'
import type { SpanId } from '../../../src/model/SpanId.ts'
import type { TraceId } from '../../../src/model/TraceId.ts'
import { type Addition, added, addition, type Model, spansOf, toValue } from './additions.ts'

/** Looks up every span of every addition in every trace. */
const judge = (
  all: ReadonlyArray<Addition>,
  model: Model,
  ofTrace: (trace: TraceId) => _.Lookup<string> | undefined,
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

const table = suite('SpanTable')

table(
  'does what a table does, and old versions stay as they were, however they are added to',
  () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(addition, fc.option(fc.nat(20), { freq: 4 })), { maxLength: 20 }),
        (steps) => {
          const versions: Array<readonly [_.SpanTable<string>, Model]> = [
            [_.empty<string>(), new Map()],
          ]
          for (const [n, [one, back]] of steps.entries()) {
            const from = versions.at(back === null ? -1 : -1 - (back % versions.length))
            if (from === undefined) continue
            const [made, model] = from
            const grown = _.add(made, one.trace, spansOf(one), toValue(one, n))
            versions.push([grown, added(model, one, n)])
          }
          const all = steps.map(([one]) => one)
          for (const [made, model] of versions) {
            assert.is(made.size, model.size)
            judge(all, model, (of) => _.ofTrace(made, of))
          }
        },
      ),
      { numRuns: 500 },
    )
  },
)

table('a lookup stays valid while more spans are added', () => {
  let made = _.add(_.empty<number>(), traceId(8), [{ spanId: spanId(1) }], () => 1)
  const find = _.ofTrace(made, traceId(8))
  for (let n = 1; n < 3_000; n++) {
    made = _.add(made, traceId(n), [{ spanId: spanId(n + 1) }], () => n)
    assert.is(find?.(spanId(1)), 1)
  }
  // Spans that were added later are not in this version.
  assert.is(find?.(spanId(9)), undefined)
  assert.is(_.ofTrace(made, traceId(8))?.(spanId(9)), 8)
})

table.run()

const hostile = suite('SpanTable: ids that collide')

/** The modular inverse of an odd number. */
const inverse = (odd: number): number => {
  let x = odd
  for (let i = 0; i < 5; i++) x = Math.imul(x, 2 - Math.imul(odd, x))
  return x
}

const rotateRight = (word: number, bits: number): number => (word >>> bits) | (word << (32 - bits))

/** The word that takes a hash to another one by `mix`. */
const wordBetween = (from: number, to: number): number => {
  const mixed = rotateRight(Math.imul((to - 0xe6546b64) | 0, inverse(5)), 13)
  const scaled = rotateRight(Math.imul(mixed ^ from, inverse(0x1b873593)), 15)
  return Math.imul(scaled, inverse(0xcc9e2d51))
}

const digits = (word: number): string => (word >>> 0).toString(16).padStart(8, '0')

/** A span id of a trace whose hash is zero, one for each number. */
const colliding = (trace: TraceId, n: number): SpanId => {
  const from = mix(traceKeyOf(trace).hash, n)
  return `${digits(n)}${digits(wordBetween(from, 0))}` as SpanId
}

hostile('cost a bounded number of probes each, and do not displace other spans', () => {
  const evil = traceId(666)
  let made = _.empty<string>()
  for (let n = 1; n <= 5_000; n++) {
    const id = colliding(evil, n)
    assert.is(mix(mix(traceKeyOf(evil).hash, hexWord(id, 0)), hexWord(id, 8)), 0)
    made = _.add(made, evil, [{ spanId: id }], () => 'evil')
    made = _.add(made, traceId(n), [{ spanId: spanId(n) }], () => `good ${n}`)
  }
  assert.ok(made.size <= 5_000 + 256, `${made.size} spans`)
  for (let n = 1; n <= 5_000; n++) {
    assert.is(_.ofTrace(made, traceId(n))?.(spanId(n)), `good ${n}`)
  }
})

hostile('of which few are found as others are', () => {
  const evil = traceId(666)
  const ids = Array.from({ length: 100 }, (_unused, n) => ({ spanId: colliding(evil, n + 1) }))
  const made = _.add(_.empty<string>(), evil, ids, ({ spanId }) => spanId)
  for (const { spanId } of ids) assert.is(_.ofTrace(made, evil)?.(spanId), spanId)
  assert.is(_.ofTrace(made, evil)?.(colliding(evil, 101)), undefined)
})

hostile.run()

const frozen = suite('SpanTable: frozen versions')

frozen('can be added to', () => {
  const add = (to: _.SpanTable<number>, n: number): _.SpanTable<number> =>
    _.add(to, traceId(1), [{ spanId: spanId(n) }], () => n)
  const before = add(_.empty(), 1)
  // A typed array that has elements cannot be frozen.
  Object.freeze(before)
  Object.freeze(before.values)
  const after = add(before, 2)
  assert.is(_.ofTrace(after, traceId(1))?.(spanId(2)), 2)
  assert.is(_.ofTrace(before, traceId(1))?.(spanId(2)), undefined)
  assert.is(before.size, 1)
})

frozen.run()
