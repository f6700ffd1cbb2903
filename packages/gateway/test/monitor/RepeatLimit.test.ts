import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/monitor/RepeatLimit.ts'

const step = suite('RepeatLimit.step')

step('logs the first message of a kind in a minute, and counts the others', () => {
  let state = _.empty
  const ask = (kind: string, nowMillis: number): readonly [boolean, number] => {
    const decision = _.step(state, kind, nowMillis)
    state = decision.state
    return [decision.isLogged, decision.suppressed]
  }
  assert.equal(ask('a', 0), [true, 0])
  assert.equal(ask('a', 1), [false, 0])
  assert.equal(ask('b', 1), [true, 0])
  assert.equal(ask('a', 59_999), [false, 0])
  assert.equal(ask('a', 60_000), [true, 2])
  assert.equal(ask('a', 60_001), [false, 0])
})

step('remembers a bounded number of kinds', () => {
  let state = _.empty
  for (let i = 0; i < 5_000; i++) state = _.step(state, `kind ${i}`, i * 100).state
  assert.ok(state.kinds.size <= 1_001)
})

step.run()
