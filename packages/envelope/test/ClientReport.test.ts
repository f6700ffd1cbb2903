import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as _ from '../src/ClientReport.ts'
import * as Envelope from '../src/Envelope.ts'
import * as Utf8 from '../src/Utf8.ts'

const report: fc.Arbitrary<_.ClientReport> = fc
  .array(
    fc.tuple(
      fc.constantFrom<_.Reason>('network_error', 'queue_overflow', 'send_error'),
      fc.constantFrom('error' as const, 'transaction' as const, 'span' as const),
      fc.nat(5),
    ),
  )
  .map((losses) =>
    losses.reduce(
      (sum, [reason, category, quantity]) =>
        _.Monoid.concat(sum, _.of(reason, [[category, quantity]])),
      _.empty,
    ),
  )

const concat = suite('ClientReport.Monoid')

concat('is a commutative monoid, with each reason and category once', () => {
  fc.assert(
    fc.property(report, report, report, (a, b, c) => {
      assert.equal(
        _.Monoid.concat(_.Monoid.concat(a, b), c),
        _.Monoid.concat(a, _.Monoid.concat(b, c)),
      )
      assert.equal(_.Monoid.concat(a, b), _.Monoid.concat(b, a))
      assert.equal(_.Monoid.concat(a, _.empty), a)
      assert.equal(_.Monoid.concat(_.empty, a), a)
      const keys = _.Monoid.concat(a, b).map(({ reason, category }) => `${reason} ${category}`)
      assert.is(new Set(keys).size, keys.length)
    }),
  )
})

concat.run()

const of = suite('ClientReport.of')

of('counts a transaction once, and each of its spans with its root', () => {
  assert.equal(
    _.of('send_error', [
      ['transaction', 1],
      ['span', 4],
    ]),
    [
      { reason: 'send_error', category: 'span', quantity: 4 },
      { reason: 'send_error', category: 'transaction', quantity: 1 },
    ],
  )
})

of('of nothing is empty', () => {
  assert.ok(_.isEmpty(_.of('send_error', [['error', 0]])))
  assert.ok(_.isEmpty(_.of('send_error', [])))
})

of.run()

const toItem = suite('ClientReport.toItem')

toItem('is an item that can be appended to any envelope', () => {
  const item = _.toItem(_.of('queue_overflow', [['error', 2]]), 1_700_000_000_900)
  for (const bytes of [
    Utf8.encode('{}'),
    Utf8.encode('{}\n'),
    Utf8.encode('{}\n{"type":"a"}\n1'),
  ]) {
    const decoded = Envelope.decode(Envelope.append(item)(bytes))
    if (E.isLeft(decoded)) throw new Error('cannot be read back')
    const last = decoded.right.items.at(-1)
    assert.is(last?.header.type, 'client_report')
    assert.equal(JSON.parse(Utf8.decode(last?.payload ?? new Uint8Array())), {
      timestamp: 1_700_000_000,
      discarded_events: [{ reason: 'queue_overflow', category: 'error', quantity: 2 }],
    })
  }
})

toItem.run()
