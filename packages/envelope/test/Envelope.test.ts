import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as _ from '../src/Envelope.ts'
import * as EnvelopeError from '../src/EnvelopeError.ts'
import * as Item from '../src/Item.ts'
import * as Utf8 from '../src/Utf8.ts'

const decoded = (bytes: Uint8Array): _.Envelope => {
  const read = _.decode(bytes)
  if (E.isLeft(read)) throw new Error(EnvelopeError.show(read.left))
  return read.right
}

const PLAIN = { noNullPrototype: true }

const text = fc.string({ unit: 'grapheme' })

const item: fc.Arbitrary<Item.Item> = fc.record({
  header: fc.record({ type: text, filename: text }, PLAIN),
  payload: fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc.array(fc.constantFrom(0x0a, 0x7b), { maxLength: 5 }).map((bytes) => new Uint8Array(bytes)),
  ),
})

const envelope: fc.Arbitrary<_.Envelope> = fc.record({
  header: fc.record({ event_id: text, any: fc.jsonValue({ noUnicodeString: false }) }),
  items: fc.array(item, { maxLength: 4 }),
})

const encode = suite('Envelope.encode')

encode('writes lines, and the length of each payload in bytes', () => {
  const bytes = _.encode({ header: { event_id: 'x' }, items: [Item.json('event', { ü: '🙂' })] })
  assert.is(Utf8.decode(bytes), '{"event_id":"x"}\n{"type":"event","length":13}\n{"ü":"🙂"}\n')
})

encode('is the inverse of decode: empty, binary and multi-byte payloads, any header', () => {
  fc.assert(
    fc.property(envelope, (one) => {
      const read = decoded(_.encode(one))
      assert.equal(
        read.items.map(({ payload }) => [...payload]),
        one.items.map(({ payload }) => [...payload]),
      )
      const { items: _items, ...rest } = read
      assert.is(JSON.stringify(rest), JSON.stringify({ header: one.header }))
      assert.equal(
        read.items.map(({ header }) => header),
        one.items.map(({ header }) => header),
      )
    }),
    { numRuns: 500 },
  )
})

/** Payloads cut into pieces, of text and of bytes, and the same in one piece. */
const pieces = fc.array(fc.tuple(fc.boolean(), fc.string({ unit: 'binary', maxLength: 50 })), {
  maxLength: 12,
})

encode('gives the same bytes for payloads in pieces and in one', () => {
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 4 }), (all) => {
      const inPieces: _.Envelope<Item.Content> = {
        header: {},
        items: all.map((some) =>
          Item.of(
            'event',
            some.map(([isText, text]) => (isText ? text : Utf8.whole(Utf8.encode(text)))),
          ),
        ),
      }
      const inOne = { header: {}, items: inPieces.items.map(Item.joined) }
      assert.equal(
        inOne.items.map(({ payload }) => Utf8.decode(payload)),
        all.map((some) => some.map(([, text]) => text.toWellFormed()).join('')),
      )
      assert.equal([..._.encode(inPieces)], [..._.encode(inOne)])
      const [first = Item.of('event', ['x'])] = inPieces.items
      const start = _.encode({ header: {}, items: [] })
      assert.equal(
        [..._.append(first)(start)],
        [..._.encode({ header: {}, items: [Item.joined(first)] })],
      )
    }),
    { numRuns: 500 },
  )
})

encode('does not overwrite earlier results', () => {
  const one = { header: { event_id: 'one' }, items: [Item.of('event', ['1'.repeat(9)])] }
  const first = _.encode(one)
  _.encode({ header: { event_id: 'two' }, items: [Item.of('event', ['2'.repeat(90_000)])] })
  assert.equal([...first], [..._.encode(one)])
})

encode.run()

const decode = suite('Envelope.decode')

decode('takes items without length, and without a last line break', () => {
  const read = decoded(Utf8.encode('{}\n{"type":"event"}\n{"a":1}\n{"type":"attachment"}\nraw'))
  assert.equal(
    read.items.map(({ payload }) => Utf8.decode(payload)),
    ['{"a":1}', 'raw'],
  )
})

decode('takes an envelope without items, with line breaks at its end', () => {
  assert.equal(decoded(Utf8.encode('{}')).items, [])
  assert.equal(decoded(Utf8.encode('{}\n\n')).items, [])
})

const BAD: ReadonlyArray<readonly [string, EnvelopeError.EnvelopeError]> = [
  ['', { _tag: 'BadHeader', part: 'envelope', at: 0 }],
  ['[]\n', { _tag: 'BadHeader', part: 'envelope', at: 0 }],
  ['{"a"\n', { _tag: 'BadHeader', part: 'envelope', at: 0 }],
  ['{}\nnull\nx', { _tag: 'BadHeader', part: 'item', at: 3 }],
  ['{}\n{}\nx', { _tag: 'NoType', at: 3 }],
  ['{}\n{"type":"a","length":-1}\nx', { _tag: 'BadLength', at: 3 }],
  ['{}\n{"type":"a","length":1.5}\nx', { _tag: 'BadLength', at: 3 }],
  ['{}\n{"type":"a","length":"1"}\nx', { _tag: 'BadLength', at: 3 }],
  ['{}\n{"type":"a","length":3}\nx', { _tag: 'Truncated', at: 27, missing: 2 }],
  ['{}\n{"type":"a","length":1}\nxy\n', { _tag: 'Overlong', at: 27 }],
]

for (const [bad, error] of BAD) {
  decode(`refuses ${JSON.stringify(bad)} as ${error._tag}`, () => {
    assert.equal(_.decode(Utf8.encode(bad)), E.left(error))
  })
}

decode('never throws', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      _.decode(bytes)
      _.decode(Utf8.join([Utf8.slice('{}\n'), Utf8.whole(bytes)]))
    }),
  )
})

decode.run()

const mapHeader = suite('Envelope.mapHeader')

mapHeader('changes the header, and no item', () => {
  fc.assert(
    fc.property(envelope, (given) => {
      const bytes = _.encode(given)
      const changed = decoded(_.mapHeader((header) => ({ ...header, added: 'ü' }))(bytes))
      assert.is(changed.header['added'], 'ü')
      assert.equal(changed.items, decoded(bytes).items)
      assert.equal(_.mapHeader((header) => header)(bytes), bytes)
    }),
  )
})

mapHeader('leaves bytes without a header', () => {
  const bytes = Utf8.encode('no header\n')
  assert.is(_.mapHeader(() => ({}))(bytes), bytes)
})

mapHeader.run()
