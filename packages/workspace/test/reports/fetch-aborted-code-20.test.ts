import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Report from '../../src/reports/Report.ts'

const report = suite('reports: fetch-aborted-code-20')

report('ignores an error by the type that its event would show', async () => {
  const { errors, outcome } = await Report.deliver('fetch-aborted-code-20')
  assert.equal(errors, [])
  assert.match(JSON.stringify(outcome), '"error_ignored":1')
})

report.run()
