import { inspect } from 'node:util'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../src/Secret.ts'

const secret = suite('Secret')

secret('is shown by reveal only', () => {
  const one = _.of('hush')
  assert.is(one.reveal(), 'hush')
  for (const text of [String(one), `${inspect(one, { depth: 9 })}`, JSON.stringify(one)]) {
    assert.not.match(text, 'hush')
  }
})

secret.run()
