import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Micros from '../../src/model/Micros.ts'
import * as _ from '../../src/model/SpanEvent.ts'

const make = suite('SpanEvent.make')

make('fills in the fields that are not given', () => {
  const timeMicros = Micros.of(1)
  assert.equal(_.make({ name: 'started', timeMicros }), {
    name: 'started',
    timeMicros,
    attributes: {},
    droppedAttributes: 0,
  })
  assert.equal(_.make({ name: 'started', timeMicros, attributes: { a: 1 } }).attributes, {
    a: 1,
  })
})

make.run()

const isException = suite('SpanEvent.isException')

isException('goes by the name of the event', () => {
  assert.ok(_.isException(_.make({ name: 'exception', timeMicros: Micros.zero })))
  assert.not(_.isException(_.make({ name: 'message', timeMicros: Micros.zero })))
})

isException.run()
