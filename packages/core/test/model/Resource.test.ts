import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/model/Resource.ts'

const of = suite('Resource.of')

of('reads the service from the attributes', () => {
  const attributes = { 'service.name': 'shop', 'service.namespace': 'eu', 'host.name': 'a' }
  assert.equal(_.of(attributes), {
    attributes,
    service: { name: 'shop', namespace: 'eu', instance: undefined },
  })
  assert.is(_.unknown.service.name, undefined)
})

of('keeps the keys of doubles if there are any', () => {
  assert.equal(_.of({ bytes: 2e6 }, ['bytes']).doubles, ['bytes'])
  assert.not('doubles' in _.of({ bytes: 2e6 }))
})

of.run()
