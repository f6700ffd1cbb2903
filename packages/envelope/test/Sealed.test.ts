import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as Dsn from '../src/Dsn.ts'
import * as Envelope from '../src/Envelope.ts'
import * as Item from '../src/Item.ts'
import * as _ from '../src/Sealed.ts'
import * as Utf8 from '../src/Utf8.ts'

const parsed = Dsn.parse('https://key@host/1')

const sealed = (envelope: Envelope.Envelope): _.Sealed => {
  if (E.isLeft(parsed)) throw new Error('a bad DSN in a test')
  const about = {
    dsn: parsed.right,
    eventId: undefined,
    category: 'error',
    lossesIfDropped: [['error', 1]],
  } as const
  return _.seal(about, envelope)
}

const stamp = suite('Sealed.stamp')

stamp('adds the time of sending, and changes nothing else', () => {
  const one = sealed({ header: { event_id: 'x' }, items: [Item.json('event', { a: 1 })] })
  const stamped = Utf8.decode(_.stamp(1_700_000_000_123)(one))
  assert.is(
    stamped,
    `{"sent_at":"2023-11-14T22:13:20.123Z","event_id":"x"}\n{"type":"event","length":7}\n{"a":1}\n`,
  )
  assert.not.match(Utf8.decode(one.bytes), 'sent_at')
})

stamp('takes an empty header', () => {
  const read = Envelope.decode(_.stamp(0)(sealed({ header: {}, items: [] })))
  assert.equal(E.isRight(read) && read.right.header, { sent_at: '1970-01-01T00:00:00.000Z' })
})

stamp.run()

const append = suite('Sealed.append')

append('adds an item, and does not change the given envelope', () => {
  const one = sealed({ header: {}, items: [Item.json('event', 1)] })
  const before = Uint8Array.from(one.bytes)
  const more = _.append(Item.json('client_report', 2))(one)
  assert.equal(one.bytes, before)
  assert.is(
    Utf8.decode(more.bytes),
    '{}\n{"type":"event","length":1}\n1\n{"type":"client_report","length":1}\n2\n',
  )
  assert.is(more.dsn, one.dsn)
})

append('to a bare envelope gives an envelope with this item only', () => {
  if (E.isLeft(parsed)) throw new Error('a bad DSN in a test')
  const bare = _.bare(parsed.right)
  assert.equal([bare.category, bare.lossesIfDropped], ['internal', []])
  assert.is(
    Utf8.decode(_.append(Item.json('a', 1))(bare).bytes),
    '{}\n{"type":"a","length":1}\n1\n',
  )
})

append.run()
