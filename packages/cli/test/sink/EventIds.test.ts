import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/sink/EventIds.ts'

const ids = suite('EventIds.remember')

ids('an id is repeated from its second time on, and no id never is', () => {
  const isRepeated = _.remember()
  assert.equal(['a', 'b', 'a', undefined, undefined, 'b'].map(isRepeated), [
    false,
    false,
    true,
    false,
    false,
    true,
  ])
})

ids('forgets the oldest of more than 100,000', () => {
  const isRepeated = _.remember()
  for (let n = 0; n <= 100_000; n++) assert.is(isRepeated(String(n)), false)
  assert.equal([isRepeated('1'), isRepeated('0')], [true, false])
})

ids.run()
