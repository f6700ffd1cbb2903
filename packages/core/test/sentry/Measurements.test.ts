import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Attributes } from '../../src/model/Attributes.ts'
import * as Micros from '../../src/model/Micros.ts'
import * as _ from '../../src/sentry/Measurements.ts'

const ofSpan = suite('Measurements.ofSpan')

const event = (name: string, attributes: Attributes) => ({
  name,
  attributes,
  timeMicros: Micros.zero,
  droppedAttributes: 0,
})

ofSpan('reads the events of Sentry and of web vitals', () => {
  const events = [
    event('jobs.queued', { 'sentry.measurement_value': 3, 'sentry.measurement_unit': 'none' }),
    event('jobs.bytes', { 'sentry.measurement_value': 9, 'sentry.measurement_unit': 'byte' }),
    event('web-vital', { name: 'CLS', value: 0.1 }),
    event('browser.web_vital', { 'web_vital.name': 'lcp', 'web_vital.value': 900 }),
  ]
  assert.equal(_.ofSpan({ events }), {
    'jobs.queued': { value: 3, unit: 'none' },
    'jobs.bytes': { value: 9, unit: 'byte' },
    cls: { value: 0.1, unit: 'none' },
    lcp: { value: 900, unit: 'millisecond' },
  })
})

ofSpan('keeps the last of a name', () => {
  const events = [1, 2].map((value) => event('a', { 'sentry.measurement_value': value }))
  assert.equal(_.ofSpan({ events }), { a: { value: 2, unit: 'none' } })
})

ofSpan('leaves out names and values that the server refuses', () => {
  const events = [
    event('a b', { 'sentry.measurement_value': 1 }),
    event('a', { 'sentry.measurement_value': Number.NaN }),
    event('web_vital', { name: 'other', value: 1 }),
    event('a', {}),
  ]
  assert.is(_.ofSpan({ events }), undefined)
})

ofSpan.run()
