import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { startInProcess, summaryIn } from '../../src/campaigns/rollingRestart/Replica.ts'
import { rollingRestartRun } from '../../src/campaigns/rollingRestart/rollingRestartRun.ts'

const PLAN = { start: startInProcess, senders: 4, pauseMillis: 200 }

const restart = suite('Gateway: a rolling restart of two replicas')

restart('delivers every span that was answered with 200, once', async () => {
  const report = await rollingRestartRun({ ...PLAN, shutdownMillis: 20_000, isSinkDown: false })
  assert.ok(report.answered > 20)
  assert.equal([report.arrived, report.counted], [report.answered, 0])
})

restart('counts the spans that Sentry did not take in time', async () => {
  const report = await rollingRestartRun({ ...PLAN, shutdownMillis: 1_000, isSinkDown: true })
  assert.ok(report.counted > 0)
  assert.is(report.arrived, report.answered - report.counted)
})

restart('is read from the outcome that a process prints', () => {
  const stdout =
    'valid: traces\nsentry: 12 spans in, 3 transactions, 0 errors, lost or repaired: field 2, shutdown 4\n'
  assert.equal(summaryIn(stdout), { spansIn: 12, lost: 4 })
  assert.equal(summaryIn('sentry: 1 span in, 1 transaction, 0 errors, nothing lost\n'), {
    spansIn: 1,
    lost: 0,
  })
  assert.throws(() => summaryIn(''), 'no outcome')
})

restart.run()
