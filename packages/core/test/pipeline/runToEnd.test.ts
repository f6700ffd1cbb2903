import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Losses from '../../src/model/Losses.ts'
import type { Machine, Timed } from '../../src/pipeline/Machine.ts'
import * as _ from '../../src/pipeline/runToEnd.ts'

interface Number extends Timed {
  readonly _tag: 'Number'
  readonly number: number
}

/** Emits the numbers and the sum of all of them at the flush; each number costs a copy. */
const sum: Machine<number, Number, string> = {
  initial: 0,
  step: (state, input) =>
    input._tag === 'Number'
      ? {
          state: state + input.number,
          emitted: [`${input.number}`],
          losses: Losses.of('duplicate'),
          wakeAtMillis: undefined,
        }
      : {
          state,
          emitted: [`${input._tag} ${state} at ${input.nowMillis}`],
          losses: Losses.empty,
          wakeAtMillis: undefined,
        },
}

const number = (value: number): Number => ({ _tag: 'Number', nowMillis: value * 10, number: value })

const runToEnd = suite('runToEnd')

runToEnd('feeds all inputs, then a flush at the time of the last one', () => {
  assert.equal(_.runToEnd(sum)([number(1), number(2)]), {
    state: 3,
    emitted: ['1', '2', 'Flush 3 at 20'],
    losses: { duplicate: 2 },
  })
})

runToEnd('flushes at zero without inputs', () => {
  assert.equal(_.runToEnd(sum)([]).emitted, ['Flush 0 at 0'])
})

runToEnd('begins anew each time', () => {
  const run = _.runToEnd(sum)
  assert.equal(run([number(1)]), run([number(1)]))
})

runToEnd.run()
