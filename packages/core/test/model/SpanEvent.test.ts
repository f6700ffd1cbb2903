import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Micros from '../../src/model/Micros.ts'
import * as _ from '../../src/model/SpanEvent.ts'

const make = suite('SpanEvent.make')

make('fills in the fields that are not given', () => {
  const time = Micros.of(1)
  assert.equal(_.make({ name: 'started', time }), {
    name: 'started',
    time,
    attributes: {},
    droppedAttributes: 0,
  })
  assert.equal(_.make({ name: 'started', time, attributes: { a: 1 } }).attributes, { a: 1 })
})

make.run()

const isException = suite('SpanEvent.isException')

isException('goes by the name of the event', () => {
  assert.ok(_.isException(_.make({ name: 'exception', time: Micros.zero })))
  assert.not(_.isException(_.make({ name: 'message', time: Micros.zero })))
})

isException.run()
