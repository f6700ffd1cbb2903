import * as Dsn from '@sentry-exporter/envelope/Dsn'
import * as Envelope from '@sentry-exporter/envelope/Envelope'
import * as Utf8 from '@sentry-exporter/envelope/Utf8'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as _ from '../src/ItemEnvelope.ts'
import * as Routing from '../src/Routing.ts'

const dsnOf = (text: string): Dsn.Dsn => {
  const dsn = Dsn.parse(text)
  if (E.isLeft(dsn)) throw new Error('a bad DSN in a test')
  return dsn.right
}

const MAIN = dsnOf('https://key:hush@host/1')

const OTHER = dsnOf('https://key@host/2')

const SHARED = { text: '"c":"\\ud800"' }
const LOGS: _.PrintedItems = {
  kind: 'log',
  items: [
    { before: '{"body":"a",', shared: SHARED, after: '}' },
    { before: '{"body":"b\\ud800"}', shared: { text: '' }, after: '' },
    { before: '{', shared: SHARED, after: '}' },
  ],
  bytes: 9,
}

const seal = suite('ItemEnvelope.seal')

seal('states what is lost if it is dropped, and no event', () => {
  const sealed = _.seal(MAIN)(LOGS, Routing.DEFAULT)
  assert.equal(
    [sealed.category, sealed.logs, sealed.spans, sealed.eventId, sealed.lossesIfDropped],
    [
      'log_item',
      3,
      0,
      undefined,
      [
        ['log_item', 3],
        ['log_byte', 9],
      ],
    ],
  )
})

seal('counts metrics in their own categories, and names their type', () => {
  const sealed = _.seal(MAIN)({ ...LOGS, kind: 'trace_metric' }, Routing.DEFAULT)
  assert.equal(
    [sealed.category, sealed.metrics, sealed.logs, sealed.lossesIfDropped],
    [
      'trace_metric',
      3,
      undefined,
      [
        ['trace_metric', 3],
        ['trace_metric_byte', 9],
      ],
    ],
  )
  const read = Envelope.decode(sealed.bytes)
  assert.ok(E.isRight(read))
  assert.is(
    read.right.items[0]?.header['content_type'],
    'application/vnd.sentry.items.trace-metric+json',
  )
})

seal('is for the default project, or for that of its route', () => {
  const encode = _.seal(MAIN)
  assert.is(encode(LOGS, Routing.DEFAULT).dsn, MAIN)
  assert.is(encode(LOGS, { _tag: 'Dsn', dsn: OTHER }).dsn, OTHER)
  assert.is(_.seal(undefined)(LOGS, Routing.DEFAULT).dsn, Dsn.unknown)
})

seal('holds one container, has no trace, and repairs lone surrogates', () => {
  const read = Envelope.decode(_.seal(MAIN)(LOGS, Routing.DEFAULT).bytes)
  assert.ok(E.isRight(read))
  const { header, items } = read.right
  assert.equal(Object.keys(header), ['sdk'])
  assert.is(items.length, 1)
  assert.is(items[0]?.header['item_count'], 3)
  assert.equal(JSON.parse(Utf8.decode(items[0]?.payload ?? new Uint8Array())), {
    version: 2,
    items: [{ body: 'a', c: '\ufffd' }, { body: 'b\ufffd' }, { c: '\ufffd' }],
  })
})

seal.run()
