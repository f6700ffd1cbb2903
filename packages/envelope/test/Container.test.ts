import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as _ from '../src/Container.ts'
import * as Envelope from '../src/Envelope.ts'
import * as EnvelopeError from '../src/EnvelopeError.ts'
import * as Item from '../src/Item.ts'
import * as Utf8 from '../src/Utf8.ts'

const payloadOf = (values: ReadonlyArray<Utf8.Part>): string =>
  Utf8.decode(Item.joined(_.of('log', values)).payload)

const of = suite('Container.of')

of('states the number and the type of its values', () => {
  for (const count of [0, 1, 2, 100]) {
    const { header } = _.of('log', Array(count).fill('{}'))
    assert.equal(header, {
      type: 'log',
      item_count: count,
      content_type: 'application/vnd.sentry.items.log+json',
    })
  }
})

of('states the type of metrics with a hyphen', () => {
  const { header, payload } = _.of('trace_metric', ['{"value":1}'])
  assert.equal(header, {
    type: 'trace_metric',
    item_count: 1,
    content_type: 'application/vnd.sentry.items.trace-metric+json',
  })
  assert.equal(payload, ['{"version":2,"items":[{"value":1}]}'])
})

of('has version 2, no settings, and the values in their order', () => {
  assert.is(payloadOf(['{"a":1}', '{"b":2}']), '{"version":2,"items":[{"a":1},{"b":2}]}')
  assert.is(payloadOf(['{}']), '{"version":2,"items":[{}]}')
})

of('may be empty', () => {
  assert.is(payloadOf([]), '{"version":2,"items":[]}')
})

of('takes bytes as they are', () => {
  assert.is(payloadOf([Utf8.slice('{"ü":1}'), '{}']), '{"version":2,"items":[{"ü":1},{}]}')
})

of('replaces lone surrogates, and keeps pairs and escaped backslashes', () => {
  const values = [{ body: 'a\ud800b' }, { '\udc00': '😀' }, { body: '\\ud800' }]
  const printed = payloadOf(values.map((value) => JSON.stringify(value)))
  assert.equal(JSON.parse(printed).items, [
    { body: 'a\ufffdb' },
    { '\ufffd': '😀' },
    { body: '\\ud800' },
  ])
})

of('law: in an envelope it reads back with its values and their number', () => {
  const value = fc.dictionary(
    fc.string({ unit: 'grapheme' }),
    fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.constant('\n')),
    { noNullPrototype: true },
  )
  fc.assert(
    fc.property(fc.array(value, { maxLength: 5 }), (values) => {
      const item = _.of(
        'log',
        values.map((one) => JSON.stringify(one)),
      )
      const read = Envelope.decode(Envelope.encode({ header: {}, items: [item] }))
      if (E.isLeft(read)) throw new Error(EnvelopeError.show(read.left))
      const [one] = read.right.items
      assert.is(read.right.items.length, 1)
      assert.equal(
        [one?.header.type, one?.header['item_count'], one?.header['content_type']],
        ['log', values.length, 'application/vnd.sentry.items.log+json'],
      )
      const payload = Utf8.decode(one?.payload ?? new Uint8Array())
      assert.is(payload, JSON.stringify({ version: 2, items: values }))
    }),
  )
})

of('law: its payload contains no lone surrogate', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (key, text) => {
      const printed = payloadOf([JSON.stringify({ [key]: text, other: `${text}\ud800` })])
      for (const one of [...JSON.parse(printed).items].flatMap(Object.entries).flat()) {
        assert.ok(String(one).isWellFormed())
      }
    }),
  )
})

of.run()
