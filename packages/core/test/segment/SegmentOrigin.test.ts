import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/segment/SegmentOrigin.ts'

const match = suite('SegmentOrigin.match')

match('passes the fields of each case', () => {
  const show = _.match(
    (rule) => rule,
    (reason, continues) => `${reason} ${continues}`,
  )
  assert.is(show(_.entry('no-parent')), 'no-parent')
  assert.is(show(_.missingParent), 'missing-parent undefined')
  assert.is(show(_.late('GET /')), 'late GET /')
  assert.is(show(_.size('GET /')), 'size GET /')
})

match.run()
