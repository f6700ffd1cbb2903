import { traceId } from '@sentry-exporter/testing/spans'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../../src/internal/persistent/ExpiringMap.ts'
import * as IdMap from '../../../src/internal/persistent/IdMap.ts'

const BOUNDS: _.PeriodBounds = { periodMillis: 100, maxWeight: 10, periods: 2 }

type Values = _.ExpiringMap<ReadonlyArray<number>>

const advance = (map: Values, nowMillis: number): Values => _.advance(map, nowMillis, BOUNDS)

const add = (map: Values, trace: number, value: number): Values =>
  _.add(map, traceId(trace), 1, (known = []) => [...known, value])

const all = (map: Values, trace: number): ReadonlyArray<number> => _.all(map, traceId(trace)).flat()

const map = suite('ExpiringMap')

map('keeps a value for this period and the next one', () => {
  let made = add(advance(_.empty, 1_000), 1, 7)
  assert.equal(all(made, 1), [7])
  made = advance(made, 1_099)
  assert.equal(all(made, 1), [7])
  made = advance(made, 1_100)
  assert.equal(all(made, 1), [7])
  made = advance(made, 1_200)
  assert.equal(all(made, 1), [])
})

map(
  'what is added later does not keep what a trace had before, and old versions stay valid',
  () => {
    const first = advance(add(advance(_.empty, 1_000), 1, 7), 1_100)
    const added = add(first, 1, 8)
    assert.equal(_.all(added, traceId(1)), [[8], [7]])
    assert.equal(all(advance(added, 1_200), 1), [8])
    assert.equal(all(first, 1), [7])
  },
)

map('changes and removes the values of both periods, and is the same if none is changed', () => {
  const made = add(add(advance(add(_.empty, 1, 7), 1_100), 1, 8), 2, 9)
  const changed = _.update(made, traceId(1), (values) =>
    values.includes(7) ? undefined : values.map((value) => value + 1),
  )
  assert.equal([all(changed, 1), all(changed, 2)], [[9], [9]])
  assert.is(
    _.update(made, traceId(1), (values) => values),
    made,
  )
  assert.is(
    _.update(made, traceId(3), () => undefined),
    made,
  )
})

map('holds what was added less than a period ago, and at most the weight of two periods', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 9 })),
        {
          maxLength: 60,
        },
      ),
      (steps) => {
        let made: Values = _.empty
        let nowMillis = 1_000
        const added: Array<{ readonly trace: number; readonly atMillis: number; weight: number }> =
          []
        for (const [n, [after, trace, weight]] of steps.entries()) {
          nowMillis += after
          made = _.add(advance(made, nowMillis), traceId(trace), weight, (known = []) => [
            ...known,
            n,
          ])
          added.push({ trace, atMillis: nowMillis, weight })
          const held = made.periods.flatMap(({ content }) =>
            IdMap.entries(content).flatMap(([, values]) => values),
          )
          const heldWeight = held.reduce((sum, one) => sum + (added[one]?.weight ?? 0), 0)
          // The last addition of each period may exceed the bound.
          assert.ok(heldWeight <= 2 * (BOUNDS.maxWeight + 9))
          for (const [k, one] of added.entries()) {
            const later = added.slice(k + 1).reduce((sum, other) => sum + other.weight, 0)
            const isRecent = nowMillis - one.atMillis < BOUNDS.periodMillis
            if (isRecent && later <= BOUNDS.maxWeight) assert.ok(all(made, one.trace).includes(k))
            else if (nowMillis - one.atMillis >= 3 * BOUNDS.periodMillis) {
              // Steps are at most 60 ms apart, so that each period ends in time.
              assert.not.ok(held.includes(k))
            }
          }
        }
      },
    ),
    { numRuns: 300 },
  )
})

map.run()
