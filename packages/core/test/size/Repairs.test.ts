import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Losses from '../../src/model/Losses.ts'
import * as _ from '../../src/size/Repairs.ts'

const losses = suite('Repairs.losses')

losses('are the counts by reason', () => {
  assert.equal(_.losses(_.start()), Losses.empty)
  const repairs = { ..._.start(), field: 2, trimmed: 1 }
  assert.equal(_.losses(repairs), { field: 2, trimmed: 1 })
})

losses.run()
