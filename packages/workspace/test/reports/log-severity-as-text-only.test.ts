import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Report from '../../src/reports/Report.ts'

const report = suite('reports: log-severity-as-text-only')

report('reads the severity from its text', async () => {
  const { errors, outcome } = await Report.deliver('log-severity-as-text-only')
  assert.is(errors.length, 1)
  const text = JSON.stringify(errors[0])
  assert.match(text, '"level":"error"')
  assert.match(text, '"type":"System.InvalidOperationException"')
  assert.match(text, '"value":"card was declined"')
  assert.is(text.match(/"function":/g)?.length, 1)
  assert.equal(outcome.delivered.logs, 2)
})

report.run()
