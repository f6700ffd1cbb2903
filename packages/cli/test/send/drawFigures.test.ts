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

figures('has logs and metrics if some came, and no number of envelopes then', () => {
  const outcome: Outcome = {
    ...Monoid.empty,
    logsIn: 2,
    metricsIn: 3,
    delivered: { transactions: 0, spans: 0, errors: 0, logs: 1, metrics: 1_200 },
    droppedLogs: { network_error: 1 },
    droppedMetrics: { ratelimit_backoff: 2 },
    retried: 1,
  }
  assert.equal(drawFigures(outcome, 0).slice(0, 3), [
    'in      0 spans, 2 logs, 3 metric points',
    'sent    0 spans, 0 transactions, 0 errors, 1 log, 1,200 metrics, 1 retried',
    'losses  nothing lost, 1 log lost: network_error, 2 metrics lost: ratelimit_backoff',
  ])
  const { metricsIn, droppedMetrics } = outcome
  assert.equal(drawFigures({ ...Monoid.empty, metricsIn, droppedMetrics }, 0).slice(0, 1), [
    'in      0 spans, 3 metric points',
  ])
})

figures('has no rate without time', () => {
  assert.equal(drawFigures(Monoid.empty, 0).at(-1), 'time    0.0 s')
})

figures.run()
