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

const timeIn = suite('SpanEvent.timeIn')

timeIn('is the start of the span where the event has no time that the server takes', () => {
  const startMicros = Micros.of(7_000_000)
  for (const [micros, time] of [
    [9, 9],
    [0, startMicros],
    [-1, startMicros],
    [1e30, startMicros],
    [Number.NaN, startMicros],
    [Number.POSITIVE_INFINITY, startMicros],
  ] as const) {
    const event = _.make({ name: 'e', timeMicros: Micros.of(micros) })
    assert.is(_.timeIn({ startMicros }, event), time, String(micros))
  }
})

timeIn.run()
