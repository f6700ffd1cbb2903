import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../src/spans.ts'

const ids = suite('traceId and spanId')

ids('are hexadecimal numbers of the length of their kind', () => {
  assert.is(_.traceId(255), `${'0'.repeat(30)}ff`)
  assert.is(_.spanId(255), `${'0'.repeat(14)}ff`)
})

ids.run()

const span = suite('span')

span('lasts one second, in the service shop', () => {
  const { startMicros: start, endMicros: end, resource } = _.span()
  assert.is(end - start, 1_000_000)
  assert.is(resource.service.name, 'shop')
})

span('has the given fields', () => {
  const { name, resource } = _.span({ name: 'query', resource: _.resource('bank') })
  assert.equal([name, resource.service.name], ['query', 'bank'])
})

span.run()
