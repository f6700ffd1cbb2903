import { span } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { normalizeTimes } from '../../src/filter/normalizeTimes.ts'
import * as Micros from '../../src/model/Micros.ts'

const normalize = suite('normalizeTimes')

const at = (seconds: number) => Micros.of(seconds * 1_000_000)

normalize('gives the same span if its times are valid', () => {
  const one = span({ start: at(20), end: at(10) })
  assert.is(normalizeTimes(one, 7_000), one)
})

normalize('takes the end as a missing start', () => {
  assert.is(normalizeTimes(span({ start: at(0), end: at(10) }), 7_000).start, at(10))
})

normalize('takes the first event, else the arrival, without start and end', () => {
  const event = { name: 'e', attributes: {}, droppedAttributes: 0 }
  const events = [9, 8, 0].map((seconds) => ({ ...event, time: at(seconds) }))
  const none = { start: Micros.of(Number.NaN), end: at(-1) }
  assert.is(normalizeTimes(span({ ...none, events }), 7_000).start, at(8))
  assert.is(normalizeTimes(span(none), 7_000).start, at(7))
  assert.is(normalizeTimes(span(none), 7_000).end, at(0))
})

normalize('refuses times beyond the year 9999', () => {
  assert.is(normalizeTimes(span({ start: at(300_000_000_000), end: at(9) }), 0).start, at(9))
})

normalize.run()
