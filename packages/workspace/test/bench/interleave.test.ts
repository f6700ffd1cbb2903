import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as O from '#fp-ts/Option'
import { interleave, type Measure } from '../../src/bench/comparison/interleave.ts'

const test = suite('interleave')

test('measures in turn, and each side as often first as the other', async () => {
  const calls: Array<string> = []
  const measure: Measure = async (side, figure) => {
    calls.push(`${figure} ${side}`)
    return O.some(calls.length)
  }
  const plan = [
    { figure: 'a', processes: 2 },
    { figure: 'b', processes: 1 },
  ]
  assert.equal(await interleave(plan, measure), [
    { figure: 'a', here: [1, 6], there: [2, 5] },
    { figure: 'b', here: [3], there: [4] },
  ])
  assert.equal(calls, ['a here', 'a there', 'b here', 'b there', 'a there', 'a here'])
})

test('does not measure again what one side does not have', async () => {
  const measure: Measure = async (side) => (side === 'here' ? O.some(1) : O.none)
  assert.equal(await interleave([{ figure: 'a', processes: 9 }], measure), [
    { figure: 'a', here: [1], there: [] },
  ])
})

test.run()
