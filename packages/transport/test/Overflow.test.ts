import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../src/Overflow.ts'

const isFull = suite('Overflow.isFull')

isFull('as soon as one bound is reached', () => {
  const full = _.isFull({ maxItems: 2, maxBytes: 100 })
  assert.equal(
    [full({ items: 1, bytes: 99 }), full({ items: 2, bytes: 0 }), full({ items: 1, bytes: 100 })],
    [false, true, true],
  )
})

isFull.run()

const step = suite('Overflow.step')

type Row = readonly [_.Overflow, errors: number, others: number, isError: boolean, _.OverflowStep]

/** At most two may wait. */
const ROWS: ReadonlyArray<Row> = [
  ['block', 9, 9, false, 'take'],
  ['dropOldest', 1, 0, false, 'take'],
  ['dropOldest', 1, 1, false, 'evictOldest'],
  ['dropOldest', 1, 1, true, 'evictOldest'],
  ['dropOldest', 2, 0, true, 'evictOldest'],
  ['dropOldest', 2, 0, false, 'refuse'],
  ['dropNewest', 0, 1, true, 'take'],
  ['dropNewest', 1, 1, false, 'refuse'],
  ['dropNewest', 1, 1, true, 'evictNewest'],
  ['dropNewest', 2, 0, true, 'refuse'],
]

for (const [mode, errors, others, isError, expected] of ROWS) {
  const envelope = isError ? 'an error' : 'another envelope'
  step(`${mode}, ${errors} errors and ${others} others wait: ${expected} for ${envelope}`, () => {
    const decide = _.step(mode, { maxItems: 2, maxBytes: Number.POSITIVE_INFINITY })
    assert.is(decide({ items: errors + others, bytes: 0 }, { errors, others }, isError), expected)
  })
}

step('takes an envelope that exceeds the bounds on its own', () => {
  const decide = _.step('dropNewest', { maxItems: 0, maxBytes: 0 })
  assert.is(decide({ items: 0, bytes: 0 }, { errors: 0, others: 0 }, false), 'take')
})

step.run()
