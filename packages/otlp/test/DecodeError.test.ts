import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../src/DecodeError.ts'

const show = suite('DecodeError.show')

show('names the path, and the expected and the actual value', () => {
  const error = _.mismatch({ path: 'resourceSpans', expected: 'an array', actual: '"xyz"' })
  assert.is(_.show(error), 'resourceSpans: expected an array, got "xyz"')
})

show('gives the reason of the JSON parser', () => {
  assert.is(_.show(_.notJson('unexpected end')), 'not JSON: unexpected end')
})

show.run()
