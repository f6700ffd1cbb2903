import { span } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { normalizeTimes } from '../../src/filter/normalizeTimes.ts'
import * as Micros from '../../src/model/Micros.ts'

const normalize = suite('normalizeTimes')

const at = (seconds: number) => Micros.of(seconds * 1_000_000)

normalize('gives the same span if its times are valid', () => {
  const one = span({ startMicros: at(20), endMicros: at(10) })
  assert.is(normalizeTimes(one, 7_000), one)
})

normalize('takes the end as a missing start', () => {
  assert.is(
    normalizeTimes(span({ startMicros: at(0), endMicros: at(10) }), 7_000).startMicros,
    at(10),
  )
})

normalize('takes the first event, else the arrival, without start and end', () => {
  const event = { name: 'e', attributes: {}, droppedAttributes: 0 }
  const events = [9, 8, 0].map((seconds) => ({ ...event, timeMicros: at(seconds) }))
  const none = { startMicros: Micros.of(Number.NaN), endMicros: at(-1) }
  assert.is(normalizeTimes(span({ ...none, events }), 7_000).startMicros, at(8))
  assert.is(normalizeTimes(span(none), 7_000).startMicros, at(7))
  assert.is(normalizeTimes(span(none), 7_000).endMicros, at(0))
})

normalize('refuses times beyond the year 9999', () => {
  assert.is(
    normalizeTimes(span({ startMicros: at(300_000_000_000), endMicros: at(9) }), 0).startMicros,
    at(9),
  )
})

normalize.run()
