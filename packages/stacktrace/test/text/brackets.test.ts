import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openingOf } from '../../src/text/brackets.ts'

const opening = suite('openingOf')

opening('is the bracket that the last one closes', () => {
  assert.is(openingOf('a.b(int)'), 3)
  assert.is(openingOf('f(g(1), (2))'), 1)
  assert.is(openingOf('f(1)(2)'), 4)
  assert.is(openingOf('()'), 0)
})

opening('is -1 where no bracket is closed', () => {
  assert.is(openingOf(''), -1)
  assert.is(openingOf('f'), -1)
  assert.is(openingOf('f)'), -1)
})

opening('may be that of a bracket that is closed behind the end', () => {
  assert.is(openingOf('f(1, g(2)', 1), 1)
  assert.is(openingOf('f(1)', 1), -1)
})

opening.run()
