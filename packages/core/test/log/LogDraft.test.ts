import { spanId, traceId } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { hasCommonKey, whole as wholeOf } from '../../src/item/itemPrinter.ts'
import { itemTraceId } from '../../src/item/itemTraceId.ts'
import type * as TypedAttribute from '../../src/item/TypedAttribute.ts'
import * as _ from '../../src/log/LogDraft.ts'
import * as Mapping from '../../src/mapping/Mapping.ts'
import type { LogRecord } from '../../src/model/LogRecord.ts'
import * as Micros from '../../src/model/Micros.ts'
import { NOW_MILLIS, record } from './records.ts'

const draft = (fields: Partial<LogRecord> = {}): _.LogDraft =>
  _.of(Mapping.sentry)(record(fields), Micros.fromMillis(NOW_MILLIS))

const at = Micros.of(1_700_000_000_250_000)

const of = suite('LogDraft.of')

/** The fields of a record, and its own attributes, each with the first letter of its type. */
const FACTS: ReadonlyArray<
  readonly [string, Partial<LogRecord>, Readonly<Record<string, unknown>>]
> = [
  ['nothing', {}, {}],
  ['nanoseconds', { timeNanos: 789 }, { 'sentry.timestamp.sequence': 'i 789' }],
  ['no nanoseconds', { timeNanos: 0 }, {}],
  [
    'an attribute with the key of the nanoseconds',
    { attributes: { 'sentry.timestamp.sequence': 5 } },
    {},
  ],
  [
    'an attribute with the key of the nanoseconds, and nanoseconds',
    { attributes: { 'sentry.timestamp.sequence': 5 }, timeNanos: 1 },
    { 'sentry.timestamp.sequence': 'i 1' },
  ],
  [
    'the observed time',
    { observedMicros: at, observedNanos: 7 },
    { 'sentry.observed_timestamp_nanos': 's 1700000000250000007' },
  ],
  ['no observed time', { observedMicros: Micros.zero, observedNanos: 7 }, {}],
  ['the name of the event', { eventName: 'user.login' }, { 'event.name': 's user.login' }],
  ['no name', { eventName: '' }, {}],
  [
    'the name of the event rather than an attribute',
    { eventName: 'a', attributes: { 'event.name': 'b' } },
    { 'event.name': 's a' },
  ],
  ['an attribute with its name', { attributes: { 'event.name': 'b' } }, { 'event.name': 's b' }],
  ['a word that the level states', { severityText: 'INFO' }, {}],
  ['another word', { severityText: 'Notice' }, { 'otel.severity_text': 's Notice' }],
  [
    'the word of another level',
    { severity: 17, severityText: 'info' },
    { 'otel.severity_text': 's info' },
  ],
  ['the first number of a level', { severity: 13 }, {}],
  ['a later number of a level', { severity: 14 }, { 'otel.severity_number': 'i 14' }],
  ['the last number', { severity: 24 }, { 'otel.severity_number': 'i 24' }],
  ['a number of no level', { severity: 25 }, { 'otel.severity_number': 'i 25' }],
  ['no number', { severity: 0 }, {}],
  ['flags that say nothing new', { flags: 1 }, {}],
  ['other flags', { flags: 0x301 }, { 'otel.flags': 'i 769' }],
  ['dropped attributes', { droppedAttributes: 3 }, { 'otel.dropped_attributes_count': 'i 3' }],
  ['whole doubles', { attributes: { a: 2, b: 2 }, doubles: ['b'] }, { a: 'i 2', b: 'd 2' }],
  [
    'attributes',
    { attributes: { a: 'x', b: true, c: [1], d: { e: 1 } } },
    { a: 's x', b: 'b true', c: 'a 1', d: 's {"e":1}' },
  ],
]

const shown = (attributes: TypedAttribute.ItemAttributes): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(attributes).map(([key, { value, type }]) => [key, `${type[0]} ${value}`]),
  )

for (const [title, fields, expected] of FACTS) {
  of(`keeps ${title}`, () => {
    assert.equal(shown(draft(fields).own), expected)
  })
}

of('has the time and the ids of the record', () => {
  assert.equal(draft().head, {
    timestamp: 1_700_000_000.25,
    trace_id: traceId(1),
    level: 'info',
    body: 'the shop is open',
    span_id: spanId(2),
  })
})

of('has the time of now for a record without one', () => {
  const { head } = draft({ timeMicros: Micros.zero, traceId: undefined })
  const { service } = record().resource
  assert.is(head.timestamp, NOW_MILLIS / 1_000)
  assert.is(head.trace_id, itemTraceId('logs', service, Micros.fromMillis(NOW_MILLIS)))
})

of('has no span without a trace', () => {
  const { head } = draft({ traceId: undefined })
  assert.is(head.trace_id, itemTraceId('logs', record().resource.service, at))
  assert.is(head.span_id, undefined)
  assert.is(draft({ spanId: undefined }).head.span_id, undefined)
})

of.run()

const whole = suite('itemPrinter.whole')

whole('has the attribute of the record rather than the shared one of its key', () => {
  const attributes = { 'resource.service.name': 'other', 'sentry.release': 'mine' }
  const one = draft({ attributes })
  assert.ok(hasCommonKey(one))
  assert.not(hasCommonKey(draft()))
  const item = wholeOf(one)
  assert.equal(item.attributes['resource.service.name'], { value: 'other', type: 'string' })
  assert.equal(item.attributes['sentry.release'], { value: 'mine', type: 'string' })
  assert.equal(item.attributes['sentry.origin'], { value: 'auto.otlp.logs', type: 'string' })
})

whole.run()

const fitBody = suite('LogDraft.fitBody')

fitBody('gives a body that fits itself', () => {
  for (const body of ['', 'a'.repeat(999_998), '€'.repeat(333_332)]) {
    assert.is(_.fitBody(body, 0), body)
  }
})

fitBody('cuts others by the bytes of their JSON, and no character in two', () => {
  for (const character of ['a', 'é', '€', '😀', '"', '\u0001', '\ud800']) {
    const body = _.fitBody(character.repeat(1_100_000), 1_000)
    assert.ok(Buffer.byteLength(JSON.stringify(body)) <= 999_000)
    assert.ok(Buffer.byteLength(JSON.stringify(body)) > 998_980)
    assert.ok(body.endsWith('...'))
    assert.is(body.slice(0, -3).replaceAll(character, ''), '')
  }
})

fitBody.run()
