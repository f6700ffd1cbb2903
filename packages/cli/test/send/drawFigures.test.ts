import { Monoid, type Outcome } from '@sentry-exporter/exporter/Outcome'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { drawFigures } from '../../src/send/drawFigures.ts'

const figures = suite('drawFigures')

figures('has everything that came in, was sent and was lost, and the time', () => {
  const outcome: Outcome = {
    ...Monoid.empty,
    spansIn: 12_345,
    delivered: { transactions: 100, spans: 12_000, errors: 1, logs: 0, metrics: 0 },
    rejected: { moved: 12_345, duplicate: 5 },
    dropped: { network_error: 340 },
    droppedErrors: { network_error: 2, send_error: 1 },
    retried: 4,
  }
  assert.equal(drawFigures(outcome, 2), [
    'in      12,345 spans',
    'sent    12,000 spans, 100 transactions, 1 error, in 101 envelopes, 4 retried',
    'losses  lost or repaired: moved 12345, network_error 340, merged: duplicate 5, 2 errors lost: network_error, 1 error lost: send_error',
    'time    2.0 s, 6,000 spans/s',
  ])
})

figures('has no rate without time', () => {
  assert.equal(drawFigures(Monoid.empty, 0).at(-1), 'time    0.0 s')
})

figures.run()
