import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/metric/SeriesTable.ts'
import * as TraceId from '../../src/model/TraceId.ts'

const HOUR = 3_600_000

const key = (n: number): string => TraceId.fromContent([String(n)])

const table = suite('SeriesTable')

table('forgets a series after one to two hours without a point', () => {
  const begun = _.advance(_.empty, 0)
  const one = _.set(begun, key(1), 'a', 10) ?? _.empty
  assert.is(_.get(_.advance(one, HOUR - 1), key(1)), 'a')
  const second = _.advance(one, HOUR)
  assert.is(_.get(second, key(1)), 'a')
  const kept = _.set(second, key(1), 'b', 10) ?? _.empty
  assert.is(_.get(_.advance(kept, 2 * HOUR), key(1)), 'b')
  assert.is(_.get(_.advance(second, 2 * HOUR), key(1)), undefined)
})

table('goes on when the clock jumps back', () => {
  const begun = _.set(_.advance(_.empty, 10 * HOUR), key(1), 'a', 10) ?? _.empty
  const jumped = _.advance(begun, 0)
  assert.is(_.get(jumped, key(1)), 'a')
  assert.is(_.advance(jumped, 1), jumped)
})

table('takes no new series beyond the maximum, and changes known ones', () => {
  const full = [1, 2].reduce((t, n) => _.set(t, key(n), n, 2) ?? t, _.advance<number>(_.empty, 0))
  assert.is(_.size(full), 2)
  assert.is(_.set(full, key(3), 3, 2), undefined)
  const changed = _.set(_.advance(full, HOUR), key(1), 7, 2)
  assert.is(changed === undefined ? undefined : _.get(changed, key(1)), 7)
  assert.is(changed === undefined ? undefined : _.size(changed), 2)
})

const steps = fc.array(
  fc.oneof(
    fc.record({ _tag: fc.constant('Set' as const), n: fc.nat(12), value: fc.nat() }),
    fc.record({ _tag: fc.constant('Wait' as const), millis: fc.nat(HOUR) }),
  ),
  { maxLength: 100 },
)

table('has what was set within an hour, counts what it has, and keeps old versions', () => {
  fc.assert(
    fc.property(steps, (given) => {
      const known = new Map<number, { readonly value: number; readonly at: number }>()
      let now = 0
      let state: _.SeriesTable<number> = _.advance(_.empty, 0)
      const versions: Array<readonly [_.SeriesTable<number>, number]> = []
      for (const step of given) {
        if (step._tag === 'Wait') now += step.millis
        state = _.advance(state, now)
        if (step._tag === 'Set') {
          state = _.set(state, key(step.n), step.value, 100) ?? state
          known.set(step.n, { value: step.value, at: now })
        }
        versions.push([state, _.size(state)])
        for (const [n, { value, at }] of known) {
          if (now - at < HOUR) assert.is(_.get(state, key(n)), value)
        }
        const found = [...known.keys()].filter((n) => _.get(state, key(n)) !== undefined)
        assert.is(found.length, _.size(state))
      }
      for (const [version, size] of versions) {
        const found = [...known.keys()].filter((n) => _.get(version, key(n)) !== undefined)
        assert.is(found.length, size)
      }
    }),
    { numRuns: 300 },
  )
})

table.run()
