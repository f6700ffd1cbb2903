import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../src/Outcome.ts'

const outcome: fc.Arbitrary<_.Outcome> = fc.record(
  {
    spansIn: fc.nat(9),
    logsIn: fc.nat(9),
    metricsIn: fc.nat(9),
    delivered: fc.record(
      {
        transactions: fc.nat(9),
        spans: fc.nat(9),
        errors: fc.nat(9),
        logs: fc.nat(9),
        metrics: fc.nat(9),
      },
      { noNullPrototype: true },
    ),
    rejected: fc.constantFrom({}, { invalid: 1 }, { duplicate: 2 }),
    dropped: fc.constantFrom({}, { send_error: 1 }),
    droppedErrors: fc.constantFrom({}, { network_error: 1 }),
    droppedLogs: fc.constantFrom({}, { send_error: 1 }),
    droppedMetrics: fc.constantFrom({}, { network_error: 2 }),
    waiting: fc.nat(9),
    sending: fc.nat(9),
    waitingLogs: fc.nat(9),
    waitingMetrics: fc.nat(9),
    retried: fc.nat(9),
    problems: fc.subarray(['a', 'b', 'c']),
  },
  { noNullPrototype: true },
)

const concat = suite('Outcome.concat')

concat('is a monoid', () => {
  fc.assert(
    fc.property(outcome, outcome, outcome, (a, b, c) => {
      assert.equal(
        _.Monoid.concat(_.Monoid.concat(a, b), c),
        _.Monoid.concat(a, _.Monoid.concat(b, c)),
      )
      assert.equal(_.Monoid.concat(a, _.Monoid.empty), a)
      assert.equal(_.Monoid.concat(_.Monoid.empty, a), a)
    }),
  )
})

concat.run()

const show = suite('Outcome.show')

show('reads as a sentence', () => {
  assert.is(_.show(_.Monoid.empty), '0 spans in, 0 transactions, 0 errors, nothing lost')
  assert.is(
    _.show({
      ..._.Monoid.empty,
      spansIn: 312,
      delivered: { transactions: 9, spans: 310, errors: 1, logs: 0, metrics: 0 },
      rejected: { invalid: 2 },
      waiting: 3,
      retried: 2,
      problems: ['it was bad', 'and worse'],
    }),
    '312 spans in, 9 transactions, 1 error, 3 waiting, 2 retried, lost or repaired: invalid 2, it was bad',
  )
  assert.is(
    _.show({
      ..._.Monoid.empty,
      logsIn: 8,
      delivered: { ..._.Monoid.empty.delivered, errors: 1, logs: 5, metrics: 0 },
      droppedLogs: { send_error: 1 },
      waitingLogs: 2,
    }),
    '0 spans and 8 logs in, 0 transactions, 1 error, 5 logs, 2 logs waiting, 1 log lost: send_error',
  )
})

show('names metrics, and counts their points beside them', () => {
  const outcome = {
    ..._.Monoid.empty,
    metricsIn: 1,
    delivered: { ..._.Monoid.empty.delivered, metrics: 4 },
    droppedMetrics: { network_error: 1 },
    waitingMetrics: 2,
  }
  assert.is(
    _.show(outcome),
    '0 spans and 1 metric point in, 0 transactions, 0 errors, 4 metrics, 2 metrics waiting, 1 metric lost: network_error',
  )
  assert.match(
    _.show({ ...outcome, spansIn: 1, logsIn: 2 }),
    '1 span, 2 logs and 1 metric point in',
  )
})

show.run()
