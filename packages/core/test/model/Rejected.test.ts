import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/model/Rejected.ts'

const show = suite('Rejected.show')

show('names the place, the expected value and the value that was found', () => {
  const rejected = { path: 'spans[7].traceId', expected: '32 hex characters', actual: '"xyz"' }
  assert.is(_.show(rejected), 'spans[7].traceId: expected 32 hex characters, got "xyz"')
})

show.run()
