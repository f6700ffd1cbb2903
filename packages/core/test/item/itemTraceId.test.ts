import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { itemTraceId as _ } from '../../src/item/itemTraceId.ts'
import * as Micros from '../../src/model/Micros.ts'
import * as Service from '../../src/model/Service.ts'

const HOUR = 3_600e6

const START = 472_222 * HOUR

const service = (instance: string, name = 'shop'): Service.Service =>
  Service.of({
    'service.namespace': 'eu',
    'service.name': name,
    'service.instance.id': instance,
  })

const itemTraceId = suite('itemTraceId')

itemTraceId('is the same within an hour, and another in the next one', () => {
  const ofHour = _('logs', service('a'), Micros.of(START))
  fc.assert(
    fc.property(fc.nat({ max: HOUR - 1 }), (micros) => {
      assert.is(_('logs', service('a'), Micros.of(START + micros)), ofHour)
    }),
  )
  assert.is.not(_('logs', service('a'), Micros.of(START + HOUR)), ofHour)
  assert.is.not(_('logs', service('a'), Micros.of(START - 1)), ofHour)
})

itemTraceId('is a trace id, and differs by instance, name and namespace', () => {
  const services = [service('a'), service('b'), service('a', 'till'), Service.of({})]
  const ids = services.map((one) => _('logs', one, Micros.of(START)))
  assert.is(new Set(ids).size, ids.length)
  for (const id of ids) assert.match(id, /^(?!0{32})[\da-f]{32}$/)
})

itemTraceId('does not join the parts of a service: none is mistaken for another', () => {
  const of = (namespace: string, name: string) =>
    _(
      'logs',
      Service.of({ 'service.namespace': namespace, 'service.name': name }),
      Micros.of(START),
    )
  assert.is.not(of('ab', 'c'), of('a', 'bc'))
})

itemTraceId.run()
