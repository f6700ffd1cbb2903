import { traceId } from '@sentry-exporter/testing/spans'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../../src/internal/persistent/ExpiringMap.ts'

const PERIOD_MILLIS = 100

const advance = (map: _.ExpiringMap<number>, nowMillis: number): _.ExpiringMap<number> =>
  _.advance(map, nowMillis, PERIOD_MILLIS)

const set = (map: _.ExpiringMap<number>, trace: number, value: number): _.ExpiringMap<number> =>
  _.modify(map, traceId(trace), () => value)

const map = suite('ExpiringMap')

map('keeps a value for this period and the next one', () => {
  let made = set(advance(_.empty, 1_000), 1, 7)
  assert.is(_.get(made, traceId(1)), 7)
  made = advance(made, 1_099)
  assert.is(made.length, 2)
  made = advance(made, 1_100)
  assert.is(_.get(made, traceId(1)), 7)
  made = advance(made, 1_200)
  assert.is(_.get(made, traceId(1)), undefined)
})

map('a value that is changed is kept longer, and its old version stays valid', () => {
  const first = advance(set(advance(_.empty, 1_000), 1, 7), 1_100)
  const changed = _.modify(first, traceId(1), (known = 0) => known + 1)
  assert.is(_.get(advance(changed, 1_200), traceId(1)), 8)
  assert.is(_.get(first, traceId(1)), 7)
  assert.is(_.get(advance(first, 1_200), traceId(1)), undefined)
})

map(
  'holds a value that changed less than a period ago, and none after two without steps between',
  () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 3 })), { maxLength: 40 }),
        (steps) => {
          let made: _.ExpiringMap<number> = _.empty
          let nowMillis = 1_000
          const last = new Map<number, readonly [number, number]>()
          for (const [n, [after, trace]] of steps.entries()) {
            nowMillis += after
            made = set(advance(made, nowMillis), trace, n)
            last.set(trace, [n, nowMillis])
            for (const [known, [value, atMillis]] of last) {
              const found = _.get(made, traceId(known))
              if (nowMillis - atMillis < PERIOD_MILLIS) assert.is(found, value)
              else assert.ok(found === undefined || found === value)
            }
            assert.ok(made.length <= 2)
          }
        },
      ),
      { numRuns: 300 },
    )
  },
)

map.run()
