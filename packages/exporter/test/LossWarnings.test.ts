import * as Losses from '@sentry-exporter/core/Losses'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../src/LossWarnings.ts'
import * as Outcome from '../src/Outcome.ts'

const lost = (spans: number, about: Partial<Outcome.Outcome> = {}): Outcome.Outcome => ({
  ...Outcome.Monoid.empty,
  dropped: Losses.of('network_error', spans),
  ...about,
})

const step = suite('LossWarnings.step')

step('reports the first loss at once, and later ones in sums, one message a minute', () => {
  const first = _.step(_.initial, lost(3, { problems: ['no answer'] }), 0)
  assert.is(first.message, 'lost 3 spans (network_error 3): no answer')
  const second = _.step(first.state, lost(1), 1_000)
  assert.is(second.message, undefined)
  const third = _.step(second.state, lost(2), 60_000)
  assert.is(third.message, 'lost 3 spans (network_error 3)')
  assert.is(_.finish(third.state, 60_000).message, undefined)
})

step('reports the rest at the end', () => {
  const { state } = _.step(_.step(_.initial, lost(1), 0).state, lost(2), 1)
  assert.is(_.finish(state, 2).message, 'lost 2 spans (network_error 2)')
})

step('is silent about what was left out on purpose, and about repairs', () => {
  const rejected = { before_send: 1, sampled: 2, error_ignored: 1, error_copy: 1, field: 3 }
  assert.is(_.step(_.initial, { ...Outcome.Monoid.empty, rejected }, 0).message, undefined)
})

step('counts errors and log records beside spans', () => {
  const outcome = lost(0, { droppedErrors: { send_error: 1 }, rejected: { invalid_record: 2 } })
  assert.is(
    _.step(_.initial, outcome, 0).message,
    'lost 1 error (send_error 1), 2 log records (invalid_record 2)',
  )
})

step('counts logs beside them, and is silent about logs that were left out on purpose', () => {
  const rejected = { hook_failed_log: 2, before_send_log: 5, unrouted_log: 1, trimmed: 1 }
  const outcome = lost(0, { droppedLogs: { send_error: 3 }, rejected })
  assert.is(_.step(_.initial, outcome, 0).message, 'lost 5 logs (hook_failed_log 2, send_error 3)')
  const one = lost(1, { droppedLogs: { rate_limited: 1 }, droppedErrors: { send_error: 1 } })
  assert.is(
    _.step(_.initial, one, 0).message,
    'lost 1 span (network_error 1), 1 error (send_error 1), 1 log (rate_limited 1)',
  )
  const intended = { ...Outcome.Monoid.empty, rejected: { before_send_log: 5, unrouted_log: 1 } }
  assert.is(_.step(_.initial, intended, 0).message, undefined)
})

step('counts metrics and their points beside them', () => {
  const rejected = { hook_failed_metric: 1, invalid_metric: 2, metric_series: 1, metric_order: 5 }
  const outcome = lost(0, { droppedMetrics: { send_error: 3 }, rejected })
  assert.is(
    _.step(_.initial, outcome, 0).message,
    'lost 4 metrics (hook_failed_metric 1, send_error 3), 3 metric points (invalid_metric 2, metric_series 1)',
  )
  const intended = { before_send_metric: 5, metric_filtered: 1, metric: 2, metric_baseline: 1 }
  const left = { ...Outcome.Monoid.empty, rejected: intended }
  assert.is(_.step(_.initial, left, 0).message, undefined)
})

step('law: the messages contain each loss once, and come at most once a minute', () => {
  const steps = fc.array(fc.tuple(fc.nat(5), fc.nat(100_000)), { maxLength: 30 })
  fc.assert(
    fc.property(steps, (all) => {
      let state = _.initial
      let nowMillis = 0
      const times: Array<number> = []
      let reported = 0
      const read = (message: string | undefined): void => {
        if (message === undefined) return
        times.push(nowMillis)
        reported += Number(/lost (\d+) span/.exec(message)?.[1])
      }
      for (const [spans, millis] of all) {
        nowMillis += millis
        const next = _.step(state, lost(spans), nowMillis)
        state = next.state
        read(next.message)
      }
      for (const [index, time] of times.entries()) {
        assert.ok(index === 0 || time - (times[index - 1] ?? 0) >= 60_000)
      }
      read(_.finish(state, nowMillis).message)
      assert.is(
        reported,
        all.reduce((sum, [spans]) => sum + spans, 0),
      )
    }),
  )
})

step.run()
