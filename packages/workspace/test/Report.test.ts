import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../src/runner/Report.ts'

const concat = suite('Report.concat')

concat('adds up, with empty as its unit', () => {
  const one = { passed: 2, failed: 1, skipped: 3, failures: ['a'] }
  assert.equal(_.concat(one, _.empty), one)
  assert.equal(_.concat(_.empty, one), one)
  assert.equal(_.concat(one, _.broken('b')), {
    passed: 2,
    failed: 2,
    skipped: 3,
    failures: ['a', 'b'],
  })
})

concat.run()

const show = suite('Report.show')

show('names what was skipped only when something was', () => {
  assert.is(_.show({ ..._.empty, passed: 3 }), '3 passed, 0 failed')
  assert.is(_.show({ ..._.empty, passed: 3, skipped: 1 }), '3 passed, 0 failed, 1 skipped')
})

show.run()
