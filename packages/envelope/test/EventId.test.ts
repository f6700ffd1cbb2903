import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../src/EventId.ts'

const parse = suite('EventId.parse')

parse('takes a UUID with dashes or without, of either case', () => {
  const id = '9ec79c33ec9942ab8353589fcb2e04dc'
  assert.is(_.parse('9EC79C33-EC99-42AB-8353-589FCB2E04DC'), id)
  assert.is(_.parse(id), id)
})

parse('refuses anything else', () => {
  for (const bad of ['', 'x', '9ec79c33ec9942ab8353589fcb2e04d', 'g'.repeat(32)])
    assert.is(_.parse(bad), undefined)
})

parse.run()
