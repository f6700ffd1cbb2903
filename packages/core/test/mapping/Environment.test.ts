import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Environment from '../../src/mapping/Environment.ts'
import * as Resource from '../../src/model/Resource.ts'

const environment = suite('Environment.of')

environment('reads either name, and an explicit one first', () => {
  assert.is(Environment.of(Resource.of({ 'deployment.environment': 'old' })), 'old')
  assert.is(
    Environment.of(
      Resource.of({ 'deployment.environment': 'old', 'deployment.environment.name': 'new' }),
    ),
    'new',
  )
  assert.is(Environment.of(Resource.of({})), undefined)
})

environment('repairs characters that the server would refuse', () => {
  assert.is(Environment.repair('a/b c\n'), 'a-b c')
  assert.is(Environment.repair('None'), undefined)
  assert.is(Environment.repair('x'.repeat(100))?.length, 64)
  assert.is(Environment.repair(' staging\n'), 'staging')
  for (const refused of ['', ' ', '.', '..', 'none', ' NONE\n']) {
    assert.is(Environment.repair(refused), undefined)
  }
})

environment('is limited in bytes, and cut between characters', () => {
  assert.is(Environment.repair('ä'.repeat(40)), 'ä'.repeat(32))
  assert.is(Environment.repair(`${'x'.repeat(62)}😀`), 'x'.repeat(62))
})

environment.run()
