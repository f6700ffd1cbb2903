import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Dist from '../../src/mapping/Dist.ts'
import * as Resource from '../../src/model/Resource.ts'

const dist = suite('Dist.of')

dist('is the explicit one, in characters that the server accepts', () => {
  assert.is(Dist.of(Resource.of({ 'sentry.dist': '7' })), '7')
  assert.is(Dist.of(Resource.of({})), undefined)
  assert.is(Dist.repair(' a b/7 '), 'a-b-7')
  assert.is(Dist.repair('x'.repeat(100))?.length, 64)
  assert.is(Dist.repair(' '), undefined)
})

dist.run()
