import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/errors/rateLimit.ts'

const take = suite('rateLimit: take')

/** How many of as many tries are taken. */
const taken = (
  state: _.TokenBuckets,
  tries: number,
  nowMillis: number,
  kind = 'a',
): readonly [number, _.TokenBuckets] => {
  let count = 0
  let at = state
  for (let i = 0; i < tries; i++) {
    const next = _.take(at, [kind], 100, nowMillis)
    at = next.state
    if (next.isTaken) count++
  }
  return [count, at]
}

take("gives a minute's worth at once, then as many as time brings", () => {
  const [first, emptied] = taken(_.empty, 150, 0)
  assert.is(first, 100)
  const [none, still] = taken(emptied, 10, 500)
  assert.is(none, 0)
  assert.is(taken(still, 50, 6_500)[0], 10)
  assert.is(taken(still, 500, 10_000_000)[0], 100)
})

take('keeps kinds apart, and old states as they were', () => {
  const [, emptied] = taken(_.empty, 100, 0)
  assert.is(taken(emptied, 5, 0, 'b')[0], 5)
  assert.is(taken(_.empty, 5, 0)[0], 5)
  assert.is(taken(emptied, 5, 0)[0], 0)
})

take('knows a bounded number of kinds', () => {
  let state = _.empty
  for (let n = 0; n < 10_050; n++) state = _.take(state, [String(n)], 100, 0).state
  assert.is(state.kinds, 50)
})

take('holds nothing up where there is no limit', () => {
  const { state, isTaken } = _.take(_.empty, ['a'], Number.POSITIVE_INFINITY, 0)
  assert.ok(isTaken)
  assert.is(state.kinds, 0)
})

take.run()
