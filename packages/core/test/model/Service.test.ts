import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/model/Service.ts'

const service = (name: string, namespace?: string, instance?: string): _.Service => ({
  name,
  namespace,
  instance,
})

const same = suite('Service.same')

same('compares names and namespaces', () => {
  assert.ok(_.same(service('a'), service('a')))
  assert.not(_.same(service('a'), service('b')))
  assert.not(_.same(service('a', 'x'), service('a', 'y')))
  assert.not(_.same(service('a', 'x'), service('a')))
})

same('compares instances only where both name one', () => {
  assert.ok(_.same(service('a', 'x', '1'), service('a', 'x')))
  assert.not(_.same(service('a', 'x', '1'), service('a', 'x', '2')))
})

same.run()
